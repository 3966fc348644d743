/** A calendar day without a time zone. `month` is 1 to 12. */
export interface LocalDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** A wall-clock time of day. */
export interface LocalTime {
  readonly hour: number;
  readonly minute: number;
}

const MS_PER_DAY = 86_400_000;
const MS_PER_MINUTE = 60_000;

const asUtc = ({ year, month, day }: LocalDate, { hour, minute }: LocalTime): number =>
  Date.UTC(year, month - 1, day, hour, minute);

const fromUtc = (date: Date): LocalDate => ({
  year: date.getUTCFullYear(),
  month: date.getUTCMonth() + 1,
  day: date.getUTCDate(),
});

/** Minutes east of UTC in a zone at an instant. Throws RangeError for a name that is no IANA zone. */
export function offsetMinutes(instant: Date, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const parts = new Map(format.formatToParts(instant).map((part) => [part.type, Number(part.value)]));
  const field = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  const date = { year: field('year'), month: field('month'), day: field('day') };
  const wall = asUtc(date, { hour: field('hour'), minute: field('minute') });
  return Math.round((wall - instant.getTime()) / MS_PER_MINUTE);
}

/** The day on the wall calendar of a zone at an instant. */
export function localDateAt(instant: Date, timeZone: string): LocalDate {
  return fromUtc(new Date(instant.getTime() + offsetMinutes(instant, timeZone) * MS_PER_MINUTE));
}

/** The instant a wall clock in the zone shows that day and time. In a gap of summer time, the later reading. */
export function instantOf(date: LocalDate, time: LocalTime, timeZone: string): Date {
  const wall = asUtc(date, time);
  const guess = new Date(wall - offsetMinutes(new Date(wall), timeZone) * MS_PER_MINUTE);
  return new Date(wall - offsetMinutes(guess, timeZone) * MS_PER_MINUTE);
}

/** The last millisecond of a day in the zone. */
export function endOfDay(date: LocalDate, timeZone: string): Date {
  return new Date(instantOf(addDays(date, 1), { hour: 0, minute: 0 }, timeZone).getTime() - 1);
}

/** The day so many days later, or earlier when negative. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return fromUtc(new Date(asUtc(date, { hour: 0, minute: 0 }) + days * MS_PER_DAY));
}

/** 1 for Monday to 7 for Sunday. */
export function isoWeekday(date: LocalDate): number {
  return new Date(asUtc(date, { hour: 0, minute: 0 })).getUTCDay() || 7;
}

/** The given weekday (1 Monday to 7 Sunday) of the week so many weeks from the one `date` lies in. */
export function weekdayOfWeek(date: LocalDate, weeks: number, weekday: number): LocalDate {
  return addDays(date, 7 * weeks + weekday - isoWeekday(date));
}

/** The last day of the month so many months from that of `date`. */
export function lastOfMonth(date: LocalDate, months: number): LocalDate {
  return fromUtc(new Date(Date.UTC(date.year, date.month + months, 0)));
}

/** True when the day exists: no 31st of April. */
export function isRealDate(date: LocalDate): boolean {
  const real = fromUtc(new Date(asUtc(date, { hour: 0, minute: 0 })));
  return real.month === date.month && real.day === date.day;
}

/** Orders two days: negative when `left` is earlier. */
export function compareDates(left: LocalDate, right: LocalDate): number {
  return asUtc(left, { hour: 0, minute: 0 }) - asUtc(right, { hour: 0, minute: 0 });
}
