import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { changeTask } from './change-task.ts';
import { queryTasks, type TaskRow } from './task-row.ts';

/** What became of an attempt to take a task. */
export type Claim =
  | { readonly outcome: 'claimed'; readonly row: TaskRow; readonly token: string }
  /** Nothing to do: it has ended, or it does not exist. */
  | { readonly outcome: 'settled' }
  /** Another worker holds it for so long. */
  | { readonly outcome: 'held'; readonly retryInMs: number }
  /** Its next attempt is not due yet. */
  | { readonly outcome: 'early'; readonly retryInMs: number }
  /** It was cancelled before a worker came. */
  | { readonly outcome: 'cancelled'; readonly row: TaskRow }
  /** Its workers died as often as it may be tried, or its time is over. */
  | { readonly outcome: 'spent'; readonly row: TaskRow; readonly reason: 'crash-loop' | 'expired' };

/**
 * Takes the task for `leaseMs`, in one statement, or answers null. The new lease token fences every worker that held it
 * before: nothing they still write is accepted.
 */
export async function claimTask(
  tx: EntityManager,
  service: string,
  task: { readonly id: string; readonly leaseMs: number },
): Promise<Extract<Claim, { outcome: 'claimed' }> | null> {
  const token = randomUUID();
  const row = await changeTask(tx, service, {
    sql: `UPDATE task SET state = 'PROCESSING', attempt = attempt + 1, revision = revision + 1, lease_token = $2,
       lease_until = now() + make_interval(secs => $3), started_at = coalesce(started_at, now()), next_run_at = NULL
     WHERE id = $1 AND NOT cancel_requested AND attempt < max_attempts AND coalesce(deadline_at > now(), true)
       AND ((state IN ('PENDING', 'RETRYING') AND coalesce(next_run_at <= now(), true))
         OR (state = 'PROCESSING' AND lease_until < now()))
     RETURNING *`,
    parameters: [task.id, token, task.leaseMs / 1000],
  });
  return row === undefined ? null : { outcome: 'claimed', row, token };
}

/** What the database computes about a row, by its own clock. */
interface Timing {
  readonly lease_ms: number | null;
  readonly due_ms: number | null;
  readonly late: boolean | null;
}

/**
 * Why the row cannot be taken; undefined when another transaction has freed it in the meantime. The row stays locked until
 * `tx` ends, so that what is said stays true.
 */
export async function explainRefusal(tx: EntityManager, taskId: string): Promise<Claim | undefined> {
  const [locked] = await queryTasks(
    tx,
    `SELECT *, deadline_at <= now() AS late,
       (extract(epoch FROM lease_until - now()) * 1000)::float AS lease_ms,
       (extract(epoch FROM next_run_at - now()) * 1000)::float AS due_ms
     FROM task WHERE id = $1 FOR UPDATE`,
    [taskId],
  );
  const row = locked as (TaskRow & Timing) | undefined;
  if (row === undefined || row.finished_at !== null) return { outcome: 'settled' };
  const leaseMs = row.lease_ms ?? 0;
  if (row.state === 'PROCESSING' && leaseMs >= 0) {
    return { outcome: 'held', retryInMs: Math.max(250, leaseMs) };
  }
  if (row.cancel_requested) return { outcome: 'cancelled', row };
  if (row.attempt >= row.max_attempts) return { outcome: 'spent', row, reason: 'crash-loop' };
  if (row.late === true) return { outcome: 'spent', row, reason: 'expired' };
  const dueMs = row.due_ms ?? 0;
  return dueMs > 0 ? { outcome: 'early', retryInMs: dueMs } : undefined;
}

/** Answer of {@link extendLease}: `lost` means that another worker has the task now. */
export type Heartbeat = 'alive' | 'lost' | 'cancelled' | 'expired';

/** Says that the holder of `token` still works; it has the task for another `leaseMs`. */
export async function extendLease(
  tx: EntityManager,
  taskId: string,
  lease: { readonly token: string; readonly leaseMs: number },
): Promise<Heartbeat> {
  const [row] = await queryTasks(
    tx,
    `UPDATE task SET lease_until = now() + make_interval(secs => $3)
     WHERE id = $1 AND lease_token = $2 AND state = 'PROCESSING' RETURNING *, (deadline_at < now()) AS late`,
    [taskId, lease.token, lease.leaseMs / 1000],
  );
  if (row === undefined) return 'lost';
  if (row.cancel_requested) return 'cancelled';
  return (row as TaskRow & Pick<Timing, 'late'>).late === true ? 'expired' : 'alive';
}
