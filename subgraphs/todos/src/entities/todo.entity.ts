import type { Columns } from '@hoerok/shared/database';
import { searchColumn, searchIndex } from '@hoerok/shared/search';
import { EntitySchema } from 'typeorm';
import type { TodoFields } from '../domain/todo-edit.ts';

/** A row of the table `todo`. Ids are UUIDv7: their order is the order of creation. */
export interface Todo extends TodoFields {
  readonly id: string;
  readonly workspaceId: string;
  readonly meetingId: string | null;
  /** Id of the action item it was made from. */
  readonly sourceId: string | null;
  readonly createdById: string;
  readonly createdAt: Date;
  readonly completedAt: Date | null;
  /** When its assignee is to be reminded next; past when nobody could be so far. */
  readonly nextReminderAt: Date | null;
  readonly revision: number;
}

const optionalText = { type: 'text', nullable: true } as const;
const optionalInstant = { type: 'timestamptz', nullable: true } as const;

/** Maps {@link Todo}. */
export const TodoSchema = new EntitySchema<Todo>({
  name: 'Todo',
  tableName: 'todo',
  columns: {
    ...searchColumn,
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'todo_pkey' },
    workspaceId: { type: 'text', name: 'workspace_id' },
    title: { type: 'text' },
    description: optionalText,
    status: { type: 'text' },
    priority: { type: 'text' },
    assigneeId: { ...optionalText, name: 'assignee_id' },
    meetingId: { ...optionalText, name: 'meeting_id' },
    sourceId: { ...optionalText, name: 'source_id' },
    dueAt: { ...optionalInstant, name: 'due_at' },
    createdById: { type: 'text', name: 'created_by_id' },
    createdAt: { type: 'timestamptz', name: 'created_at' },
    completedAt: { ...optionalInstant, name: 'completed_at' },
    remindBefore: { type: 'integer', name: 'remind_before', array: true },
    nextReminderAt: { ...optionalInstant, name: 'next_reminder_at' },
    revision: { type: 'integer' },
  } satisfies Columns<Todo>,
  indices: [
    { name: 'todo_by_workspace', columns: ['workspaceId', 'id'] },
    { name: 'todo_by_meeting', columns: ['meetingId', 'id'] },
    { name: 'todo_by_assignee', columns: ['assigneeId', 'id'] },
    {
      name: 'todo_to_remind',
      columns: ['nextReminderAt'],
      // As PostgreSQL writes it.
      where: `(status <> ALL (ARRAY['DONE'::text, 'CANCELED'::text]))`,
    },
    { name: 'todo_by_due_date', columns: ['workspaceId', 'dueAt', 'id'] },
    { name: 'todo_by_time', columns: ['workspaceId', 'createdAt'] },
    { name: 'todo_by_creator', columns: ['createdById', 'id'] },
    searchIndex('todo'),
    { name: 'todo_source', columns: ['sourceId'], unique: true },
  ],
});
