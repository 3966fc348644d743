import { AppError } from '@hoerok/shared/errors';

export const TODO_STATUSES = ['OPEN', 'IN_PROGRESS', 'BLOCKED', 'DONE', 'CANCELED'] as const;

/** Where a todo stands. */
export type TodoStatus = (typeof TODO_STATUSES)[number];

const NEXT: Readonly<Record<TodoStatus, readonly TodoStatus[]>> = {
  OPEN: ['IN_PROGRESS', 'BLOCKED', 'DONE', 'CANCELED'],
  IN_PROGRESS: ['OPEN', 'BLOCKED', 'DONE', 'CANCELED'],
  BLOCKED: ['OPEN', 'IN_PROGRESS', 'DONE', 'CANCELED'],
  DONE: ['OPEN', 'IN_PROGRESS'],
  CANCELED: ['OPEN'],
};

/**
 * The status a todo gets when `wanted` is asked for; asking for the present one changes nothing.
 * @throws AppError `WRONG_STATE` when no step leads there.
 */
export function statusAfter(status: TodoStatus, wanted: TodoStatus): TodoStatus {
  if (status === wanted || NEXT[status].includes(wanted)) return wanted;
  throw new AppError(
    'WRONG_STATE',
    `A todo that is ${status} cannot become ${wanted}; it can become ${NEXT[status].join(' or ')}.`,
    { logLevel: 'debug', extensions: { path: ['status'] } },
  );
}

/** True once nothing is left to do. */
export function isSettled(status: TodoStatus): boolean {
  return status === 'DONE' || status === 'CANCELED';
}

/** True when the due date has passed and something is left to do. */
export function isOverdue(
  todo: { readonly status: TodoStatus; readonly dueAt: Date | null },
  now: Date,
): boolean {
  return todo.dueAt !== null && todo.dueAt < now && !isSettled(todo.status);
}
