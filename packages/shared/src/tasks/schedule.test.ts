import { describe, expect, it } from 'vitest';
import { defineSchedule, nextFireAt } from './schedule.ts';

/** The first times after an instant, in UTC, without seconds. */
function timesAfter(cron: string, timeZone: string, after: string, count: number): string[] {
  const times: Date[] = [];
  while (times.length < count)
    times.push(nextFireAt({ id: 'test', cron, timeZone }, times.at(-1) ?? new Date(after)));
  return times.map((time) => time.toISOString().slice(0, 16));
}

describe('nextFireAt', () => {
  it('keeps the hour of the local clock through the year', () => {
    expect(timesAfter('0 9 * * 1-5', 'Europe/Berlin', '2026-03-26T12:00:00Z', 3)).toEqual([
      '2026-03-27T08:00',
      '2026-03-30T07:00',
      '2026-03-31T07:00',
    ]);
    expect(timesAfter('0 9 * * *', 'Asia/Seoul', '2026-03-28T00:00:00Z', 2)).toEqual([
      '2026-03-29T00:00',
      '2026-03-30T00:00',
    ]);
  });

  it('fires a time that the clock skips right after the gap, on the same day', () => {
    expect(timesAfter('30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T01:00',
      '2026-03-30T00:30',
    ]);
  });

  it.each(['30 2 * * *', '30 2,2 * * *'])('fires a time that the clock shows twice once: %s', (cron) => {
    expect(timesAfter(cron, 'Europe/Berlin', '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
  });

  it('goes on evenly with an interval while the clock is changed', () => {
    expect(timesAfter('*/30 * * * *', 'Europe/Berlin', '2026-10-25T00:00:00Z', 4)).toEqual([
      '2026-10-25T00:30',
      '2026-10-25T01:00',
      '2026-10-25T01:30',
      '2026-10-25T02:00',
    ]);
    expect(timesAfter('*/30 * * * *', 'Europe/Berlin', '2026-03-29T00:30:00Z', 2)).toEqual([
      '2026-03-29T01:00',
      '2026-03-29T01:30',
    ]);
  });

  it('gives a time that is later than the one it is asked for', () => {
    expect(timesAfter('0 9 * * *', 'Asia/Seoul', '2026-03-28T00:00:00Z', 1)).toEqual(['2026-03-29T00:00']);
  });
});

it.each([
  ['61 * * * *', 'UTC', /Invalid value for minute/],
  ['* * * * * *', 'UTC', /5 parts/],
  ['0 0 30 2 *', 'UTC', /never fires/],
  ['* * * * *', 'Mars/Base', /Mars\/Base/],
])('refuses the schedule %s in %s where it is defined', (cron, timeZone, message) => {
  const define = (): unknown => defineSchedule({ id: 'test', cron, timeZone, run: async () => undefined });
  expect(define).toThrow(expect.objectContaining({ code: 'BAD_CONFIGURATION' }));
  expect(define).toThrow(message);
});
