import type { EntityManager } from 'typeorm';
import type { TaskKind, TaskPriority, TaskSnapshot } from '../contracts/index.ts';
import { queryPrepared } from '../database/index.ts';
import type { SagaStepOf } from './saga-step.ts';
import type { Lane } from './task-kind.ts';

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
  /** Null for a task that is no step of a saga. */
  readonly saga_step: SagaStepOf | null;
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

/** Rows that a statement over `task` gave back; see {@link queryPrepared}. */
export async function queryTasks(
  tx: EntityManager,
  sql: string,
  parameters: readonly unknown[],
): Promise<TaskRow[]> {
  return await queryPrepared(tx, sql, parameters);
}
