import type { MeetingState } from '@hoerok/shared/contracts';

type Meeting = Pick<
  MeetingState,
  'organizerId' | 'participantUserIds' | 'presentUserIds' | 'shares' | 'verificationPolicy'
>;

/** Everybody once, without those who need not be told: nobody is told of their own deed. */
export function everyoneBut(
  ids: readonly (string | null)[],
  ...excluded: readonly (string | null)[]
): readonly string[] {
  return [...new Set(ids)].filter((id) => id !== null && !excluded.includes(id)) as string[];
}

/**
 * Users whose approval the meeting's policy asks for: a quorum may come from any of its participants; ALL_PRESENT asks those
 * who were there, all of them when nobody has noted who was.
 */
export function verifiersOf(meeting: Meeting): readonly string[] {
  const { verificationPolicy, organizerId, participantUserIds, presentUserIds = [] } = meeting;
  const present = participantUserIds.filter((userId) => presentUserIds.includes(userId));
  switch (verificationPolicy) {
    case 'NONE':
      return [];
    case 'ORGANIZER':
      return [organizerId];
    case 'QUORUM':
      return participantUserIds;
    case 'ALL_PRESENT':
      return present.length === 0 ? participantUserIds : present;
  }
}

/** True when the user takes part in the meeting, so that its title is no secret to them. */
export function takesPart(
  { organizerId, participantUserIds }: Pick<Meeting, 'organizerId' | 'participantUserIds'>,
  userId: string,
): boolean {
  return organizerId === userId || participantUserIds.includes(userId);
}

/** True when the user takes part in the meeting or it is shared with them. */
export function mayRead({ shares = [], ...meeting }: Meeting, userId: string, now: Date): boolean {
  const live = shares.some(
    (share) => share.userId === userId && (share.expiresAt === null || new Date(share.expiresAt) > now),
  );
  return live || takesPart(meeting, userId);
}
