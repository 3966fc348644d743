import { statusAfter, type TodoStatus } from './todo-status.ts';

export const PRIORITIES = ['LOW', 'NORMAL', 'HIGH', 'URGENT'] as const;

/** How urgent a todo is. */
export type Priority = (typeof PRIORITIES)[number];

/** What people may change of a todo. */
export interface TodoFields {
  readonly title: string;
  readonly description: string | null;
  readonly assigneeId: string | null;
  readonly dueAt: Date | null;
  readonly priority: Priority;
  readonly status: TodoStatus;
  /** Hours before `dueAt` at which its assignee is reminded, longest first. */
  readonly remindBefore: readonly number[];
}

/** Wanted values; what is undefined stays. */
export type TodoEdit = { readonly [K in keyof TodoFields]?: TodoFields[K] | undefined };

/** One field, before and after, as the history keeps it. */
export interface FieldChange {
  readonly field: string;
  readonly from: string | null;
  readonly to: string | null;
}

const FIELDS: Readonly<Record<keyof TodoFields, string>> = {
  title: 'title',
  description: 'description',
  assigneeId: 'assignee',
  dueAt: 'dueAt',
  priority: 'priority',
  status: 'status',
  remindBefore: 'remindBefore',
};

/**
 * The fields after an edit and what has changed by it: nothing when every wanted value is there already.
 * @throws AppError `WRONG_STATE` when the wanted status cannot be reached.
 */
export function applyEdit(
  todo: TodoFields,
  edit: TodoEdit,
): { readonly fields: TodoFields; readonly changes: readonly FieldChange[] } {
  const given = Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined));
  const fields: TodoFields = {
    ...pickFields(todo),
    ...(given as Partial<TodoFields>),
    status: statusAfter(todo.status, edit.status ?? todo.status),
  };
  const changes = (Object.keys(FIELDS) as (keyof TodoFields)[])
    .map((key) => ({ field: FIELDS[key], from: asText(todo[key]), to: asText(fields[key]) }))
    .filter(({ from, to }) => from !== to);
  return { fields, changes };
}

function pickFields(todo: TodoFields): TodoFields {
  const { title, description, assigneeId, dueAt, priority, status, remindBefore } = todo;
  return { title, description, assigneeId, dueAt, priority, status, remindBefore };
}

function asText(value: string | Date | readonly number[] | null): string | null {
  if (value === null || typeof value === 'string') return value;
  return value instanceof Date ? value.toISOString() : value.join(', ');
}
