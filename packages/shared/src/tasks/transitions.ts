import { randomUUIDv7 } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { AppError } from '../errors/index.ts';
import { deadLetterSubject, headerText, taskSubject } from '../messaging/index.ts';
import { addMessage } from '../outbox/index.ts';
import { faultPoint } from '../faults/index.ts';
import { changeTask } from './change-task.ts';
import type { Effects, TaskResult } from './task-kind.ts';
import { queryTasks, type TaskFailure, type TaskRow } from './task-row.ts';

/** Why a task went to the dead letters. */
export type DeadCause = 'permanent' | 'exhausted' | 'crash-loop' | 'expired';

/** The failure of a task whose time is over, whether or not a worker had it. */
export const DEADLINE_PASSED: TaskFailure = Object.freeze({
  code: 'TIMEOUT',
  message: 'The task did not finish before its deadline.',
  retryable: false,
});

/** Another worker holds the task now: what this one still wants to write is refused and rolled back. */
export class FencedError extends AppError {
  override readonly name = 'FencedError';

  constructor(taskId: string) {
    super('CONFLICT', `Another worker has taken over task ${taskId}.`, { logLevel: 'warn' });
  }
}

/** The guard of every write of a worker: its lease token. */
export interface Holder {
  readonly service: string;
  readonly taskId: string;
  readonly token: string;
}

const COMPLETED = `state = 'COMPLETED', progress = 1, stage = NULL, result = $3, error = NULL, lease_token = NULL,
  lease_until = NULL, finished_at = now()`;

/**
 * Completes the task: effects, result and event in the caller's transaction, guarded by the lease token.
 * @throws FencedError when the token is no longer valid; the transaction must then roll back.
 */
export async function completeTask(tx: EntityManager, holder: Holder, effects: Effects): Promise<void> {
  const [held] = await queryTasks(
    tx,
    `SELECT * FROM task WHERE id = $1 AND lease_token = $2 AND state = 'PROCESSING' FOR UPDATE`,
    [holder.taskId, holder.token],
  );
  if (held === undefined) throw new FencedError(holder.taskId);
  const result = await effects(tx);
  await update(tx, holder, { set: COMPLETED, parameters: [JSON.stringify(result)] });
  faultPoint('task:before-commit');
}

/**
 * Completes a task without effects in one statement; false when that cannot be: another worker has it, or a saga has to be
 * told, which takes a transaction.
 */
export async function completePlainly(
  tx: EntityManager,
  holder: Holder,
  result: TaskResult,
): Promise<boolean> {
  faultPoint('task:before-commit');
  const row = await changeTask(tx, holder.service, {
    sql: `UPDATE task SET ${COMPLETED}, revision = revision + 1
     WHERE id = $1 AND lease_token = $2 AND state = 'PROCESSING' AND saga_step IS NULL RETURNING *`,
    parameters: [holder.taskId, holder.token, JSON.stringify(result)],
  });
  return row !== undefined;
}

/** A retry further away than this leaves the queue: a message that waits there would block others. */
export const LONGEST_NAK_MS = 30_000;

/**
 * Puts the task back until `delayMs` from now, or until its deadline if that is earlier. `countAttempt: false` for an
 * attempt that shutdown cut short. A task whose cancellation was asked for in the meantime is CANCELLED instead.
 */
export async function retryTaskLater(
  tx: EntityManager,
  holder: Holder,
  options: {
    readonly delayMs: number;
    readonly failure: TaskFailure | null;
    readonly countAttempt: boolean;
    /** A message of the task waits in the queue. */
    readonly inQueue: boolean;
  },
): Promise<void> {
  const { delayMs } = options;
  // `woken_at` lies ahead while a message waits in the queue for that moment. Without one it lies before the next run, and
  // the sweeper wakes the row.
  const wokenInMs = options.inQueue && delayMs <= LONGEST_NAK_MS ? delayMs : -1;
  await update(tx, holder, {
    set: `state = CASE WHEN cancel_requested THEN 'CANCELLED' ELSE 'RETRYING' END,
      finished_at = CASE WHEN cancel_requested THEN now() END,
      next_run_at = CASE WHEN cancel_requested THEN NULL
        ELSE least(now() + make_interval(secs => $4), deadline_at) END,
      woken_at = now() + make_interval(secs => $6), error = $3, stage = NULL, lease_token = NULL, lease_until = NULL,
      attempt = attempt - $5`,
    parameters: [
      options.failure === null ? null : JSON.stringify(options.failure),
      delayMs / 1000,
      options.countAttempt ? 0 : 1,
      wokenInMs / 1000,
    ],
  });
}

