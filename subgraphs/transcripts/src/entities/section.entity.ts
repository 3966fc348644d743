import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';
import type { SectionState } from '../domain/verification.ts';

/** A row of the table `section`. */
export interface Section {
  readonly id: string;
  readonly workspaceId: string;
  readonly transcriptId: string;
  readonly index: number;
  readonly title: string | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly revision: number;
  readonly contentHash: string;
  readonly state: SectionState;
  /** The section that it was a part of; null when it was never split off. */
  readonly splitFromId: string | null;
  /** Revision that the split gave to both parts. */
  readonly splitRevision: number | null;
}

/** Maps {@link Section}. */
export const SectionSchema = new EntitySchema<Section>({
  name: 'Section',
  tableName: 'section',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'section_pkey' },
    workspaceId: { type: 'text', name: 'workspace_id' },
    transcriptId: {
      type: 'text',
      name: 'transcript_id',
      foreignKey: { target: 'Transcript', name: 'section_transcript', onDelete: 'CASCADE' },
    },
    index: { type: 'integer', name: 'position' },
    title: { type: 'text', nullable: true },
    startMs: { type: 'integer', name: 'start_ms' },
    endMs: { type: 'integer', name: 'end_ms' },
    revision: { type: 'integer' },
    contentHash: { type: 'text', name: 'content_hash' },
    state: { type: 'text' },
    splitFromId: {
      type: 'text',
      name: 'split_from_id',
      nullable: true,
      foreignKey: { target: 'Section', name: 'section_split_from', onDelete: 'CASCADE' },
    },
    splitRevision: { type: 'integer', name: 'split_revision', nullable: true },
  } satisfies Columns<Section>,
  indices: [
    { name: 'section_place', columns: ['transcriptId', 'index'], unique: true },
    {
      name: 'section_waiting',
      columns: ['workspaceId', 'transcriptId', 'index'],
      where: "state <> 'VERIFIED'",
    },
    { name: 'section_by_split_from', columns: ['splitFromId'], where: 'split_from_id IS NOT NULL' },
  ],
});
