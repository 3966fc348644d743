import { TASK_KINDS } from '@hoerok/shared/contracts';
import type { EntityManager } from 'typeorm';

/** How the queue of one kind of task stands in one workspace. */
export interface QueueStatus {
  readonly name: string;
  readonly pending: number;
  readonly processing: number;
  readonly oldestPendingSeconds: number;
  readonly failuresLastHour: number;
}

/** The queues of a workspace, as far as the read model knows; kinds without a task are there with zeros. */
export async function readQueues(tx: EntityManager, workspaceId: string): Promise<QueueStatus[]> {
  const rows: QueueStatus[] = await tx.query(QUEUES, [workspaceId]);
  const found = new Map(rows.map((row) => [row.name, row]));
  const names = new Set<string>([...TASK_KINDS, ...found.keys()]);
  const empty = { pending: 0, processing: 0, oldestPendingSeconds: 0, failuresLastHour: 0 };
  return [...names].map((name) => found.get(name) ?? { name, ...empty });
}

/** Goes by the partial indexes, so that what has ended long ago costs nothing. */
const QUEUES = `
  SELECT kind AS name,
    count(*) FILTER (WHERE status = 'PENDING')::int AS pending,
    count(*) FILTER (WHERE status = 'PROCESSING')::int AS processing,
    greatest(0, coalesce(extract(epoch FROM now() - min(created_at) FILTER (WHERE status = 'PENDING')), 0))::int
      AS "oldestPendingSeconds",
    count(*) FILTER (WHERE status = 'FAILED')::int AS "failuresLastHour"
  FROM (
    SELECT kind, status, created_at FROM task_view WHERE workspace_id = $1 AND status IN ('PENDING', 'PROCESSING')
    UNION ALL
    SELECT kind, status, created_at FROM task_view
      WHERE workspace_id = $1 AND status = 'FAILED' AND finished_at > now() - interval '1 hour'
  ) recent GROUP BY kind`;