/** Cancels a running task that its worker has let go of. */
export async function markCancelled(tx: EntityManager, holder: Holder): Promise<void> {
  await update(tx, holder, {
    set: `state = 'CANCELLED', stage = NULL, lease_token = NULL, lease_until = NULL, finished_at = now()`,
    parameters: [],
  });
}

/** Fails a running task for good: FAILED, its dead letter and both messages in one transaction. */
export async function failTask(
  tx: EntityManager,
  holder: Holder,
  dead: { readonly cause: DeadCause; readonly failure: TaskFailure },
): Promise<void> {
  const row = await update(tx, holder, {
    set: `state = 'FAILED', error = $3, stage = NULL, lease_token = NULL, lease_until = NULL, finished_at = now()`,
    parameters: [JSON.stringify(dead.failure)],
  });
  await bury(tx, holder.service, { row, ...dead });
}

/** Ends a task that no worker holds (claim refused): cancelled before its start, crashed too often, or too late. */
export async function endUnheldTask(
  tx: EntityManager,
  service: string,
  end: { readonly row: TaskRow; readonly dead: { cause: DeadCause; failure: TaskFailure } | null },
): Promise<void> {
  const row = await changeTask(tx, service, {
    sql: `UPDATE task SET state = $2, error = $3, revision = revision + 1, stage = NULL, lease_token = NULL,
       lease_until = NULL, next_run_at = NULL, finished_at = now()
     WHERE id = $1 AND finished_at IS NULL RETURNING *`,
    parameters: [
      end.row.id,
      end.dead === null ? 'CANCELLED' : 'FAILED',
      end.dead === null ? null : JSON.stringify(end.dead.failure),
    ],
  });
  if (row !== undefined && end.dead !== null) await bury(tx, service, { row, ...end.dead });
}

/** Writes how far a running task is. A lost lease is not an error here: the heartbeat finds it. */
export async function recordProgress(
  tx: EntityManager,
  holder: Holder,
  progress: { readonly fraction: number; readonly stage: string },
): Promise<void> {
  await changeTask(tx, holder.service, {
    sql: `UPDATE task SET progress = $3, stage = $4, revision = revision + 1
     WHERE id = $1 AND lease_token = $2 AND state = 'PROCESSING' RETURNING *`,
    parameters: [holder.taskId, holder.token, Math.min(1, Math.max(0, progress.fraction)), progress.stage],
  });
}

async function update(
  tx: EntityManager,
  holder: Holder,
  change: { readonly set: string; readonly parameters: readonly unknown[] },
): Promise<TaskRow> {
  const row = await changeTask(tx, holder.service, {
    sql: `UPDATE task SET ${change.set}, revision = revision + 1
     WHERE id = $1 AND lease_token = $2 AND state = 'PROCESSING' RETURNING *`,
    parameters: [holder.taskId, holder.token, ...change.parameters],
  });
  if (row === undefined) throw new FencedError(holder.taskId);
  return row;
}

async function bury(
  tx: EntityManager,
  service: string,
  dead: { readonly row: TaskRow; readonly cause: DeadCause; readonly failure: TaskFailure },
): Promise<void> {
  const { row, cause, failure } = dead;
  const id = randomUUIDv7();
  const error = headerText(`${failure.code}: ${failure.message}`);
  await tx.query(
    'INSERT INTO dead_letter (id, task_id, cause, error, attempts) VALUES ($1, $2, $3, $4, $5)',
    [id, row.id, cause, error, row.attempt],
  );
  const subject = taskSubject(service, row.kind, row.lane);
  await addMessage(tx, {
    messageId: id,
    aggregateKey: `task:${row.id}`,
    subject: deadLetterSubject(`TASKS_${service.toUpperCase()}`, cause, subject),
    headers: {
      'x-dead-cause': cause,
      'x-dead-error': error,
      'x-dead-subject': subject,
      'x-dead-deliveries': String(row.attempt),
      'x-dead-at': new Date().toISOString(),
      'x-task-id': row.id,
      'x-workspace-id': row.workspace_id,
    },
    payload: { taskId: row.id },
  });
}
