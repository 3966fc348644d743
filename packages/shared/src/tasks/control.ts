import type { EntityManager } from 'typeorm';
import { queryPrepared } from '../database/index.ts';
import { changeTask } from './change-task.ts';
import { eventHeadersOf, tellEvents } from './task-messages.ts';
import { queryTasks, type TaskRow } from './task-row.ts';
import { endUnheldTask } from './transitions.ts';

/** What became of a cancellation: `running` means that the worker has been asked and lets go within a heartbeat. */
export type CancelOutcome = 'cancelled' | 'running' | 'ended' | 'unknown';

/** Cancels a waiting task at once and asks a running one to stop. Idempotent. */
export async function requestCancel(
  tx: EntityManager,
  service: string,
  task: { readonly id: string; readonly workspaceId: string },
): Promise<CancelOutcome> {
  const row = await lock(tx, task);
  if (row === undefined) return 'unknown';
  if (row.finished_at !== null) return 'ended';
  if (row.state === 'PROCESSING') {
    await tx.query('UPDATE task SET cancel_requested = true WHERE id = $1', [row.id]);
    return 'running';
  }
  await endUnheldTask(tx, service, { row, dead: null });
  return 'cancelled';
}

/**
 * Gives a FAILED or CANCELLED task a fresh set of attempts, which go on from its stored steps: what failed came after
 * them, and they are paid for. Any other state is left alone.
 */
export async function restartTask(
  tx: EntityManager,
  service: string,
  task: { readonly id: string; readonly workspaceId: string; readonly deadlineMs: number },
): Promise<TaskRow | undefined> {
  return await changeTask(tx, service, {
    sql: `UPDATE task SET state = 'PENDING', attempt = 0, progress = 0, stage = NULL, error = NULL, result = NULL,
       started_at = NULL, finished_at = NULL, next_run_at = NULL, cancel_requested = false, revision = revision + 1, woken_at = now(),
       deadline_at = now() + make_interval(secs => $3)
     WHERE id = $1 AND workspace_id = $2 AND state IN ('FAILED', 'CANCELLED') RETURNING *`,
    parameters: [task.id, task.workspaceId, task.deadlineMs / 1000],
    wakes: true,
  });
}

/**
 * Tells of all tasks of a workspace once more, as they are now, without a change: for readers that have lost what they knew.
 * Who has a snapshot of the same revision passes over it.
 * @returns how many.
 */
export async function retellTasks(
  tx: EntityManager,
  service: string,
  tasks: { readonly workspaceId: string; readonly createdSince: Date | null },
): Promise<number> {
  const source = `(SELECT * FROM task WHERE workspace_id = $1 AND coalesce(created_at >= $2, true) ORDER BY created_at) t`;
  const sql = `WITH told AS (${tellEvents(source, 3)} RETURNING 1) SELECT count(*)::int AS told FROM told`;
  const parameters = [tasks.workspaceId, tasks.createdSince, service, eventHeadersOf(service)];
  const [row] = await queryPrepared<{ told: number }>(tx, sql, parameters);
  return row?.told ?? 0;
}

async function lock(
  tx: EntityManager,
  task: { id: string; workspaceId: string },
): Promise<TaskRow | undefined> {
  const sql = 'SELECT * FROM task WHERE id = $1 AND workspace_id = $2 FOR UPDATE';
  const [row] = await queryTasks(tx, sql, [task.id, task.workspaceId]);
  return row;
}
