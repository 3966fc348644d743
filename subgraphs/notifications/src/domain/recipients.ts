import type { MeetingState } from '@hoerok/shared/contracts';

type Meeting = Pick<MeetingState, 'organizerId' | 'participantUserIds' | 'verificationPolicy'>;

/** Everybody once, without those who need not be told: nobody is told of their own deed. */
export function everyoneBut(
  ids: readonly (string | null)[],
  ...excluded: readonly (string | null)[]
): readonly string[] {
  return [...new Set(ids)].filter((id) => id !== null && !excluded.includes(id)) as string[];
}

/** Users whose approval the meeting's policy asks for; a quorum may come from any of its participants. */
export function verifiersOf({
  verificationPolicy,
  organizerId,
  participantUserIds,
}: Meeting): readonly string[] {
  switch (verificationPolicy) {
    case 'NONE':
      return [];
    case 'ORGANIZER':
      return [organizerId];
    case 'QUORUM':
    case 'ALL_PRESENT':
      return participantUserIds;
  }
}

/** True when the user takes part in the meeting, so that its title is no secret to them. */
export function takesPart({ organizerId, participantUserIds }: Meeting, userId: string): boolean {
  return organizerId === userId || participantUserIds.includes(userId);
}
