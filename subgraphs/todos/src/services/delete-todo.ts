import { requireStanding } from '@hoerok/shared/access';
import type { UserViewer } from '@hoerok/shared/auth';
import { AppError } from '@hoerok/shared/errors';
import { mayDelete } from '../domain/permission.ts';
import { todoRepository } from '../repositories/todo-repository.ts';
import { visibleTodos } from '../repositories/visible-todos.ts';
import { type ChangeTodoDeps, notFound, organizerOf } from './change-todo.ts';
import { announceUpdate } from './write-todo.ts';

/**
 * Deletes a todo with its history, and tells those who watch it. Answers its id.
 * @throws AppError `NOT_FOUND` for a todo the viewer may not see; `FORBIDDEN` for all but its creator, the organizer of its
 * meeting, ADMIN and MANAGER.
 */
export function createDeleteTodo(
  deps: Omit<ChangeTodoDeps, 'people'>,
): (viewer: UserViewer, id: string) => Promise<string> {
  return async (viewer, id) => {
    const [seen] = await visibleTodos(deps.dataSource.manager, viewer, deps.clock()).find([id]);
    if (seen === undefined) throw notFound();
    const organizerId = await organizerOf(deps.access, viewer, seen.meetingId);
    await deps.transact(async (tx) => {
      // A meeting that is being deleted takes its todos along, in an order of its own.
      if (seen.meetingId !== null && seen.sourceId !== null)
        await requireStanding(tx, seen.meetingId, ['id']);
      const todos = todoRepository(tx, viewer.workspaceId);
      const todo = await todos.findForUpdate(id);
      if (todo === null) throw notFound();
      if (!mayDelete(viewer, todo, organizerId)) {
        const who = 'Only its creator, the organizer, a MANAGER or an ADMIN may delete this todo.';
        throw new AppError('FORBIDDEN', who, { logLevel: 'debug' });
      }
      await todos.delete(id);
      const told = { ...todo, title: '', revision: todo.revision + 1 };
      const nobody = { changed: [], formerAssigneeId: null };
      await announceUpdate(tx, { todo: told, kind: 'DELETED', actorId: viewer.userId, ...nobody });
    });
    return id;
  };
}
