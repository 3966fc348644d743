import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';

/** A row of the table `edited_segment`: how far this service has heard a segment of a transcript to be. */
export interface EditedSegment {
  readonly id: string;
  readonly workspaceId: string;
  readonly meetingId: string;
  /** Highest heard of. */
  readonly revision: number;
}

/** Maps {@link EditedSegment}. */
export const EditedSegmentSchema = new EntitySchema<EditedSegment>({
  name: 'EditedSegment',
  tableName: 'edited_segment',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'edited_segment_pkey' },
    workspaceId: { type: 'text', name: 'workspace_id' },
    meetingId: { type: 'text', name: 'meeting_id' },
    revision: { type: 'integer' },
  } satisfies Columns<EditedSegment>,
  indices: [{ name: 'edited_segment_by_meeting', columns: ['meetingId'] }],
});
