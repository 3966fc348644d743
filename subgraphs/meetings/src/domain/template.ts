export const VERIFICATION_POLICIES = ['NONE', 'ORGANIZER', 'QUORUM', 'ALL_PRESENT'] as const;

/** Whose approval makes a section of the transcript verified. */
export type VerificationPolicy = (typeof VERIFICATION_POLICIES)[number];

/** What new meetings of one sort start with. */
export interface Template {
  readonly id: string;
  readonly name: string;
  readonly agenda: readonly string[];
  readonly defaultMinutes: number;
  readonly verificationPolicy: VerificationPolicy;
  readonly builtIn: boolean;
}

/** Templates that every workspace has from the start. */
export const BUILT_IN_TEMPLATES: readonly Template[] = [
  {
    id: 'template-weekly',
    name: 'Weekly sync / 주간 회의',
    agenda: ['Since last week', 'Blockers', 'Next week'],
    defaultMinutes: 30,
    verificationPolicy: 'ORGANIZER',
    builtIn: true,
  },
  {
    id: 'template-decision',
    name: 'Decision meeting / 의사 결정 회의',
    agenda: ['Background', 'Options', 'Decision', 'Action items'],
    defaultMinutes: 60,
    verificationPolicy: 'QUORUM',
    builtIn: true,
  },
  {
    id: 'template-retrospective',
    name: 'Retrospective / 회고',
    agenda: ['What went well', 'What did not', 'What we change'],
    defaultMinutes: 60,
    verificationPolicy: 'ALL_PRESENT',
    builtIn: true,
  },
];
