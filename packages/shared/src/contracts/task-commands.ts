import { z } from 'zod';
import { defineEvent } from './event-contract.ts';

const command = z.object({
  taskId: z.string(),
  /** The service that owns the task's row. */
  owner: z.string(),
});

/** Somebody wants a task of `owner` to stop. */
export const taskCancelRequested = defineEvent({
  service: 'tasks',
  aggregate: 'task-command',
  event: 'cancel-requested',
  version: 1,
  schema: command,
});

/** Somebody wants a failed or cancelled task of `owner` to be tried again. */
export const taskRetryRequested = defineEvent({
  service: 'tasks',
  aggregate: 'task-command',
  event: 'retry-requested',
  version: 1,
  schema: command,
});

/** Somebody wants every owner to tell of its tasks in the workspace once more. */
export const taskRetellRequested = defineEvent({
  service: 'tasks',
  aggregate: 'task-command',
  event: 'retell-requested',
  version: 1,
  schema: z.object({
    /** Those created since then; all for null. */
    createdSince: z.iso.datetime().nullable(),
  }),
});
