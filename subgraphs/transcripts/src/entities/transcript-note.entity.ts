import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';

/** What happens to a transcript as a whole. */
export type TranscriptNoteKind = 'LOCKED' | 'UNLOCKED' | 'SPEAKER_RENAMED' | 'SPEAKERS_MERGED';

/** A row of the table `transcript_note`. */
export interface TranscriptNote {
  /** Rises with time. */
  readonly id: string;
  readonly workspaceId: string;
  readonly transcriptId: string;
  readonly kind: TranscriptNoteKind;
  /** Why, for an UNLOCKED. */
  readonly reason: string | null;
  /** Label of the speaker before. */
  readonly before: string | null;
  /** Label of the speaker since. */
  readonly after: string | null;
  readonly actorId: string;
  readonly at: Date;
}

/** Maps {@link TranscriptNote}. */
export const TranscriptNoteSchema = new EntitySchema<TranscriptNote>({
  name: 'TranscriptNote',
  tableName: 'transcript_note',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'transcript_note_pkey' },
    workspaceId: { type: 'text', name: 'workspace_id' },
    transcriptId: {
      type: 'text',
      name: 'transcript_id',
      foreignKey: { target: 'Transcript', name: 'transcript_note_transcript', onDelete: 'CASCADE' },
    },
    kind: { type: 'text' },
    reason: { type: 'text', nullable: true },
    before: { type: 'text', nullable: true },
    after: { type: 'text', nullable: true },
    actorId: { type: 'text', name: 'actor_id' },
    at: { type: 'timestamptz' },
  } satisfies Columns<TranscriptNote>,
  indices: [{ name: 'transcript_note_place', columns: ['transcriptId', 'id'] }],
});
