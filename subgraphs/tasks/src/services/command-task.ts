import type { UserViewer } from '@hoerok/shared/auth';
import { taskCancelRequested, taskRetryRequested } from '@hoerok/shared/contracts';
import type { Transact } from '@hoerok/shared/database';
import { AppError } from '@hoerok/shared/errors';
import { addEvent } from '@hoerok/shared/outbox';
import { maySee, needsCommand, type TaskCommand } from '../domain/task.ts';
import type { Task } from '../entities/task.entity.ts';
import { recordDeed } from '../repositories/operator-audit-repository.ts';
import { taskRepository } from '../repositories/task-repository.ts';

/** Sends a command to the owner of a task and answers the task as it is known now. */
export type CommandTask = (viewer: UserViewer, id: string, command: TaskCommand) => Promise<Task>;

const CONTRACT = { cancel: taskCancelRequested, retry: taskRetryRequested } as const;
const ACTION = { cancel: 'CANCEL_TASK', retry: 'RETRY_TASK' } as const;

/**
 * Builds {@link CommandTask}. The owner decides by its own row, so a command that comes too late changes nothing.
 * What is not refused leaves an audit row.
 * @throws AppError `NOT_FOUND` for a task the viewer may not see, `FORBIDDEN`, or `WRONG_STATE`.
 */
export function createCommandTask(deps: {
  readonly transact: Transact;
  readonly clock: () => Date;
}): CommandTask {
  return (viewer, id, command) =>
    deps.transact(async (tx) => {
      const task = await taskRepository(tx, viewer.workspaceId).findForUpdate(id);
      if (task === null || !maySee(viewer, task)) throw notFound();
      const needed = needsCommand(viewer, task, command);
      await recordDeed(tx, viewer, {
        action: ACTION[command],
        targetIds: [task.id],
        outcome: needed ? 'SENT' : 'UNCHANGED',
        at: deps.clock(),
      });
      if (!needed) return task;
      await addEvent(tx, {
        contract: CONTRACT[command],
        workspaceId: viewer.workspaceId,
        aggregateId: task.id,
        payload: { taskId: task.id, owner: task.owner },
        actorId: viewer.userId,
      });
      return task;
    });
}

function notFound(): AppError {
  return new AppError('NOT_FOUND', 'There is no such task, or it does not concern you.', {
    logLevel: 'debug',
    extensions: { path: ['id'] },
  });
}
