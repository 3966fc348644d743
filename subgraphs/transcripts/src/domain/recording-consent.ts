import type { MeetingState } from '@hoerok/shared/contracts';

/**
 * What participants must have said for a meeting to be recorded.
 * - `none`: nobody is asked.
 * - `no-refusal`: nobody has refused.
 * - `all`: everybody who has an account has agreed.
 */
export const CONSENT_RULES = ['none', 'no-refusal', 'all'] as const;

/** One of {@link CONSENT_RULES}. */
export type ConsentRule = (typeof CONSENT_RULES)[number];

/** Whether a recording of the meeting may be taken, heard and transcribed as things stand. */
export function mayRecord(
  rule: ConsentRule,
  {
    participantUserIds,
    recordingConsents = [],
  }: Pick<MeetingState, 'participantUserIds' | 'recordingConsents'>,
): boolean {
  if (rule === 'none') return true;
  if (recordingConsents.some(({ state }) => state === 'REFUSED')) return false;
  if (rule === 'no-refusal') return true;
  const given = new Set(
    recordingConsents.flatMap(({ userId, state }) => (state === 'GIVEN' ? [userId] : [])),
  );
  return participantUserIds.every((userId) => given.has(userId));
}
