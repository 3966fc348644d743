import { type EntityManager, In, IsNull, Not } from 'typeorm';
import { type TodoChange, TodoChangeSchema } from '../entities/todo-change.entity.ts';
import { type Todo, TodoSchema } from '../entities/todo.entity.ts';

/** Todos of one workspace, for writing; who may see them is {@link visibleTodos}'s affair. */
export interface TodoRepository {
  /** Locks the row until the transaction ends. */
  readonly findForUpdate: (id: string) => Promise<Todo | null>;
  readonly findBySources: (sourceIds: readonly string[]) => Promise<Todo[]>;
  /** False, and nothing is stored, when there is a todo of the same action item. */
  readonly insert: (todo: Todo) => Promise<boolean>;
  readonly update: (todo: Todo) => Promise<void>;
  /** Deletes what came out of a meeting, and takes it from what was written by hand. */
  readonly partFromMeeting: (meetingId: string) => Promise<void>;
  readonly addChanges: (changes: readonly TodoChange[]) => Promise<void>;
}

/** Binds the queries to a transaction (or the manager) and a workspace. */
export function todoRepository(tx: EntityManager, workspaceId: string): TodoRepository {
  return {
    findForUpdate: (id) =>
      tx.findOne(TodoSchema, { where: { id, workspaceId }, lock: { mode: 'pessimistic_write' } }),
    findBySources: (sourceIds) => tx.findBy(TodoSchema, { workspaceId, sourceId: In([...sourceIds]) }),
    insert: async (todo) => {
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
    partFromMeeting: async (meetingId) => {
      await tx.delete(TodoSchema, { workspaceId, meetingId, sourceId: Not(IsNull()) });
      await tx.update(
        TodoSchema,
        { workspaceId, meetingId },
        { meetingId: null, revision: () => 'revision + 1' },
      );
    },
    addChanges: async (changes) => void (await tx.insert(TodoChangeSchema, [...changes])),
  };
}
