import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';
import type { ValidationRule } from '../domain/validation.ts';

/** A row of the table `validation_finding`: what one validation found at one segment. */
export interface ValidationFinding {
  readonly taskId: string;
  /** From 0, in the order of the meeting. */
  readonly place: number;
  readonly workspaceId: string;
  readonly transcriptId: string;
  readonly segmentId: string;
  readonly rule: ValidationRule;
  /** What the message speaks of, in the unit of the rule; null for a rule that measures nothing. */
  readonly measured: number | null;
}

/** Maps {@link ValidationFinding}. */
export const ValidationFindingSchema = new EntitySchema<ValidationFinding>({
  name: 'ValidationFinding',
  tableName: 'validation_finding',
  columns: {
    taskId: {
      type: 'text',
      name: 'task_id',
      primary: true,
      primaryKeyConstraintName: 'validation_finding_pkey',
    },
    place: { type: 'integer', primary: true, primaryKeyConstraintName: 'validation_finding_pkey' },
    workspaceId: { type: 'text', name: 'workspace_id' },
    transcriptId: {
      type: 'text',
      name: 'transcript_id',
      foreignKey: { target: 'Transcript', name: 'validation_finding_transcript', onDelete: 'CASCADE' },
    },
    segmentId: {
      type: 'text',
      name: 'segment_id',
      foreignKey: { target: 'Segment', name: 'validation_finding_segment', onDelete: 'CASCADE' },
    },
    rule: { type: 'text' },
    measured: { type: 'double precision', nullable: true },
  } satisfies Columns<ValidationFinding>,
  indices: [
    { name: 'validation_finding_by_transcript', columns: ['transcriptId'] },
    { name: 'validation_finding_by_segment', columns: ['segmentId'] },
  ],
});
