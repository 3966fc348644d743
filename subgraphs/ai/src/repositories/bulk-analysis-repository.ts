import { seesWholeWorkspace, type Viewer } from '@hoerok/shared/auth';
import type { TaskStatus } from '@hoerok/shared/contracts';
import { readSagaSteps } from '@hoerok/shared/sagas';
import { queryTasks, snapshotOf, type TaskRow } from '@hoerok/shared/tasks';
import type { EntityManager } from 'typeorm';

/** What a bulk analysis does about one meeting. */
export interface MeetingAnalysis {
  readonly bulkId: string;
  readonly meetingId: string;
  readonly status: TaskStatus;
  /** Its MINUTES task; null before its turn. */
  readonly task: TaskRow | null;
}

/**
 * The analyses of those bulk tasks that the viewer may see: their own, and for ADMIN and MANAGER all of the workspace. In the
 * order in which the meetings were named.
 */
export async function findAnalyses(
  tx: EntityManager,
  viewer: Viewer,
  bulkIds: readonly string[],
): Promise<MeetingAnalysis[]> {
  const { workspaceId } = viewer;
  const find = 'SELECT * FROM task WHERE workspace_id = $1 AND id = ANY($2)';
  const bulks = await queryTasks(tx, `${find} AND kind = 'BULK_MINUTES'`, [workspaceId, [...bulkIds]]);
  const all = viewer.kind === 'service' || seesWholeWorkspace(viewer);
  const seen = new Map(
    bulks.filter((bulk) => all || bulk.requested_by === viewer.userId).map((bulk) => [bulk.id, bulk]),
  );
  if (seen.size === 0) return [];
  const steps = await readSagaSteps(tx, workspaceId, [...seen.keys()]);
  const taskIds = steps.flatMap(({ taskId }) => taskId ?? []);
  const tasks = new Map((await queryTasks(tx, find, [workspaceId, taskIds])).map((row) => [row.id, row]));
  return steps.map(({ sagaId, id, taskId }) => {
    const task = tasks.get(taskId ?? '') ?? null;
    // One whose turn has not come never comes once all has ended.
    const unstarted = seen.get(sagaId)?.finished_at == null ? 'PENDING' : 'CANCELLED';
    return {
      bulkId: sagaId,
      meetingId: id,
      task,
      status: task === null ? unstarted : snapshotOf(task).status,
    };
  });
}
