import { describe, expect, it } from 'vitest';
import {
  type CurrentVerdict,
  takesPart,
  pendingVerifiers,
  requiredApprovals,
  sectionState,
  transcriptState,
  type Verdict,
  type Voters,
} from './verification.ts';

const people = ['olga', 'pia', 'quentin', 'rosa'];
const under = (verificationPolicy: Voters['verificationPolicy'], participantUserIds = people): Voters => ({
  organizerId: 'olga',
  participantUserIds,
  verificationPolicy,
});
const by = (verdict: Verdict, ...verifierIds: string[]): CurrentVerdict[] =>
  verifierIds.map((verifierId) => ({ verifierId, verdict }));

describe('the verification of a section', () => {
  it('needs nobody under NONE', () => {
    expect(sectionState(under('NONE'), [])).toBe('VERIFIED');
    expect(pendingVerifiers(under('NONE'), [])).toEqual([]);
  });

  it('needs the organizer, and only the organizer, under ORGANIZER', () => {
    const voters = under('ORGANIZER');
    expect(sectionState(voters, [])).toBe('UNVERIFIED');
    expect(sectionState(voters, by('APPROVED', 'pia', 'quentin', 'rosa'))).toBe('PARTIAL');
    expect(sectionState(voters, by('APPROVED', 'olga'))).toBe('VERIFIED');
    expect(pendingVerifiers(voters, by('APPROVED', 'pia'))).toEqual(['olga']);
  });

  it('needs more than half of the participants under QUORUM', () => {
    const voters = under('QUORUM');
    expect(sectionState(voters, by('APPROVED', 'pia', 'rosa'))).toBe('PARTIAL');
    expect(pendingVerifiers(voters, by('APPROVED', 'pia', 'rosa'))).toEqual(['olga', 'quentin']);
    expect(sectionState(voters, by('APPROVED', 'pia', 'rosa', 'olga'))).toBe('VERIFIED');
    expect(pendingVerifiers(voters, by('APPROVED', 'pia', 'rosa', 'olga'))).toEqual([]);
    expect(requiredApprovals(under('QUORUM', ['olga', 'pia', 'rosa']))).toBe(2);
  });

  it('needs everybody under ALL_PRESENT, the organizer included', () => {
    const voters = under('ALL_PRESENT', ['pia']);
    expect(sectionState(voters, by('APPROVED', 'pia'))).toBe('PARTIAL');
    expect(sectionState(voters, by('APPROVED', 'pia', 'olga'))).toBe('VERIFIED');
  });

  it('is disputed as soon as one participant disputes, under every policy', () => {
    for (const policy of ['NONE', 'ORGANIZER', 'QUORUM', 'ALL_PRESENT'] as const) {
      const verdicts = [...by('APPROVED', 'olga', 'pia', 'quentin'), ...by('DISPUTED', 'rosa')];
      expect(sectionState(under(policy), verdicts)).toBe('DISPUTED');
    }
  });

  it('does not count who does not take part, or no longer does', () => {
    const voters = under('QUORUM', ['olga', 'pia']);
    expect(takesPart(voters, 'rosa')).toBe(false);
    expect(sectionState(voters, by('DISPUTED', 'rosa'))).toBe('UNVERIFIED');
  });
});

describe('the verification of a transcript', () => {
  it('is complete when every section is', () => {
    expect(transcriptState(['VERIFIED', 'VERIFIED'])).toBe('VERIFIED');
    expect(transcriptState(['VERIFIED', 'DISPUTED'])).toBe('IN_VERIFICATION');
    expect(transcriptState(['UNVERIFIED', 'PARTIAL'])).toBe('IN_VERIFICATION');
    expect(transcriptState(['UNVERIFIED', 'UNVERIFIED'])).toBe('DRAFT');
  });
});
