import { randomUUIDv7 } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { z } from 'zod';
import { taskSubject } from '../src/messaging/index.ts';
import { addMessage } from '../src/outbox/index.ts';
import {
  DEFAULT_TASK_POLICY,
  defineSchedule,
  defineTask,
  type Effects,
  type Job,
  type TaskDefinition,
  type TaskPolicy,
  type TaskRow,
} from '../src/tasks/index.ts';

/** The payload of the task that the tests run. */
export const testPayload = z.object({ name: z.string() });
export type TestPayload = z.output<typeof testPayload>;

/** Short times, one slot a lane. */
export const QUICK: TaskPolicy = Object.freeze({
  ...DEFAULT_TASK_POLICY,
  slots: { high: 1, normal: 1, low: 1 },
  backoffBaseMs: 20,
  backoffMaxMs: 100,
  leaseMs: 1_000,
  deadlineMs: 60_000,
});

/** Leaves one row in the table `effect`: how many there are says how often the task took effect. */
export function leaveEffect(taskId: string): Effects {
  return async (tx) => {
    await tx.query('INSERT INTO effect (task_id) VALUES ($1)', [taskId]);
    return { done: true };
  };
}

/** A task that leaves one effect, after what `before` does. */
export function testTask(
  before: (job: Job<TestPayload>) => Promise<void> | void = () => undefined,
  policy: Partial<TaskPolicy> = {},
): TaskDefinition<TestPayload> {
  return defineTask({
    kind: 'MINUTES',
    payload: testPayload,
    policy: { ...QUICK, ...policy },
    run: async (job) => {
      await before(job);
      return leaveEffect(job.taskId);
    },
  });
}

/** Resolves when the signal aborts, with its reason. */
export async function aborted(signal: AbortSignal): Promise<unknown> {
  if (!signal.aborted)
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  return signal.reason;
}

/**
 * A task of two steps: `call` stands for a paid call and is what a retry must not repeat; `after` fails or not.
 * Its result says what the first step gave.
 */
export function steppingTask(
  call: (job: Job<TestPayload>) => Promise<string>,
  after: (job: Job<TestPayload>) => Promise<void> | void = () => undefined,
  policy: Partial<TaskPolicy> = {},
): TaskDefinition<TestPayload> {
  return defineTask({
    kind: 'TRANSCRIPT_IMPORT',
    payload: testPayload,
    policy: { ...QUICK, ...policy },
    run: async (job) => {
      const answer = await job.step('call', z.string(), () => call(job));
      await after(job);
      return async () => ({ answer });
    },
  });
}

/** A paid call that leaves a trace in the table `effect`, in a transaction of its own. */
export function tracedCall(dataSource: DataSource): (job: Job<TestPayload>) => Promise<string> {
  return async ({ taskId, attempt }) => {
    await dataSource.query('INSERT INTO effect (task_id) VALUES ($1)', [taskId]);
    return `answer ${attempt}`;
  };
}

/** A schedule that leaves an effect, at times that no test meets by chance. */
export const effectSchedule = defineSchedule({
  id: 'effect',
  cron: '0 3 1 1 *',
  timeZone: 'Asia/Seoul',
  run: async (tx) => {
    await tx.query(`INSERT INTO effect (task_id) VALUES ('schedule')`);
  },
});

/** Tells a worker once more to look at the row. */
export async function wakeWorker(tx: EntityManager, service: string, row: TaskRow): Promise<void> {
  await addMessage(tx, {
    messageId: randomUUIDv7(),
    aggregateKey: `wake:${row.id}`,
    subject: taskSubject(service, row.kind, row.lane),
    headers: {},
    payload: { taskId: row.id },
  });
}
