import { taskChanged } from '@hoerok/shared/contracts';
import { type EventSubscription, onEvent } from '@hoerok/shared/events';
import { projectTask } from '../repositories/task-mapper.ts';
import { taskRepository } from '../repositories/task-repository.ts';

/** Services that run tasks, if only as steps of a saga. */
const OWNERS = ['transcripts', 'ai', 'meetings', 'todos', 'notifications'];

/**
 * Keeps the read model. Idempotent and safe in any order: a snapshot replaces the row only when its revision is higher.
 */
export const taskViewSubscription: EventSubscription = {
  purpose: 'task_view',
  handlers: OWNERS.map((owner) =>
    onEvent(taskChanged(owner), ({ workspaceId, payload }, tx) =>
      taskRepository(tx, workspaceId).keepNewest(projectTask(payload, { workspaceId, owner })),
    ),
  ),
};
