import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { TaskKind } from '../contracts/index.ts';

/** One attempt at a task, as its handler sees it. */
export interface Job<P> {
  readonly taskId: string;
  readonly workspaceId: string;
  readonly payload: P;
  /** 1 for the first attempt. */
  readonly attempt: number;
  readonly requestedBy: string | null;
  readonly meetingId: string | null;
  /** Aborts when the task is cancelled, when its deadline passes, when another worker has taken over, at shutdown. */
  readonly signal: AbortSignal;
  /** Tells watchers how far the work is (0 to 1) and what it does now. Coalesced; cheap to call often. */
  readonly progress: (fraction: number, stage: string) => void;
  /**
   * A checkpoint: does `work`, once for all attempts, and stores what it made (JSON) under the name, which is unique in the
   * handler. A later attempt gets what is stored without calling `work` again, so that a retry does not pay twice; so does
   * a task that is restarted after it failed. Only a crash between the call and the storing repeats the call.
   * @throws FencedError, before or after `work`, when another worker has the task; the signal's reason once it has aborted.
   */
  readonly step: <T>(name: string, schema: z.ZodType<T>, work: () => Promise<T>) => Promise<T>;
}

/** What a task leaves in its row. */
export type TaskResult = Readonly<Record<string, unknown>>;

/**
 * What a handler hands back: writes its effects inside the transaction that also completes the task, so both happen
 * once or not at all. Returns the task's result, which stays in the row.
 */
export type Effects = (tx: EntityManager) => Promise<TaskResult>;

/** Everything the platform must know about one kind of task. */
export interface TaskDefinition<P = unknown> {
  readonly kind: TaskKind;
  readonly payload: z.ZodType<P>;
  /**
   * Does the slow work and writes nothing; what it wants written it returns as {@link Effects}, or the result alone when
   * there is nothing to write.
   * @throws PermanentError when no retry can help; RetryAfter to name the delay; anything else is retried with backoff.
   */
  run(job: Job<P>): Promise<Effects | TaskResult>;
  readonly policy: TaskPolicy;
  /**
   * Resolves once what the handler depends on can be used; until then nothing of this kind is taken from its queue, so that
   * an outage burns no attempts. Must resolve, too, when the signal aborts. @default always ready
   */
  readonly ready?: (signal: AbortSignal) => Promise<void>;
}

/** How a kind of task is queued, tried and bounded. */
export interface TaskPolicy {
  /** Attempts in all. */
  readonly maxAttempts: number;
  /** Workers of one process, by lane: each lane has slots of its own, so neither starves the other. */
  readonly slots: Readonly<Record<Lane, number>>;
  /** First delay; doubles with every attempt, with full jitter. */
  readonly backoffBaseMs: number;
  readonly backoffMaxMs: number;
  /** A worker that has not been heard of for so long has lost the task. */
  readonly leaseMs: number;
  /** Unfinished after this time from creation, the task fails. */
  readonly deadlineMs: number;
  /** Waiting tasks of one workspace; one more is refused with `QUEUE_FULL`. */
  readonly maxWaiting: number;
  /** What a refused client is told. */
  readonly retryAfterSeconds: number;
}

export const LANES = ['high', 'normal', 'low'] as const;

/** The queue a task waits in; lanes do not overtake one another, they have slots of their own. */
export type Lane = (typeof LANES)[number];

/** Policy of a task that has no reason for its own. */
export const DEFAULT_TASK_POLICY: TaskPolicy = Object.freeze({
  maxAttempts: 4,
  slots: { high: 2, normal: 2, low: 1 },
  backoffBaseMs: 1_000,
  backoffMaxMs: 300_000,
  leaseMs: 30_000,
  deadlineMs: 3_600_000,
  maxWaiting: 1_000,
  retryAfterSeconds: 30,
});

/** Ties the payload's schema to the handler that takes it. */
export function defineTask<P>(definition: TaskDefinition<P>): TaskDefinition<P> {
  return Object.freeze(definition);
}
