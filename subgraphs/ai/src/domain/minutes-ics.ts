import ical, { ICalEventStatus } from 'ical-generator';
import { timeStamp } from './minutes-document.ts';
import { offsetMinutes } from './analysis/zoned-time.ts';

/** An appointment that somebody has accepted. */
export interface CalendarAppointment {
  readonly icalUid: string;
  readonly title: string;
  readonly text: string;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  readonly allDay: boolean;
  /** Of the item: a calendar keeps the event with the highest. */
  readonly revision: number;
  readonly evidence: readonly {
    readonly startMs: number;
    readonly speakerLabel: string;
    readonly quote: string;
  }[];
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Appointments as iCalendar (RFC 5545), one VEVENT each, in UTC; one that lasts all day as a date in the meeting's time zone.
 * One without an end gets an hour, for a calendar would show nothing else. Nobody is invited: no attendee is in it.
 * @param stampedAt the DTSTAMP of all.
 */
export function writeCalendar(
  meeting: { readonly title: string; readonly timeZone: string },
  appointments: readonly CalendarAppointment[],
  stampedAt: Date,
): string {
  const calendar = ical({
    name: meeting.title,
    prodId: { company: 'hoerok', product: 'minutes', language: 'EN' },
  });
  for (const appointment of appointments) {
    const { icalUid, title, startsAt, endsAt, allDay, revision } = appointment;
    const start = allDay ? utcDayOf(startsAt, meeting.timeZone) : startsAt;
    const openEnd = new Date(start.getTime() + (allDay ? DAY_MS : HOUR_MS));
    calendar.createEvent({
      id: icalUid,
      sequence: revision - 1,
      stamp: stampedAt,
      start,
      end: allDay || endsAt === null ? openEnd : endsAt,
      allDay,
      status: ICalEventStatus.TENTATIVE,
      summary: title,
      description: descriptionOf(appointment),
    });
  }
  // Every line ends, the last one too (RFC 5545, 3.1).
  return `${calendar.toString()}\r\n`;
}

function descriptionOf({ text, evidence }: CalendarAppointment): string {
  const quotes = evidence.map(({ startMs, speakerLabel, quote }) => {
    const source = [timeStamp(startMs), speakerLabel].filter((part) => part !== '').join(' ');
    return `${source}: “${quote}”`;
  });
  return [text, '', ...quotes].join('\n');
}

/** Midnight UTC of the day that it is in the zone: a calendar date has no zone. */
function utcDayOf(instant: Date, timeZone: string): Date {
  const local = new Date(instant.getTime() + offsetMinutes(instant, timeZone) * 60_000);
  return new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()));
}
