import { readEnglishDue } from './english-due-date.ts';
import { readKoreanDue } from './korean-due-date.ts';
import type { DueContext } from './spoken-date.ts';
import { endOfDay, instantOf, type LocalDate, localDateAt } from './zoned-time.ts';

/** A due date: the instant, the verbatim words and the day. */
export interface DueDate {
  readonly dueAt: string;
  readonly dueText: string;
  readonly date: LocalDate;
}

/** Prepares the context of a meeting. Throws RangeError for an invalid instant or an unknown zone. */
export function dueContext(startedAt: string, timeZone: string): DueContext {
  const instant = new Date(startedAt);
  return { startedAt: instant, timeZone, today: localDateAt(instant, timeZone) };
}

/**
 * Reads the first due date of a sentence, Korean or English. Without a time of day it is the end of that local day.
 * Undefined when the sentence names no date, or one before the meeting.
 */
export function readDueDate(text: string, context: DueContext): DueDate | undefined {
  const spoken = readKoreanDue(text, context) ?? readEnglishDue(text, context);
  if (spoken === undefined) return undefined;
  const { date, time, text: dueText } = spoken;
  const due = time === undefined ? endOfDay(date, context.timeZone) : instantOf(date, time, context.timeZone);
  return due < context.startedAt ? undefined : { dueAt: due.toISOString(), dueText, date };
}
