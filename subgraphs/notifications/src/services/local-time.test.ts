import { expect, it } from 'vitest';
import { endOfQuiet, nextDigest } from './local-time.ts';

it('finds the next eight o’clock by the clock of a person, and its day', () => {
  const evening = new Date('2026-03-04T14:00:00Z');
  expect(nextDigest('Asia/Seoul', evening)).toEqual({
    at: new Date('2026-03-04T23:00:00Z'),
    day: '2026-03-05',
  });
  expect(nextDigest('America/Los_Angeles', evening)).toEqual({
    at: new Date('2026-03-04T16:00:00Z'),
    day: '2026-03-04',
  });
  // At eight o'clock sharp the digest of today is being sent: what comes now waits for tomorrow's.
  expect(nextDigest('UTC', new Date('2026-03-04T08:00:00Z')).day).toBe('2026-03-05');
});

it('goes by the clock when it is changed for summer', () => {
  const at = (day: string): string =>
    nextDigest('Europe/Berlin', new Date(`${day}T12:00:00Z`)).at.toISOString();
  expect([at('2026-03-27'), at('2026-03-28')]).toEqual([
    '2026-03-28T07:00:00.000Z',
    '2026-03-29T06:00:00.000Z',
  ]);
});

it('finds the end of the quiet hours that it is in, and none outside of them', () => {
  const night = { from: '22:00', to: '07:30' };
  const end = (now: string): string | undefined =>
    endOfQuiet(night, 'Asia/Seoul', new Date(now))?.toISOString();
  expect(end('2026-03-04T12:59:00Z')).toBeUndefined();
  expect(end('2026-03-04T13:00:00Z')).toBe('2026-03-04T22:30:00.000Z');
  expect(end('2026-03-04T22:29:59Z')).toBe('2026-03-04T22:30:00.000Z');
  expect(end('2026-03-04T22:30:00Z')).toBeUndefined();
  expect(endOfQuiet(null, 'Asia/Seoul', new Date())).toBeNull();
});

it('takes a zone that nobody knows for UTC', () => {
  expect(nextDigest('Mars/Olympus', new Date('2026-03-04T00:00:00Z')).at.toISOString()).toBe(
    '2026-03-04T08:00:00.000Z',
  );
});
