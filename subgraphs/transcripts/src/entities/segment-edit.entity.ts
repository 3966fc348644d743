import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';

/** A row of the table `segment_edit`: one accepted edit of one segment. Together they hold every text it ever had. */
export interface SegmentEdit {
  readonly id: string;
  readonly workspaceId: string;
  readonly transcriptId: string;
  readonly segmentId: string;
  /** Of the segment, as the edit left it. */
  readonly revision: number;
  /** Of the section, as the edit left it. */
  readonly sectionRevision: number;
  readonly textBefore: string;
  readonly textAfter: string;
  readonly speakerBefore: string | null;
  readonly speakerAfter: string | null;
  /** True when it was based on an older revision of the section and fitted in. */
  readonly merged: boolean;
  /** Null for what was edited before edits were kept. */
  readonly editorId: string | null;
  readonly at: Date;
}

/** Maps {@link SegmentEdit}. */
export const SegmentEditSchema = new EntitySchema<SegmentEdit>({
  name: 'SegmentEdit',
  tableName: 'segment_edit',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'segment_edit_pkey' },
    workspaceId: { type: 'text', name: 'workspace_id' },
    transcriptId: {
      type: 'text',
      name: 'transcript_id',
      foreignKey: { target: 'Transcript', name: 'segment_edit_transcript', onDelete: 'CASCADE' },
    },
    segmentId: {
      type: 'text',
      name: 'segment_id',
      foreignKey: { target: 'Segment', name: 'segment_edit_segment', onDelete: 'CASCADE' },
    },
    revision: { type: 'integer' },
    sectionRevision: { type: 'integer', name: 'section_revision' },
    textBefore: { type: 'text', name: 'text_before' },
    textAfter: { type: 'text', name: 'text_after' },
    speakerBefore: { type: 'text', name: 'speaker_before', nullable: true },
    speakerAfter: { type: 'text', name: 'speaker_after', nullable: true },
    merged: { type: 'boolean' },
    editorId: { type: 'text', name: 'editor_id', nullable: true },
    at: { type: 'timestamptz' },
  } satisfies Columns<SegmentEdit>,
  indices: [
    { name: 'segment_edit_once', columns: ['segmentId', 'revision'], unique: true },
    { name: 'segment_edit_by_transcript', columns: ['transcriptId'] },
  ],
});
