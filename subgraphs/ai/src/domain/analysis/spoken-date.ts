import { isRealDate, type LocalDate, type LocalTime, lastOfMonth } from './zoned-time.ts';

/** What spoken dates are relative to. */
export interface DueContext {
  readonly startedAt: Date;
  readonly timeZone: string;
  /** The meeting's day in that zone. */
  readonly today: LocalDate;
  /** The due day named last, for "the day after that". */
  readonly previous?: LocalDate;
}

/** A day read from speech, with the time of day when one was said. */
export interface SpokenDate {
  readonly date: LocalDate;
  readonly time?: LocalTime;
  /** Verbatim words. */
  readonly text: string;
}

/** The next day with that number, this month or the next one that has it. */
export function nextDayOfMonth(today: LocalDate, day: number): LocalDate | undefined {
  for (let months = 0; months <= 2; months += 1) {
    const { year, month } = lastOfMonth(today, months);
    const date = { year, month, day };
    if (isRealDate(date) && (months > 0 || day >= today.day)) return date;
  }
  return undefined;
}
