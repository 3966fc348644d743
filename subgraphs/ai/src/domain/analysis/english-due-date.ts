import { parse, type ParsedResult } from 'chrono-node/en';
import { type DueContext, nextDayOfMonth, type SpokenDate } from './spoken-date.ts';
import {
  addDays,
  isoWeekday,
  type LocalDate,
  lastOfMonth,
  offsetMinutes,
  weekdayOfWeek,
} from './zoned-time.ts';

const FRIDAY = 5;
// Most sentences name no time at all; asking this first spares them the parser.
const MENTIONS_TIME =
  /\d|\b(?:today|tonight|tomorrow|week|month|year|quarter|noon|morning|afternoon|evening|hours?|minutes?|days?|eod|cob|(?:mon|tues|wednes|thurs|fri|satur|sun)day|jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)/iu;
const WEEKDAY = /(?:mon|tues|wednes|thurs|fri|satur|sun)day/iu;
// A length of time ("ten minutes", "twenty five minutes") is no date unless it is counted from now.
const LENGTH_OF_TIME = /\b(?:second|minute|hour|day|week|month|year)s?$/iu;
const COUNTED_FROM_NOW = /^(?:in|within|next|this|end|after)\b/iu;
const TOO_SHORT = /^(?:now|sun|sat|mon|wed|fri|mar|may|dec|\d+)$/iu;

interface OwnRule {
  readonly pattern: RegExp;
  date(today: LocalDate, match: RegExpExecArray): LocalDate | undefined;
}

/** Phrases that chrono misreads ("day after tomorrow" as tomorrow) or does not know. */
const OWN_RULES: readonly OwnRule[] = [
  { pattern: /\b(?:the )?day after tomorrow\b/iu, date: (today) => addDays(today, 2) },
  {
    pattern: /\b(?:the )?end of (?:the|this) week\b/iu,
    date: (today) => weekdayOfWeek(today, isoWeekday(today) > FRIDAY ? 1 : 0, FRIDAY),
  },
  { pattern: /\b(?:the )?end of next week\b/iu, date: (today) => weekdayOfWeek(today, 1, FRIDAY) },
  { pattern: /\b(?:the )?end of (?:the|this) month\b/iu, date: (today) => lastOfMonth(today, 0) },
  {
    pattern: /\b(?:by|on|before) the (?<day>\d{1,2})(?:st|nd|rd|th)\b/iu,
    date: (today, match) => nextDayOfMonth(today, Number(match.groups?.['day'])),
  },
];
const NEXT_WEEK = /\bnext week\b/iu;
const END_OF_TODAY = /\b(?:EOD|COB|close of business|(?:the )?end of (?:the |this )?day)\b/iu;

/** Reads an English date with chrono and a few own rules. Undefined when there is none. */
export function readEnglishDue(text: string, context: DueContext): SpokenDate | undefined {
  if (!MENTIONS_TIME.test(text)) return undefined;
  for (const rule of OWN_RULES) {
    const match = rule.pattern.exec(text);
    const date = match === null ? undefined : rule.date(context.today, match);
    if (match !== null && date !== undefined) return { date, text: match[0] };
  }
  const reference = {
    instant: context.startedAt,
    timezone: offsetMinutes(context.startedAt, context.timeZone),
  };
  const result = parse(text, reference, { forwardDate: true }).find(isDueDate);
  const nextWeek = NEXT_WEEK.exec(text)?.[0];
  if (nextWeek !== undefined && !WEEKDAY.test(result?.text ?? '')) {
    return { date: weekdayOfWeek(context.today, 1, FRIDAY), text: nextWeek };
  }
  if (result !== undefined) return spokenDate(result);
  const endOfToday = END_OF_TODAY.exec(text)?.[0];
  return endOfToday === undefined ? undefined : { date: context.today, text: endOfToday };
}

function isDueDate({ text, start }: ParsedResult): boolean {
  if (TOO_SHORT.test(text) || /\b(?:ago|last|past|yesterday)\b/iu.test(text)) return false;
  if (LENGTH_OF_TIME.test(text) && !COUNTED_FROM_NOW.test(text)) return false;
  return (
    start.isCertain('day') || start.isCertain('weekday') || start.isCertain('hour') || /\bthis\b/iu.test(text)
  );
}

function spokenDate({ text, start }: ParsedResult): SpokenDate {
  const field = (name: 'year' | 'month' | 'day' | 'hour' | 'minute'): number => start.get(name) ?? 0;
  const date = { year: field('year'), month: field('month'), day: field('day') };
  if (start.isCertain('hour')) return { date, time: { hour: field('hour'), minute: field('minute') }, text };
  if (/morning/iu.test(text)) return { date, time: { hour: 12, minute: 0 }, text };
  return /afternoon/iu.test(text) ? { date, time: { hour: 18, minute: 0 }, text } : { date, text };
}
