import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';

/** A row of the table `minutes`: the outcome of one analysis. Never changed once written; its items may be. */
export interface Minutes {
  readonly id: string;
  readonly workspaceId: string;
  readonly meetingId: string;
  readonly transcriptId: string;
  /** Counts within the meeting. */
  readonly revision: number;
  readonly language: string;
  readonly generatedAt: Date;
  readonly provider: string;
  readonly transcriptRevision: number;
  readonly overview: string;
}

/** Maps {@link Minutes}. */
export const MinutesSchema = new EntitySchema<Minutes>({
  name: 'Minutes',
  tableName: 'minutes',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'minutes_pkey' },
    workspaceId: { type: 'text', name: 'workspace_id' },
    meetingId: { type: 'text', name: 'meeting_id' },
    transcriptId: { type: 'text', name: 'transcript_id' },
    revision: { type: 'integer' },
    language: { type: 'text' },
    generatedAt: { type: 'timestamptz', name: 'generated_at' },
    provider: { type: 'text' },
    transcriptRevision: { type: 'integer', name: 'transcript_revision' },
    overview: { type: 'text' },
  } satisfies Columns<Minutes>,
  indices: [
    { name: 'minutes_revision', columns: ['meetingId', 'revision'], unique: true },
    { name: 'minutes_by_transcript', columns: ['transcriptId', 'revision'] },
  ],
});
