import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';
import type { Verdict } from '../domain/verification.ts';

/** A row of the table `section_verdict`: one per verifier and revision. */
export interface SectionVerdict {
  readonly id: string;
  readonly workspaceId: string;
  readonly sectionId: string;
  readonly verifierId: string;
  readonly verdict: Verdict;
  readonly comment: string | null;
  /** Revision of the section that was read. */
  readonly revision: number;
  readonly at: Date;
}

/** A verdict beside the section as it is now. */
export interface VerdictOnSection extends SectionVerdict {
  /** True when the section has been edited since. */
  readonly stale: boolean;
}

/** Maps {@link SectionVerdict}. */
export const SectionVerdictSchema = new EntitySchema<SectionVerdict>({
  name: 'SectionVerdict',
  tableName: 'section_verdict',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'section_verdict_pkey' },
    workspaceId: { type: 'text', name: 'workspace_id' },
    sectionId: {
      type: 'text',
      name: 'section_id',
      foreignKey: { target: 'Section', name: 'section_verdict_section', onDelete: 'CASCADE' },
    },
    verifierId: { type: 'text', name: 'verifier_id' },
    verdict: { type: 'text' },
    comment: { type: 'text', nullable: true },
    revision: { type: 'integer' },
    at: { type: 'timestamptz' },
  } satisfies Columns<SectionVerdict>,
  indices: [{ name: 'section_verdict_once', columns: ['sectionId', 'revision', 'verifierId'], unique: true }],
});
