import type { MeetingState } from '@hoerok/shared/contracts';

export const VERDICTS = ['APPROVED', 'DISPUTED'] as const;

/** What a participant says of a section. */
export type Verdict = (typeof VERDICTS)[number];

/** How far the verification of one section is. */
export type SectionState = 'UNVERIFIED' | 'PARTIAL' | 'VERIFIED' | 'DISPUTED';

/** How far the verification of a transcript is. LOCKED does not follow from its sections: somebody has locked it. */
export type TranscriptState = 'DRAFT' | 'IN_VERIFICATION' | 'VERIFIED' | 'LOCKED';

/** Whose verdict counts, and how many it takes. */
export type Voters = Pick<
  MeetingState,
  'organizerId' | 'participantUserIds' | 'presentUserIds' | 'shares' | 'verificationPolicy'
>;

/** A verdict on the revision that is asked about. */
export interface CurrentVerdict {
  readonly verifierId: string;
  readonly verdict: Verdict;
}

/** True for the organizer and the other participants: only their approvals count. */
export function takesPart(voters: Voters, userId: string): boolean {
  return participantsOf(voters).includes(userId);
}

/**
 * True when a verdict of this person means something: a participant's, or that of somebody the meeting is shared with for
 * verifying, whose dispute counts and whose approval is shown. Whether such a share has run out is asked when the verdict is
 * given: one that was given stays until the share is revoked.
 */
export function countsFor(voters: Voters, userId: string): boolean {
  const isVerifier = voters.shares?.some((share) => share.userId === userId && share.access === 'VERIFY');
  return takesPart(voters, userId) || isVerifier === true;
}

/** Approvals that one section needs. */
export function requiredApprovals(voters: Voters): number {
  const asked = askedBy(voters).length;
  return voters.verificationPolicy === 'QUORUM' ? Math.floor(asked / 2) + 1 : asked;
}

/**
 * The state of a section under the meeting's policy. One dispute outweighs all approvals; verdicts of people who no
 * longer take part do not count.
 */
export function sectionState(voters: Voters, verdicts: readonly CurrentVerdict[]): SectionState {
  if (verdicts.some(({ verdict, verifierId }) => verdict === 'DISPUTED' && countsFor(voters, verifierId)))
    return 'DISPUTED';
  const counted = verdicts.filter(
    ({ verdict, verifierId }) => verdict === 'APPROVED' && takesPart(voters, verifierId),
  );
  const asked = askedBy(voters);
  const decisive = counted.filter(({ verifierId }) => asked.includes(verifierId));
  if (decisive.length >= requiredApprovals(voters)) return 'VERIFIED';
  return counted.length > 0 ? 'PARTIAL' : 'UNVERIFIED';
}

/** Those whose verdict the policy still waits for; nobody once the section is verified, or under NONE. */
export function pendingVerifiers(voters: Voters, verdicts: readonly CurrentVerdict[]): string[] {
  if (sectionState(voters, verdicts) === 'VERIFIED') return [];
  return askedBy(voters).filter((userId) => !verdicts.some(({ verifierId }) => verifierId === userId));
}

/** The state of a transcript whose sections are in these states; there is at least one. */
export function transcriptState(sections: readonly SectionState[]): Exclude<TranscriptState, 'LOCKED'> {
  if (sections.every((state) => state === 'VERIFIED')) return 'VERIFIED';
  return sections.every((state) => state === 'UNVERIFIED') ? 'DRAFT' : 'IN_VERIFICATION';
}

/** Those whose approval the policy asks for. */
function askedBy(voters: Voters): readonly string[] {
  switch (voters.verificationPolicy) {
    case 'NONE':
      return [];
    case 'ORGANIZER':
      return [voters.organizerId];
    case 'QUORUM':
      return participantsOf(voters);
    case 'ALL_PRESENT':
      return presentOf(voters);
  }
}

/** The participants who were there; all of them when nobody has noted who was. */
function presentOf(voters: Voters): string[] {
  const participants = participantsOf(voters);
  const present = participants.filter((userId) => voters.presentUserIds?.includes(userId));
  return present.length === 0 ? participants : present;
}

function participantsOf({ organizerId, participantUserIds }: Voters): string[] {
  return [...new Set([organizerId, ...participantUserIds])];
}
