import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';

/** A row of the table `speaker`. */
export interface Speaker {
  readonly id: string;
  readonly workspaceId: string;
  readonly transcriptId: string;
  /** Place in the order of first words. */
  readonly position: number;
  readonly label: string;
  readonly userId: string | null;
  readonly talkMs: number;
  readonly words: number;
}

/** Maps {@link Speaker}. */
export const SpeakerSchema = new EntitySchema<Speaker>({
  name: 'Speaker',
  tableName: 'speaker',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'speaker_pkey' },
    workspaceId: { type: 'text', name: 'workspace_id' },
    transcriptId: {
      type: 'text',
      name: 'transcript_id',
      foreignKey: { target: 'Transcript', name: 'speaker_transcript', onDelete: 'CASCADE' },
    },
    position: { type: 'integer' },
    label: { type: 'text' },
    userId: { type: 'text', name: 'user_id', nullable: true },
    talkMs: { type: 'integer', name: 'talk_ms' },
    words: { type: 'integer' },
  } satisfies Columns<Speaker>,
  indices: [{ name: 'speaker_place', columns: ['transcriptId', 'position'], unique: true }],
});
