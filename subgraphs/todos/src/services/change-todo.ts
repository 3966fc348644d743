import type { MeetingAccess, People } from '@hoerok/shared/access';
import type { UserViewer } from '@hoerok/shared/auth';
import { todoCompleted, todoStatusChanged } from '@hoerok/shared/contracts';
import type { Transact } from '@hoerok/shared/database';
import { AppError } from '@hoerok/shared/errors';
import { decodeInput } from '@hoerok/shared/graphql';
import type { DataSource, EntityManager } from 'typeorm';
import { mayChange } from '../domain/permission.ts';
import { applyEdit, type TodoEdit } from '../domain/todo-edit.ts';
import type { Todo } from '../entities/todo.entity.ts';
import { todoRepository } from '../repositories/todo-repository.ts';
import { visibleTodos } from '../repositories/visible-todos.ts';
import { updateTodoInput } from './todo-input.ts';
import { announceTodo, announceUpdate } from './write-todo.ts';

/**
 * Changes to a todo by its creator, its assignee, the organizer of its meeting, ADMIN and MANAGER. Each throws
 * `NOT_FOUND` for a todo the viewer may not see, `FORBIDDEN` for one it may only see, `WRONG_STATE` when the status does
 * not lead there, `BAD_INPUT` for an assignee who is no user of the workspace.
 */
export interface ChangeTodo {
  /** @throws AppError `CONFLICT` when the todo is not at `expectedRevision`. */
  readonly update: (viewer: UserViewer, input: unknown) => Promise<Todo>;
  readonly assign: (viewer: UserViewer, id: string, userId: string) => Promise<Todo>;
  /** Idempotent. */
  readonly complete: (viewer: UserViewer, id: string) => Promise<Todo>;
}

/** What the changes need. */
export interface ChangeTodoDeps {
  readonly dataSource: DataSource;
  readonly transact: Transact;
  readonly access: MeetingAccess;
  readonly people: People;
  readonly clock: () => Date;
}

/** Builds {@link ChangeTodo}. */
export function createChangeTodo(deps: ChangeTodoDeps): ChangeTodo {
  const requireUser = (viewer: UserViewer, userId: string, argument: string): Promise<void> =>
    deps.people.requireUsers(viewer.workspaceId, [userId], [argument]);
  return {
    update: async (viewer, input) => {
      const { id, expectedRevision, title, priority, status, ...emptyable } = decodeInput(
        updateTodoInput,
        input,
      );
      if (emptyable.assigneeId != null) await requireUser(viewer, emptyable.assigneeId, 'assigneeId');
      return await change(deps, viewer, {
        id,
        expectedRevision,
        edit: {
          ...emptyable,
          title: title ?? undefined,
          priority: priority ?? undefined,
          status: status ?? undefined,
        },
      });
    },
    assign: async (viewer, id, userId) => {
      await requireUser(viewer, userId, 'userId');
      return await change(deps, viewer, { id, edit: { assigneeId: userId } });
    },
    complete: (viewer, id) => change(deps, viewer, { id, edit: { status: 'DONE' } }),
  };
}

interface Change {
  readonly id: string;
  readonly edit: TodoEdit;
  readonly expectedRevision?: number;
}

async function change(deps: ChangeTodoDeps, viewer: UserViewer, wanted: Change): Promise<Todo> {
  const now = deps.clock();
  const [visible] = await visibleTodos(deps.dataSource.manager, viewer, now).find([wanted.id]);
  if (visible === undefined) throw notFound();
  const organizerId = await organizerOf(deps.access, viewer, visible.meetingId);
  return await deps.transact(async (tx) => {
    const todo = await todoRepository(tx, viewer.workspaceId).findForUpdate(wanted.id);
    if (todo === null) throw notFound();
    if (!mayChange(viewer, todo, organizerId)) {
      throw new AppError(
        'FORBIDDEN',
        'Only its creator, its assignee, the organizer, a MANAGER or an ADMIN may change this todo.',
        { logLevel: 'debug' },
      );
    }
    requireRevision(todo, wanted.expectedRevision ?? todo.revision);
    return await commitEdit(tx, viewer, { todo, edit: wanted.edit, now });
  });
}

async function organizerOf(
  access: MeetingAccess,
  viewer: UserViewer,
  meetingId: string | null,
): Promise<string | null> {
  if (meetingId === null) return null;
  return (await access.visible(viewer, [meetingId])).get(meetingId)?.organizerId ?? null;
}

function requireRevision({ revision }: Todo, expected: number): void {
  if (revision === expected) return;
  throw new AppError('CONFLICT', `The todo has changed: it is at revision ${revision}, not ${expected}.`, {
    logLevel: 'debug',
    extensions: { path: ['expectedRevision'], currentRevision: revision },
  });
}

/** Writes what an edit changes, its history and its events; an edit that changes nothing leaves no trace. */
async function commitEdit(
  tx: EntityManager,
  viewer: UserViewer,
  { todo, edit, now }: { readonly todo: Todo; readonly edit: TodoEdit; readonly now: Date },
): Promise<Todo> {
  const { fields, changes } = applyEdit(todo, edit);
  if (changes.length === 0) return todo;
  const statusChanged = fields.status !== todo.status;
  const assigneeChanged = fields.assigneeId !== todo.assigneeId;
  const completedAt = statusChanged ? (fields.status === 'DONE' ? now : null) : todo.completedAt;
  const changed: Todo = { ...todo, ...fields, completedAt, revision: todo.revision + 1 };
  const stamp = { todoId: todo.id, revision: changed.revision, actorId: viewer.userId, at: now };
  const todos = todoRepository(tx, viewer.workspaceId);
  await todos.update(changed);
  await todos.addChanges(changes.map((fieldChange) => ({ ...fieldChange, ...stamp })));
  const told = { todo: changed, actorId: viewer.userId, assigneeChanged };
  if (statusChanged || assigneeChanged) await announceTodo(tx, todoStatusChanged, told);
  if (statusChanged && changed.status === 'DONE') await announceTodo(tx, todoCompleted, told);
  await announceUpdate(tx, {
    ...told,
    kind: 'CHANGED',
    changed: changes.map(({ field }) => field),
    formerAssigneeId: assigneeChanged ? todo.assigneeId : null,
  });
  return changed;
}

function notFound(): AppError {
  return new AppError('NOT_FOUND', 'There is no such todo, or you may not see it.', { logLevel: 'debug' });
}
