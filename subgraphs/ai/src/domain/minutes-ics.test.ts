import { describe, expect, it } from 'vitest';
import { type CalendarAppointment, writeCalendar } from './minutes-ics.ts';

const appointment: CalendarAppointment = {
  icalUid: '0123@hoerok',
  title: 'Budget call, 3월; "final"',
  text: "Let's meet on Wednesday.",
  startsAt: new Date('2026-03-10T15:00:00Z'),
  endsAt: new Date('2026-03-11T15:00:00Z'),
  allDay: true,
  revision: 3,
  evidence: [
    { startMs: 61_000, speakerLabel: '김민준', quote: "So, let's meet on Wednesday.\nBEGIN:VALARM" },
  ],
};
const linesOf = (...appointments: CalendarAppointment[]): string[] =>
  writeCalendar({ title: 'Sync', timeZone: 'Asia/Seoul' }, appointments, new Date('2026-03-04T02:00:00Z'))
    .replaceAll('\r\n ', '')
    .split('\r\n');

describe('writeCalendar', () => {
  it('writes what lasts all day as dates of the meeting’s time zone', () => {
    expect(linesOf(appointment)).toEqual(
      expect.arrayContaining([
        'DTSTART;VALUE=DATE:20260311',
        'DTEND;VALUE=DATE:20260312',
        'UID:0123@hoerok',
        'SEQUENCE:2',
        'DTSTAMP:20260304T020000Z',
        'STATUS:TENTATIVE',
      ]),
    );
  });

  it('writes a time in UTC, with its end or an hour', () => {
    const timed = { ...appointment, allDay: false };
    expect(linesOf(timed)).toEqual(
      expect.arrayContaining(['DTSTART:20260310T150000Z', 'DTEND:20260311T150000Z']),
    );
    expect(linesOf({ ...timed, endsAt: null })).toContain('DTEND:20260310T160000Z');
  });

  it('lets nothing that was said act as a property', () => {
    const lines = linesOf(appointment);
    expect(lines).toContain(String.raw`SUMMARY:Budget call\, 3월\; "final"`);
    expect(lines).not.toContain('BEGIN:VALARM');
    expect(lines.find((line) => line.startsWith('DESCRIPTION:'))).toContain('01:01 김민준');
  });

  it('invites nobody, and is a calendar without appointments, too', () => {
    expect(linesOf(appointment).join('\n')).not.toMatch(/ATTENDEE|ORGANIZER|METHOD/);
    expect(linesOf().filter((line) => /^(BEGIN|END):/.test(line))).toEqual([
      'BEGIN:VCALENDAR',
      'END:VCALENDAR',
    ]);
  });
});
