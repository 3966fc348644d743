import { expect, it } from 'vitest';
import { everyoneBut, takesPart, verifiersOf } from './recipients.ts';

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
});

it('counts organizer and participants as taking part', () => {
  expect(['o', 'a', 'x'].map((id) => takesPart(meeting('NONE'), id))).toEqual([true, true, false]);
});
