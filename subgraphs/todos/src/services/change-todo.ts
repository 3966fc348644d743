import type { MeetingAccess, People } from '@hoerok/shared/access';
import type { UserViewer } from '@hoerok/shared/auth';
import { todoCompleted, todoStatusChanged } from '@hoerok/shared/contracts';
import type { Transact } from '@hoerok/shared/database';
import { AppError } from '@hoerok/shared/errors';
import { decodeInput } from '@hoerok/shared/graphql';
import type { DataSource, EntityManager } from 'typeorm';
import type { z } from 'zod';
import { mayChange } from '../domain/permission.ts';
import { firstReminder, reminderAfter } from '../domain/reminders.ts';
import { applyEdit, type TodoEdit, type TodoFields } from '../domain/todo-edit.ts';
import type { Todo } from '../entities/todo.entity.ts';
import { todoRepository } from '../repositories/todo-repository.ts';
import { visibleTodos } from '../repositories/visible-todos.ts';
import { type todoChangeInput, updateTodoInput } from './todo-input.ts';
import { announceTodo, announceUpdate } from './write-todo.ts';

/**
 * Changes to a todo by its creator, its assignee, the organizer of its meeting, ADMIN and MANAGER. Each throws
 * `NOT_FOUND` for a todo the viewer may not see, `FORBIDDEN` for one it may only see, `WRONG_STATE` when the status does
 * not lead there, `BAD_INPUT` for an assignee who is no user of the workspace.
 */
export interface ChangeTodo {
  /** @throws AppError `CONFLICT` when the todo is not at `expectedRevision`. */
  readonly update: (viewer: UserViewer, input: unknown) => Promise<Todo>;
  /** Null takes it from whoever has it. */
  readonly assign: (viewer: UserViewer, id: string, userId: string | null) => Promise<Todo>;
  /** Idempotent. */
  readonly complete: (viewer: UserViewer, id: string) => Promise<Todo>;
  /** Changes one of many, whatever its revision is; who calls has decoded the change and knows its assignee. */
  readonly edit: (viewer: UserViewer, id: string, edit: TodoEdit) => Promise<Todo>;
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
      const { id, expectedRevision, ...wanted } = decodeInput(updateTodoInput, input);
      if (wanted.assigneeId != null) await requireUser(viewer, wanted.assigneeId, 'assigneeId');
      return await change(deps, viewer, { id, expectedRevision, edit: editOf(wanted) });
    },
    assign: async (viewer, id, userId) => {
      if (userId !== null) await requireUser(viewer, userId, 'userId');
      return await change(deps, viewer, { id, edit: { assigneeId: userId } });
    },
    complete: (viewer, id) => change(deps, viewer, { id, edit: { status: 'DONE' } }),
    edit: (viewer, id, edit) => change(deps, viewer, { id, edit }),
  };
}

/** The edit that an input asks for; null empties what can be empty and leaves the rest. */
export function editOf({
  title,
  priority,
  status,
  remindBefore,
  ...emptyable
}: z.output<typeof todoChangeInput>): TodoEdit {
  return {
    ...emptyable,
    title: title ?? undefined,
    priority: priority ?? undefined,
    status: status ?? undefined,
    remindBefore: remindBefore ?? undefined,
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

/** Who organizes the meeting of a todo, if the viewer may see it. */
export async function organizerOf(
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
  const names = changes.map(({ field }) => field);
  const nextReminderAt = nextReminder(todo, { fields, names, now });
  const changed: Todo = { ...todo, ...fields, completedAt, nextReminderAt, revision: todo.revision + 1 };
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
    changed: names,
    formerAssigneeId: assigneeChanged ? todo.assigneeId : null,
  });
  return changed;
}

/** Another due date is told of anew; other times before the same one are told of when they come. */
function nextReminder(
  todo: Todo,
  edited: { readonly fields: TodoFields; readonly names: readonly string[]; readonly now: Date },
): Date | null {
  if (edited.names.includes('dueAt')) return firstReminder(edited.fields);
  return edited.names.includes('remindBefore')
    ? reminderAfter(edited.fields, edited.now)
    : todo.nextReminderAt;
}

/** The same for a todo that is not there and one that the viewer may not see. */
export function notFound(): AppError {
  return new AppError('NOT_FOUND', 'There is no such todo, or you may not see it.', { logLevel: 'debug' });
}
