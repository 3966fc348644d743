import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';

/** A row of the table `transcript_ref`: what this service has heard of a transcript. */
export interface TranscriptRef {
  readonly id: string;
  readonly workspaceId: string;
  readonly meetingId: string;
  /** Highest heard of. */
  readonly revision: number;
}

/** Maps {@link TranscriptRef}. */
export const TranscriptRefSchema = new EntitySchema<TranscriptRef>({
  name: 'TranscriptRef',
  tableName: 'transcript_ref',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'transcript_ref_pkey' },
    workspaceId: { type: 'text', name: 'workspace_id' },
    meetingId: { type: 'text', name: 'meeting_id' },
    revision: { type: 'integer' },
  } satisfies Columns<TranscriptRef>,
  indices: [{ name: 'transcript_ref_by_meeting', columns: ['meetingId'] }],
});
