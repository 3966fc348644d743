import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { queryTasks, type TaskRow } from './task-row.ts';

/** What became of an attempt to take a task. */
export type Claim =
  | { readonly outcome: 'claimed'; readonly row: TaskRow; readonly token: string }
  /** Nothing to do: it has ended, or it does not exist. */
  | { readonly outcome: 'settled' }
  /** Another worker holds it for so long. */
  | { readonly outcome: 'held'; readonly retryInMs: number }
  /** It was cancelled before a worker came. */
  | { readonly outcome: 'cancelled'; readonly row: TaskRow }
  /** Its workers died as often as it may be tried, or its time is over. */
  | { readonly outcome: 'spent'; readonly row: TaskRow; readonly reason: 'crash-loop' | 'expired' };

/**
 * Takes the task for `leaseMs`, or says why not. The new lease token fences every worker that held it before: nothing
 * they still write is accepted.
 */
export async function claimTask(tx: EntityManager, taskId: string, leaseMs: number): Promise<Claim> {
  const token = randomUUID();
  const [claimed] = await queryTasks(
    tx,
    `UPDATE task SET state = 'PROCESSING', attempt = attempt + 1, revision = revision + 1, lease_token = $2,
       lease_until = now() + make_interval(secs => $3), started_at = coalesce(started_at, now()), next_run_at = NULL
     WHERE id = $1 AND NOT cancel_requested AND attempt < max_attempts AND coalesce(deadline_at > now(), true)
       AND (state IN ('PENDING', 'RETRYING') OR (state = 'PROCESSING' AND lease_until < now()))
     RETURNING *`,
    [taskId, token, leaseMs / 1000],
  );
  if (claimed !== undefined) return { outcome: 'claimed', row: claimed, token };
  return await explainRefusal(tx, taskId);
}

async function explainRefusal(tx: EntityManager, taskId: string): Promise<Claim> {
  const [row] = await queryTasks(tx, 'SELECT * FROM task WHERE id = $1 FOR UPDATE', [taskId]);
  if (row === undefined || row.finished_at !== null) return { outcome: 'settled' };
  const [{ remaining_ms: remainingMs } = { remaining_ms: 0 }] = (await tx.query(
    'SELECT (extract(epoch FROM lease_until - now()) * 1000)::float AS remaining_ms FROM task WHERE id = $1',
    [taskId],
  )) as { remaining_ms: number | null }[];
  if (row.state === 'PROCESSING' && (remainingMs ?? 0) > 0) {
    return { outcome: 'held', retryInMs: Math.max(250, remainingMs ?? 0) };
  }
  if (row.cancel_requested) return { outcome: 'cancelled', row };
  return { outcome: 'spent', row, reason: row.attempt >= row.max_attempts ? 'crash-loop' : 'expired' };
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
  return (row as TaskRow & { late: boolean | null }).late === true ? 'expired' : 'alive';
}
