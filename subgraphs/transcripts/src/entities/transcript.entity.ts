import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';
import type { TranscriptState } from '../domain/verification.ts';

/** Where the text of a transcript comes from. */
export type TranscriptOrigin = 'IMPORT_VTT' | 'IMPORT_SRT' | 'IMPORT_JSON' | 'IMPORT_TEXT';

/** A row of the table `transcript`. */
export interface Transcript {
  readonly id: string;
  readonly workspaceId: string;
  readonly meetingId: string;
  /** The captions it was read from. */
  readonly sourceId: string;
  readonly state: TranscriptState;
  /** True for the latest import of the meeting, and for no other. */
  readonly current: boolean;
  readonly origin: TranscriptOrigin;
  readonly provider: string;
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
      foreignKey: { target: 'CaptionSource', name: 'transcript_source' },
    },
    state: { type: 'text' },
    current: { type: 'boolean' },
    origin: { type: 'text' },
    provider: { type: 'text' },
    language: { type: 'text' },
    durationMs: { type: 'integer', name: 'duration_ms' },
    wordCount: { type: 'integer', name: 'word_count' },
    revision: { type: 'integer' },
    createdAt: { type: 'timestamptz', name: 'created_at' },
  } satisfies Columns<Transcript>,
  indices: [
    { name: 'transcript_current', columns: ['meetingId'], unique: true, where: 'current' },
    { name: 'transcript_by_meeting', columns: ['meetingId'] },
  ],
});
