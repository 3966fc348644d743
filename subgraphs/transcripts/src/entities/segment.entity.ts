import type { Columns } from '@hoerok/shared/database';
import { searchColumn, searchIndex } from '@hoerok/shared/search';
import { EntitySchema } from 'typeorm';

/** A row of the table `segment`. */
export interface Segment {
  readonly id: string;
  readonly workspaceId: string;
  readonly transcriptId: string;
  readonly sectionId: string;
  /** Null when the captions do not say who speaks. */
  readonly speakerId: string | null;
  readonly seq: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
  /** The imported text once it differs from `text` or has done so; null before the first edit. */
  readonly originalText: string | null;
  readonly confidence: number | null;
  readonly revision: number;
}

/** Maps {@link Segment}. */
export const SegmentSchema = new EntitySchema<Segment>({
  name: 'Segment',
  tableName: 'segment',
  columns: {
    ...searchColumn,
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'segment_pkey' },
    workspaceId: { type: 'text', name: 'workspace_id' },
    transcriptId: {
      type: 'text',
      name: 'transcript_id',
      foreignKey: { target: 'Transcript', name: 'segment_transcript', onDelete: 'CASCADE' },
    },
    sectionId: {
      type: 'text',
      name: 'section_id',
      foreignKey: { target: 'Section', name: 'segment_section', onDelete: 'CASCADE' },
    },
    speakerId: {
      type: 'text',
      name: 'speaker_id',
      nullable: true,
      foreignKey: { target: 'Speaker', name: 'segment_speaker', onDelete: 'CASCADE' },
    },
    seq: { type: 'integer' },
    startMs: { type: 'integer', name: 'start_ms' },
    endMs: { type: 'integer', name: 'end_ms' },
    text: { type: 'text' },
    originalText: { type: 'text', name: 'original_text', nullable: true },
    confidence: { type: 'double precision', nullable: true },
    revision: { type: 'integer' },
  } satisfies Columns<Segment>,
  indices: [
    searchIndex('segment'),
    { name: 'segment_place', columns: ['transcriptId', 'seq'], unique: true },
    { name: 'segment_of_section', columns: ['sectionId', 'seq'] },
    { name: 'segment_of_speaker', columns: ['speakerId', 'seq'] },
  ],
});
