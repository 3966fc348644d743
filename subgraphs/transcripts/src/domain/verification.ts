import type { MeetingState } from '@hoerok/shared/contracts';

export const VERDICTS = ['APPROVED', 'DISPUTED'] as const;

/** What a participant says of a section. */
export type Verdict = (typeof VERDICTS)[number];

/** How far the verification of one section is. */
export type SectionState = 'UNVERIFIED' | 'PARTIAL' | 'VERIFIED' | 'DISPUTED';

/** How far the verification of a transcript is. */
export type TranscriptState = 'DRAFT' | 'IN_VERIFICATION' | 'VERIFIED';

/** Whose verdict counts, and how many it takes. */
export type Voters = Pick<MeetingState, 'organizerId' | 'participantUserIds' | 'verificationPolicy'>;

/** A verdict on the revision that is asked about. */
export interface CurrentVerdict {
  readonly verifierId: string;
  readonly verdict: Verdict;
}

/** True for the organizer and the other participants: only their verdicts count. */
export function takesPart(voters: Voters, userId: string): boolean {
  return participantsOf(voters).includes(userId);
}

/** Approvals that one section needs. */
export function requiredApprovals(voters: Voters): number {
  const people = participantsOf(voters).length;
  switch (voters.verificationPolicy) {
    case 'NONE':
      return 0;
    case 'ORGANIZER':
      return 1;
    case 'QUORUM':
      return Math.floor(people / 2) + 1;
    case 'ALL_PRESENT':
      return people;
  }
}

/**
 * The state of a section under the meeting's policy. One dispute outweighs all approvals; verdicts of people who no
 * longer take part do not count.
 */
export function sectionState(voters: Voters, verdicts: readonly CurrentVerdict[]): SectionState {
  const counted = verdicts.filter(({ verifierId }) => takesPart(voters, verifierId));
  if (counted.some(({ verdict }) => verdict === 'DISPUTED')) return 'DISPUTED';
  const decisive =
    voters.verificationPolicy === 'ORGANIZER'
      ? counted.filter(({ verifierId }) => verifierId === voters.organizerId)
      : counted;
  if (decisive.length >= requiredApprovals(voters)) return 'VERIFIED';
  return counted.length > 0 ? 'PARTIAL' : 'UNVERIFIED';
}

/** Those whose verdict the policy still waits for; nobody once the section is verified, or under NONE. */
export function pendingVerifiers(voters: Voters, verdicts: readonly CurrentVerdict[]): string[] {
  if (voters.verificationPolicy === 'NONE' || sectionState(voters, verdicts) === 'VERIFIED') return [];
  const asked = voters.verificationPolicy === 'ORGANIZER' ? [voters.organizerId] : participantsOf(voters);
  return asked.filter((userId) => !verdicts.some(({ verifierId }) => verifierId === userId));
}

/** The state of a transcript whose sections are in these states; there is at least one. */
export function transcriptState(sections: readonly SectionState[]): TranscriptState {
  if (sections.every((state) => state === 'VERIFIED')) return 'VERIFIED';
  return sections.every((state) => state === 'UNVERIFIED') ? 'DRAFT' : 'IN_VERIFICATION';
}

function participantsOf({ organizerId, participantUserIds }: Voters): string[] {
  return [...new Set([organizerId, ...participantUserIds])];
}
