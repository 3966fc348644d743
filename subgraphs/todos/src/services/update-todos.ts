import type { People } from '@hoerok/shared/access';
import type { UserViewer } from '@hoerok/shared/auth';
import { decodeInput, payloadOf, type UserError } from '@hoerok/shared/graphql';
import type { Todo } from '../entities/todo.entity.ts';
import { type ChangeTodo, editOf } from './change-todo.ts';
import { updateTodosInput } from './todo-input.ts';

/** What became of a change to many todos. */
export interface UpdatedTodos {
  /** In the order of the ids. */
  readonly todos: readonly Todo[];
  /** One for each that stays as it was; `path` ends with the place of its id. */
  readonly refused: readonly UserError[];
}

/**
 * Changes up to 100 todos alike, each in its own transaction: what is refused stops no other.
 * @throws AppError `BAD_INPUT` when nothing at all can be done, also for an assignee who is no user of the workspace.
 */
export function createUpdateTodos(deps: {
  readonly changeTodo: Pick<ChangeTodo, 'edit'>;
  readonly people: People;
}): (viewer: UserViewer, input: unknown) => Promise<UpdatedTodos> {
  return async (viewer, input) => {
    const { ids, change } = decodeInput(updateTodosInput, input);
    if (change.assigneeId != null) {
      const path = ['change', 'assigneeId'];
      await deps.people.requireUsers(viewer.workspaceId, [change.assigneeId], path);
    }
    const todos: Todo[] = [];
    const refused: UserError[] = [];
    // One after the other: two changes of the same todos never wait for one another in a circle.
    for (const [place, id] of ids.entries()) {
      if (ids.indexOf(id) !== place) continue;
      const { todo, userErrors } = await payloadOf({ todo: null }, async () => {
        return { todo: await deps.changeTodo.edit(viewer, id, editOf(change)) };
      });
      if (todo !== null) todos.push(todo);
      refused.push(...userErrors.map((error) => ({ ...error, path: ['ids', String(place)] })));
    }
    return { todos, refused };
  };
}
