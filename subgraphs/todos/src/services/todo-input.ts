import { z } from 'zod';
import { LONGEST_REMIND_BEFORE_HOURS, MOST_REMINDERS, tidyRemindBefore } from '../domain/reminders.ts';
import { MAX_TITLE_LENGTH } from '../domain/title.ts';
import { PRIORITIES } from '../domain/todo-edit.ts';
import { TODO_STATUSES } from '../domain/todo-status.ts';

const title = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(MAX_TITLE_LENGTH, `takes at most ${MAX_TITLE_LENGTH} characters`);
const description = z.string().max(5_000, 'takes at most 5,000 characters');

const remindBefore = z
  .array(
    z
      .number()
      .int()
      .min(0, 'takes whole hours')
      .max(LONGEST_REMIND_BEFORE_HOURS, `takes at most ${LONGEST_REMIND_BEFORE_HOURS} hours`),
  )
  .max(MOST_REMINDERS, `takes at most ${MOST_REMINDERS} times`)
  .transform(tidyRemindBefore);

/** What a new todo needs. */
export const createTodoInput = z.object({
  title,
  description: description.nullish(),
  assigneeId: z.string().nullish(),
  meetingId: z.string().nullish(),
  dueAt: z.date().nullish(),
  priority: z.enum(PRIORITIES).nullish(),
  remindBefore: remindBefore.nullish(),
});

/** What may change of a todo; null empties what can be empty and leaves the rest. */
export const todoChangeInput = z.object({
  title: title.nullish(),
  description: description.nullish(),
  assigneeId: z.string().nullish(),
  dueAt: z.date().nullish(),
  priority: z.enum(PRIORITIES).nullish(),
  status: z.enum(TODO_STATUSES).nullish(),
  remindBefore: remindBefore.nullish(),
});

/** {@link todoChangeInput} for one todo that somebody has seen. */
export const updateTodoInput = todoChangeInput.extend({ id: z.string(), expectedRevision: z.number().int() });

/** {@link todoChangeInput} for many. */
export const updateTodosInput = z.object({
  ids: z.array(z.string().min(1)).min(1, 'must not be empty').max(100, 'takes at most 100 ids'),
  change: todoChangeInput,
});

export const importTodosInput = z.object({
  actionItemIds: z.array(z.string().min(1)).min(1, 'must not be empty').max(100, 'takes at most 100 ids'),
});
