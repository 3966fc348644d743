import { expect, it } from 'vitest';
import { everyoneBut, mayRead, takesPart, verifiersOf } from './recipients.ts';

const meeting = (verificationPolicy: 'NONE' | 'ORGANIZER' | 'QUORUM' | 'ALL_PRESENT') => ({
  organizerId: 'o',
  participantUserIds: ['o', 'a', 'b'],
  verificationPolicy,
});

it('tells everybody once and nobody of their own deed', () => {
  expect(everyoneBut(['a', 'b', 'a', null, 'c'], 'c', null)).toEqual(['a', 'b']);
});

it('asks those to verify whose approval the policy needs', () => {
  expect(verifiersOf(meeting('NONE'))).toEqual([]);
  expect(verifiersOf(meeting('ORGANIZER'))).toEqual(['o']);
  expect(verifiersOf(meeting('QUORUM'))).toEqual(['o', 'a', 'b']);
  expect(verifiersOf(meeting('ALL_PRESENT'))).toEqual(['o', 'a', 'b']);
  expect(verifiersOf({ ...meeting('ALL_PRESENT'), presentUserIds: ['b', 'x'] })).toEqual(['b']);
});

it('lets those read with whom a meeting is shared, until the share ends', () => {
  const shares = [
    { userId: 'x', access: 'READ' as const, expiresAt: null },
    { userId: 'y', access: 'READ' as const, expiresAt: '2026-03-04T00:00:00.000Z' },
  ];
  const at = new Date('2026-03-04T00:00:00.000Z');
  const readers = ['o', 'a', 'x', 'y', 'z'].filter((id) => mayRead({ ...meeting('NONE'), shares }, id, at));
  expect(readers).toEqual(['o', 'a', 'x']);
});

it('counts organizer and participants as taking part', () => {
  expect(['o', 'a', 'x'].map((id) => takesPart(meeting('NONE'), id))).toEqual([true, true, false]);
});
