import type { MeetingKey } from '@hoerok/shared/access';
import { MEETING_DELETION } from '@hoerok/shared/access';
import { queryTasks, type TaskRow } from '@hoerok/shared/tasks';
import type { EntityManager } from 'typeorm';

/** The task that deletes a meeting now, if there is one. Lock the meeting's row first: then none can begin beside it. */
export async function findUnfinishedDeletion(
  tx: EntityManager,
  { workspaceId, meetingId }: MeetingKey,
): Promise<TaskRow | undefined> {
  const [task] = await queryTasks(
    tx,
    `SELECT * FROM task WHERE workspace_id = $1 AND kind = $2 AND meeting_id = $3
       AND state IN ('PENDING', 'RETRYING', 'PROCESSING')`,
    [workspaceId, MEETING_DELETION.saga.kind, meetingId],
  );
  return task;
}
