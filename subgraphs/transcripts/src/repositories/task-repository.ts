import { seesWholeWorkspace, type Viewer } from '@hoerok/shared/auth';
import type { TaskSnapshot } from '@hoerok/shared/contracts';
import type { EntityReference } from '@hoerok/shared/graphql';
import { queryTasks, type TaskRow } from '@hoerok/shared/tasks';
import type { EntityManager } from 'typeorm';

/** A task as a resolver gets it: whole when this service runs it, else by its key alone. */
export type TaskParent = TaskSnapshot | EntityReference;

/** The tasks among the ids that this service runs and the viewer may watch. */
export async function findWatched(
  tx: EntityManager,
  viewer: Viewer,
  ids: readonly string[],
): Promise<TaskRow[]> {
  const sql = 'SELECT * FROM task WHERE workspace_id = $1 AND id = ANY($2)';
  const rows = await queryTasks(tx, sql, [viewer.workspaceId, [...ids]]);
  return rows.filter(
    ({ watchers }) =>
      seesWholeWorkspace(viewer) || (viewer.kind === 'user' && watchers.includes(viewer.userId)),
  );
}
