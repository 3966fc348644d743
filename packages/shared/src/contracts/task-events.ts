import { z } from 'zod';
import { defineEvent, type EventContract, reference } from './event-contract.ts';

export const TASK_STATUSES = ['PENDING', 'PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED'] as const;
export const TASK_KINDS = [
  'TRANSCRIPT_IMPORT',
  'TRANSCRIPTION',
  'TRANSCRIPT_VALIDATION',
  'MINUTES',
  'SCHEDULE',
  'BULK_MINUTES',
  'MEETING_DELETION',
  'SAGA_STEP',
] as const;
export const TASK_PRIORITIES = ['HIGH', 'NORMAL', 'LOW'] as const;

/** PENDING -> PROCESSING -> COMPLETED | FAILED | CANCELLED. Waiting for a retry shows as PENDING with `nextAttemptAt`. */
export type TaskStatus = (typeof TASK_STATUSES)[number];
/** What kind of long work a task is. */
export type TaskKind = (typeof TASK_KINDS)[number];
/** The lane a task waits in. */
export type TaskPriority = (typeof TASK_PRIORITIES)[number];

const instant = z.iso.datetime();

/** The whole public state of a task, in the shape of the GraphQL type `Task`. */
export const taskSnapshot = z.object({
  __typename: z.literal('Task'),
  id: z.string(),
  /** A {@link TaskKind}, or one that this reader does not know yet: a new kind must not break old readers. */
  kind: z.string(),
  status: z.enum(TASK_STATUSES),
  priority: z.enum(TASK_PRIORITIES),
  /** 0 to 1. */
  progress: z.number().min(0).max(1),
  stage: z.string().nullable(),
  attempt: z.number().int(),
  maxAttempts: z.number().int(),
  /** Rises by one with every change of the row: a reader keeps the highest. */
  revision: z.number().int(),
  createdAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  nextAttemptAt: instant.nullable(),
  error: z.object({ code: z.string(), message: z.string(), retryable: z.boolean() }).nullable(),
  requestedBy: reference('User').nullable(),
  meeting: reference('Meeting').nullable(),
  /** Ids of the users who may watch this task besides ADMIN and MANAGER: who asked for it, and whom it concerns. */
  watchers: z.array(z.string()),
});

export type TaskSnapshot = z.output<typeof taskSnapshot>;

/**
 * A task of `service` has changed. All changes of one task go out on one subject, so the last message of the subject
 * is the snapshot.
 */
export function taskChanged(service: string): EventContract<typeof taskSnapshot> {
  return defineEvent({ service, aggregate: 'task', event: 'changed', version: 1, schema: taskSnapshot });
}
