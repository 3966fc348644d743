import { expect, it } from 'vitest';
import { type ConsentRule, mayRecord } from './recording-consent.ts';

const said = (...states: ('GIVEN' | 'REFUSED' | 'UNASKED')[]): Parameters<typeof mayRecord>[1] => ({
  participantUserIds: ['a', 'b'],
  recordingConsents: states.map((state, index) => ({ userId: 'ab'[index] ?? '', state })),
});

it.each<[ConsentRule, Parameters<typeof mayRecord>[1], boolean]>([
  ['none', said('REFUSED', 'GIVEN'), true],
  ['no-refusal', said('UNASKED', 'GIVEN'), true],
  ['no-refusal', { participantUserIds: ['a'] }, true],
  ['no-refusal', said('GIVEN', 'REFUSED'), false],
  ['all', said('GIVEN', 'GIVEN'), true],
  ['all', said('GIVEN', 'UNASKED'), false],
  ['all', said('GIVEN'), false],
  ['all', { participantUserIds: ['a'] }, false],
])('the rule %s is kept', (rule, meeting, may) => {
  expect(mayRecord(rule, meeting)).toBe(may);
});
