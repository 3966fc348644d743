import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';

/** A row of the table `evidence`: `quote` is the segment's text at `segmentRevision` from `startChar` to `endChar`. */
export interface Evidence {
  readonly itemId: string;
  readonly position: number;
  readonly segmentId: string;
  readonly segmentRevision: number;
  /** As the transcript labeled the speaker, `''` when unknown. */
  readonly speakerLabel: string;
  /** When the segment begins, from the start of the recording. */
  readonly startMs: number;
  readonly quote: string;
  readonly startChar: number;
  readonly endChar: number;
}

/** Maps {@link Evidence}. */
export const EvidenceSchema = new EntitySchema<Evidence>({
  name: 'Evidence',
  tableName: 'evidence',
  columns: {
    itemId: {
      type: 'text',
      name: 'item_id',
      primary: true,
      primaryKeyConstraintName: 'evidence_pkey',
      foreignKey: { target: 'MinutesItem', name: 'evidence_item', onDelete: 'CASCADE' },
    },
    position: { type: 'integer', primary: true, primaryKeyConstraintName: 'evidence_pkey' },
    segmentId: { type: 'text', name: 'segment_id' },
    segmentRevision: { type: 'integer', name: 'segment_revision' },
    speakerLabel: { type: 'text', name: 'speaker_label' },
    startMs: { type: 'integer', name: 'start_ms' },
    quote: { type: 'text' },
    startChar: { type: 'integer', name: 'start_char' },
    endChar: { type: 'integer', name: 'end_char' },
  } satisfies Columns<Evidence>,
});
