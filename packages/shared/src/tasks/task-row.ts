import type { EntityManager } from 'typeorm';
import { type TaskKind, type TaskPriority, type TaskSnapshot, taskChanged } from '../contracts/index.ts';
import { addEvent } from '../outbox/index.ts';
import { meter } from '../telemetry/index.ts';
import type { Lane } from './task-kind.ts';

const ended = meter.createCounter('hoerok_tasks_ended', {
  description: 'Tasks that have ended, by kind and state (COMPLETED, FAILED, CANCELLED)',
});

/** Internal states; RETRYING shows to clients as PENDING with `nextAttemptAt`, as does a delayed PENDING. */
export type TaskState = 'PENDING' | 'RETRYING' | 'PROCESSING' | 'COMPLETED' | 'FAILED' | 'CANCELLED';

/** A row of the table `task`: the truth about one task. */
export interface TaskRow {
  readonly id: string;
  readonly workspace_id: string;
  readonly kind: TaskKind;
  readonly lane: Lane;
  readonly state: TaskState;
  readonly progress: number;
  readonly stage: string | null;
  readonly attempt: number;
  readonly max_attempts: number;
  readonly revision: number;
  readonly lease_token: string | null;
  readonly lease_until: Date | null;
  readonly cancel_requested: boolean;
  /** Set while the task waits for that time, and only then. */
  readonly next_run_at: Date | null;
  readonly deadline_at: Date | null;
  readonly payload: unknown;
  readonly result: Readonly<Record<string, unknown>> | null;
  readonly error: TaskFailure | null;
  readonly requested_by: string | null;
  readonly meeting_id: string | null;
  readonly watchers: readonly string[];
  /** Trace of the request that made the task. */
  readonly headers: Readonly<Record<string, string>>;
  readonly created_at: Date;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
}

/** Why an attempt failed, as clients may read it. */
export interface TaskFailure {
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
}

/** The public state of a row, in the shape of the GraphQL type `Task`. */
export function snapshotOf(row: TaskRow): TaskSnapshot {
  return {
    __typename: 'Task',
    id: row.id,
    kind: row.kind,
    status: row.state === 'RETRYING' ? 'PENDING' : row.state,
    priority: row.lane.toUpperCase() as TaskPriority,
    progress: row.progress,
    stage: row.stage,
    attempt: row.attempt,
    maxAttempts: row.max_attempts,
    revision: row.revision,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    nextAttemptAt: row.next_run_at?.toISOString() ?? null,
    error: row.error,
    requestedBy: row.requested_by === null ? null : { __typename: 'User', id: row.requested_by },
    meeting: row.meeting_id === null ? null : { __typename: 'Meeting', id: row.meeting_id },
    watchers: [...row.watchers],
  };
}

/**
 * Rows that an `UPDATE ... RETURNING *` or a `SELECT *` gave back. TypeORM answers an UPDATE with `[rows, count]` and
 * everything else with the rows alone.
 */
export async function queryTasks(
  tx: EntityManager,
  sql: string,
  parameters: readonly unknown[],
): Promise<TaskRow[]> {
  const answer: unknown = await tx.query(sql, [...parameters]);
  const rows =
    Array.isArray(answer) && Array.isArray(answer[0]) && typeof answer[1] === 'number' ? answer[0] : answer;
  return rows as TaskRow[];
}

/** Tells the world about the row as it is now, inside the transaction that changed it. */
export async function announce(tx: EntityManager, service: string, row: TaskRow): Promise<void> {
  await addEvent(tx, {
    contract: taskChanged(service),
    workspaceId: row.workspace_id,
    aggregateId: row.id,
    payload: snapshotOf(row),
    actorId: row.requested_by,
  });
  // Every end of a task passes here. That a commit fails after it is rare enough for a rate.
  if (row.finished_at !== null) ended.add(1, { service, kind: row.kind, state: row.state });
}
