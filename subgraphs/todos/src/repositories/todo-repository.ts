import { type EntityManager, In, IsNull, Not } from 'typeorm';
import { type TodoChange, TodoChangeSchema } from '../entities/todo-change.entity.ts';
import { type Todo, TodoSchema } from '../entities/todo.entity.ts';
import { todoChanged } from './todo-families.ts';

/** Todos of one workspace, for writing; who may see them is {@link visibleTodos}'s affair. */
export interface TodoRepository {
  /** Locks the row until the transaction ends, for a change or a deletion: what is cached of it is old then. */
  readonly findForUpdate: (id: string) => Promise<Todo | null>;
  readonly findBySources: (sourceIds: readonly string[]) => Promise<Todo[]>;
  /** False, and nothing is stored, when there is a todo of the same action item. */
  readonly insert: (todo: Todo) => Promise<boolean>;
  readonly update: (todo: Todo) => Promise<void>;
  /** With its history. */
  readonly delete: (id: string) => Promise<void>;
  /** Deletes what came out of a meeting, and frees what was written by hand of it; answers both as of this change. */
  readonly partFromMeeting: (meetingId: string) => Promise<{
    readonly deleted: readonly Todo[];
    readonly freed: readonly Todo[];
  }>;
  readonly addChanges: (changes: readonly TodoChange[]) => Promise<void>;
}

/** Binds the queries to a transaction (or the manager) and a workspace. */
export function todoRepository(tx: EntityManager, workspaceId: string): TodoRepository {
  return {
    findForUpdate: async (id) => {
      const lock = { mode: 'pessimistic_write' } as const;
      const todo = await tx.findOne(TodoSchema, { where: { id, workspaceId }, lock });
      if (todo !== null) todoChanged(tx, todo);
      return todo;
    },
    findBySources: (sourceIds) => tx.findBy(TodoSchema, { workspaceId, sourceId: In([...sourceIds]) }),
    insert: async (todo) => {
      todoChanged(tx, todo);
      const result = await tx
        .createQueryBuilder()
        .insert()
        .into(TodoSchema)
        .values(todo)
        .orIgnore()
        .returning('id')
        .execute();
      return (result.raw as unknown[]).length === 1;
    },
    update: async (todo) => void (await tx.update(TodoSchema, { id: todo.id, workspaceId }, todo)),
    delete: async (id) => void (await tx.delete(TodoSchema, { id, workspaceId })),
    partFromMeeting: async (meetingId) => {
      const found = await tx.find(TodoSchema, {
        where: { workspaceId, meetingId },
        order: { id: 'ASC' },
        lock: { mode: 'pessimistic_write' },
      });
      for (const todo of found) todoChanged(tx, todo);
      await tx.delete(TodoSchema, { workspaceId, meetingId, sourceId: Not(IsNull()) });
      await tx.update(
        TodoSchema,
        { workspaceId, meetingId },
        { meetingId: null, revision: () => 'revision + 1' },
      );
      const parted = found.map((todo) => ({ ...todo, revision: todo.revision + 1 }));
      return {
        deleted: parted.filter(({ sourceId }) => sourceId !== null),
        freed: parted
          .filter(({ sourceId }) => sourceId === null)
          .map((todo) => ({ ...todo, meetingId: null })),
      };
    },
    addChanges: async (changes) => void (await tx.insert(TodoChangeSchema, [...changes])),
  };
}
