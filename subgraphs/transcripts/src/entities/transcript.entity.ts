import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';
import type { TranscriptState } from '../domain/verification.ts';

/** Where the text of a transcript comes from. */
export type TranscriptOrigin = 'IMPORT_VTT' | 'IMPORT_SRT' | 'IMPORT_JSON' | 'IMPORT_TEXT' | 'STT';

/** A row of the table `transcript`. */
export interface Transcript {
  readonly id: string;
  readonly workspaceId: string;
  readonly meetingId: string;
  /** The captions it was read from; null when it was heard in a recording. */
  readonly sourceId: string | null;
  /** The recording it was heard in, as long as that is there. */
  readonly recordingId: string | null;
  readonly state: TranscriptState;
  /** True for the latest import of the meeting, and for no other. */
  readonly current: boolean;
  readonly origin: TranscriptOrigin;
  readonly provider: string;
  /** What the provider calls the model that heard it. */
  readonly providerModel: string | null;
  readonly language: string;
  readonly durationMs: number;
  readonly wordCount: number;
  readonly revision: number;
  readonly createdAt: Date;
}

/** Maps {@link Transcript}. */
export const TranscriptSchema = new EntitySchema<Transcript>({
  name: 'Transcript',
  tableName: 'transcript',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'transcript_pkey' },
    workspaceId: { type: 'text', name: 'workspace_id' },
    meetingId: { type: 'text', name: 'meeting_id' },
    sourceId: {
      type: 'text',
      name: 'source_id',
      nullable: true,
      foreignKey: { target: 'CaptionSource', name: 'transcript_source' },
    },
    recordingId: {
      type: 'text',
      name: 'recording_id',
      nullable: true,
      foreignKey: { target: 'Recording', name: 'transcript_recording', onDelete: 'SET NULL' },
    },
    state: { type: 'text' },
    current: { type: 'boolean' },
    origin: { type: 'text' },
    provider: { type: 'text' },
    providerModel: { type: 'text', name: 'provider_model', nullable: true },
    language: { type: 'text' },
    durationMs: { type: 'integer', name: 'duration_ms' },
    wordCount: { type: 'integer', name: 'word_count' },
    revision: { type: 'integer' },
    createdAt: { type: 'timestamptz', name: 'created_at' },
  } satisfies Columns<Transcript>,
  indices: [
    { name: 'transcript_current', columns: ['meetingId'], unique: true, where: 'current' },
    { name: 'transcript_by_time', columns: ['workspaceId', 'createdAt'] },
    { name: 'transcript_by_meeting', columns: ['meetingId'] },
    { name: 'transcript_by_recording', columns: ['recordingId'], where: 'recording_id IS NOT NULL' },
  ],
});
