import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';

/** A row of the table `dead_letter_view`: a message of any service that nobody could handle. */
export interface DeadLetter {
  readonly id: string;
  /** Null when it cannot be told for sure whose it is; nobody sees it over GraphQL then. */
  readonly workspaceId: string | null;
  readonly stream: string;
  /** Subject it had there. */
  readonly subject: string;
  readonly cause: string;
  readonly error: string;
  readonly deliveries: number;
  readonly at: Date;
  /** Set for the letter of a task. */
  readonly taskId: string | null;
  readonly headers: Readonly<Record<string, string>>;
  /** The first 256 KiB of the payload. */
  readonly payload: Buffer;
  /** Size of the whole payload. */
  readonly payloadBytes: number;
  readonly replayedAt: Date | null;
  readonly replayedById: string | null;
}

/** A letter without its payload, which only a replay reads. */
export type DeadLetterSummary = Omit<DeadLetter, 'payload'>;

/** Maps {@link DeadLetter}. A query gets the payload only when it selects it. */
export const DeadLetterSchema = new EntitySchema<DeadLetter>({
  name: 'DeadLetter',
  tableName: 'dead_letter_view',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'dead_letter_view_pkey' },
    workspaceId: { type: 'text', name: 'workspace_id', nullable: true },
    stream: { type: 'text' },
    subject: { type: 'text' },
    cause: { type: 'text' },
    error: { type: 'text' },
    deliveries: { type: 'integer' },
    at: { type: 'timestamptz' },
    taskId: { type: 'text', name: 'task_id', nullable: true },
    headers: { type: 'jsonb' },
    payload: { type: 'bytea', select: false },
    payloadBytes: { type: 'integer', name: 'payload_bytes' },
    replayedAt: { type: 'timestamptz', name: 'replayed_at', nullable: true },
    replayedById: { type: 'text', name: 'replayed_by_id', nullable: true },
  } satisfies Columns<DeadLetter>,
  indices: [
    { name: 'dead_letter_view_by_age', columns: ['workspaceId', 'at', 'id'] },
    { name: 'dead_letter_view_age', columns: ['at'] },
  ],
});
