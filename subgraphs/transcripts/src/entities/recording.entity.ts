import type { Columns } from '@hoerok/shared/database';
import { EntitySchema, type ValueTransformer } from 'typeorm';

/** A row of the table `recording`: a recording, or what has arrived of one. Its file has the row's id for its name. */
export interface Recording {
  readonly id: string;
  readonly workspaceId: string;
  readonly meetingId: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  /** When something of it arrived last. */
  readonly touchedAt: Date;
  /** When all of it had arrived; null until then. */
  readonly completedAt: Date | null;
  readonly filename: string;
  /** As the ticket was asked for; of a recording that is complete, as its first bytes say. */
  readonly mimeType: string;
  /** Of the whole file, as the ticket was asked for. */
  readonly bytes: number;
  /** From the beginning of the file, kept for certain. */
  readonly received: number;
  /** SHA-256 of the file in hexadecimal; null until it is complete. */
  readonly checksum: string | null;
  /** Null when the file does not say it. */
  readonly durationMs: number | null;
  /** What the storage has to remember of the file; see RecordingStorage. */
  readonly storageState: string;
  /** The request that may write, until `writerUntil`. */
  readonly writer: string | null;
  readonly writerUntil: Date | null;
}

/** node-postgres gives bigint as text; no file has 2^53 bytes. */
const bytes: ValueTransformer = { to: (value: number) => value, from: Number };

/** Maps {@link Recording}. */
export const RecordingSchema = new EntitySchema<Recording>({
  name: 'Recording',
  tableName: 'recording',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'recording_pkey' },
    workspaceId: { type: 'text', name: 'workspace_id' },
    meetingId: { type: 'text', name: 'meeting_id' },
    createdBy: { type: 'text', name: 'created_by' },
    createdAt: { type: 'timestamptz', name: 'created_at' },
    touchedAt: { type: 'timestamptz', name: 'touched_at' },
    completedAt: { type: 'timestamptz', name: 'completed_at', nullable: true },
    filename: { type: 'text' },
    mimeType: { type: 'text', name: 'mime_type' },
    bytes: { type: 'bigint', transformer: bytes },
    received: { type: 'bigint', transformer: bytes },
    checksum: { type: 'text', nullable: true },
    durationMs: { type: 'integer', name: 'duration_ms', nullable: true },
    storageState: { type: 'text', name: 'storage_state' },
    writer: { type: 'text', nullable: true },
    writerUntil: { type: 'timestamptz', name: 'writer_until', nullable: true },
  } satisfies Columns<Recording>,
  indices: [
    { name: 'recording_by_meeting', columns: ['meetingId', 'createdAt'] },
    { name: 'recording_unfinished', columns: ['touchedAt'], where: 'completed_at IS NULL' },
    { name: 'recording_age', columns: ['completedAt'], where: 'completed_at IS NOT NULL' },
  ],
});
