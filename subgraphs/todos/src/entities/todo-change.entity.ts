import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';

/** A row of the table `todo_change`: one field of a todo, before and after. Never changed once written. */
export interface TodoChange {
  readonly todoId: string;
  /** Revision of the todo that the change led to. */
  readonly revision: number;
  readonly field: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly actorId: string;
  readonly at: Date;
}

/** Maps {@link TodoChange}. */
export const TodoChangeSchema = new EntitySchema<TodoChange>({
  name: 'TodoChange',
  tableName: 'todo_change',
  columns: {
    todoId: {
      type: 'text',
      name: 'todo_id',
      primary: true,
      primaryKeyConstraintName: 'todo_change_pkey',
      foreignKey: { target: 'Todo', name: 'todo_change_todo', onDelete: 'CASCADE' },
    },
    revision: { type: 'integer', primary: true, primaryKeyConstraintName: 'todo_change_pkey' },
    field: { type: 'text', primary: true, primaryKeyConstraintName: 'todo_change_pkey' },
    from: { type: 'text', name: 'value_before', nullable: true },
    to: { type: 'text', name: 'value_after', nullable: true },
    actorId: { type: 'text', name: 'actor_id' },
    at: { type: 'timestamptz' },
  } satisfies Columns<TodoChange>,
});
