import { randomUUIDv7 } from 'node:crypto';
import { type EventContract, type EventPayload, todoChanged, todoCreated } from '@hoerok/shared/contracts';
import { addEvent } from '@hoerok/shared/outbox';
import type { EntityManager } from 'typeorm';
import { DEFAULT_REMIND_BEFORE, firstReminder } from '../domain/reminders.ts';
import type { Todo } from '../entities/todo.entity.ts';
import type { TodoUpdateKind } from '../generated/resolvers.ts';
import { todoRepository } from '../repositories/todo-repository.ts';

type TodoContract = EventContract<(typeof todoCreated)['schema']>;

/** What a todo begins with. */
export type NewTodo = Pick<Todo, 'workspaceId' | 'title' | 'createdById' | 'createdAt'> &
  Partial<
    Pick<
      Todo,
      'description' | 'assigneeId' | 'meetingId' | 'sourceId' | 'dueAt' | 'priority' | 'remindBefore'
    >
  >;

/**
 * Stores a todo and tells of it. Idempotent by `sourceId`: null when the action item has its todo already; then nothing
 * is stored and nothing is told.
 */
export async function writeTodo(
  tx: EntityManager,
  fields: NewTodo,
  causationId?: string,
): Promise<Todo | null> {
  const plan = { dueAt: null, remindBefore: DEFAULT_REMIND_BEFORE, ...fields };
  const todo: Todo = {
    description: null,
    assigneeId: null,
    meetingId: null,
    sourceId: null,
    priority: 'NORMAL',
    ...fields,
    ...plan,
    id: randomUUIDv7(),
    status: 'OPEN',
    completedAt: null,
    nextReminderAt: firstReminder(plan),
    revision: 1,
  };
  if (!(await todoRepository(tx, todo.workspaceId).insert(todo))) return null;
  const told = { todo, actorId: todo.createdById, causationId };
  await announceTodo(tx, todoCreated, told);
  await announceUpdate(tx, { ...told, kind: 'CREATED', changed: [], formerAssigneeId: null });
  return todo;
}

/** Tells the other services about a todo as it is in this transaction. */
export async function announceTodo(
  tx: EntityManager,
  contract: TodoContract,
  change: {
    readonly todo: Todo;
    readonly actorId: string;
    readonly causationId?: string | undefined;
    readonly assigneeChanged?: boolean;
  },
): Promise<void> {
  const { todo, actorId, causationId, assigneeChanged } = change;
  await addEvent(tx, {
    contract,
    actorId,
    payload: { ...stateOf(todo), ...(assigneeChanged === undefined ? {} : { assigneeChanged }) },
    workspaceId: todo.workspaceId,
    aggregateId: todo.id,
    ...(causationId === undefined ? {} : { causationId }),
  });
}

/** Tells those who watch a todo, or the todos of its meeting, of one change. */
export async function announceUpdate(
  tx: EntityManager,
  change: {
    readonly todo: Todo;
    /** `null` for the platform itself. */
    readonly actorId: string | null;
    readonly causationId?: string | undefined;
    readonly kind: TodoUpdateKind;
    /** Names of the fields with a new value. */
    readonly changed: readonly string[];
    /** Who had it before this change took it away. */
    readonly formerAssigneeId: string | null;
  },
): Promise<void> {
  const { todo, actorId, causationId, kind, changed, formerAssigneeId } = change;
  const concerned = [todo.createdById, todo.assigneeId, formerAssigneeId].filter((id) => id !== null);
  await addEvent(tx, {
    contract: todoChanged,
    workspaceId: todo.workspaceId,
    aggregateId: todo.id,
    actorId,
    payload: {
      ...stateOf(todo),
      kind,
      changed: [...changed],
      todoId: todo.id,
      todo: { __typename: 'Todo', id: todo.id },
      actor: actorId === null ? null : { __typename: 'User', id: actorId },
      watchers: [...new Set(concerned)],
    },
    ...(causationId === undefined ? {} : { causationId }),
  });
}

/** What every event of a todo tells. */
export function stateOf(
  todo: Pick<Todo, 'id' | 'revision' | 'title' | 'status' | 'meetingId' | 'assigneeId' | 'createdById'>,
): EventPayload<TodoContract> {
  const { id, revision, title, status, meetingId, assigneeId, createdById } = todo;
  return { __typename: 'Todo', id, revision, title, status, meetingId, assigneeId, createdById };
}
