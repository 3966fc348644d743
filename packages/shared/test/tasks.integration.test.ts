import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PermanentError, RetryAfter } from '../src/errors/index.ts';
import { deadLetterStream, streamNames } from '../src/messaging/index.ts';
import {
  requestCancel,
  restartTask,
  retellTasks,
  snapshotOf,
  startSweeper,
  startWorkers,
  type Sweeper,
  type TaskDefinition,
  type Workers,
} from '../src/tasks/index.ts';
import { until } from '../src/testing/index.ts';
import { aborted, leaveEffect, testTask, type TestPayload } from './test-tasks.ts';
import { SERVICE, startTestPlatform, type TestPlatform } from './test-platform.ts';

describe('tasks', () => {
  let platform: TestPlatform;
  let workers: Workers | undefined;
  let sweeper: Sweeper | undefined;
  beforeAll(async () => {
    platform = await startTestPlatform();
  });
  afterEach(async () => {
    await workers?.stop(0);
    workers = undefined;
    await sweeper?.stop();
    sweeper = undefined;
  });
  afterAll(async () => {
    await platform[Symbol.asyncDispose]();
  });

  const work = async (definition: TaskDefinition<TestPayload>): Promise<void> => {
    workers = await startWorkers(platform, [definition as TaskDefinition]);
    // A task that started without the queue is brought back by the sweeper.
    sweeper ??= startSweeper(platform, { intervalMs: 50 });
  };
  const deadLetters = async (id: string): Promise<{ cause: string; headers: string[] }[]> => {
    const stored = await platform.stored(deadLetterStream(platform.namespace), 'dlq.');
    return stored
      .filter(({ header }) => header('x-task-id') === id)
      .map(({ subject, header }) => ({
        cause: header('x-dead-cause'),
        headers: [subject, header('x-dead-error')],
      }));
  };

  it('completes a task once and tells of every step, revision by revision', async () => {
    const task = testTask(async (job) => {
      job.progress(0.5, 'half way');
      await until(
        'the progress is written',
        async () => (await platform.taskOf(job.taskId)).stage === 'half way',
      );
    });
    await work(task);
    const { id } = await platform.enqueue(task, { name: 'a' }, { meetingId: 'm-1', watchers: ['u-2'] });
    const row = await platform.reaches(id, 'COMPLETED');
    expect(row).toMatchObject({
      attempt: 1,
      progress: 1,
      result: { done: true },
      error: null,
      lease_token: null,
    });
    expect(await platform.effects(id)).toBe(1);
    const told = await until('all of it is told', async () => {
      const snapshots = await platform.snapshotsOf(id);
      return snapshots.at(-1)?.status === 'COMPLETED' ? snapshots : undefined;
    });
    expect(told.map(({ revision }) => revision)).toEqual(told.map((_, index) => index + 1));
    expect(told.map(({ status }) => status).slice(-2)).toEqual(['PROCESSING', 'COMPLETED']);
    expect(told.at(-2)).toMatchObject({ progress: 0.5, stage: 'half way' });
    expect(told[0]).toMatchObject({
      watchers: ['u-2', 'u-1'],
      meeting: { id: 'm-1' },
      requestedBy: { id: 'u-1' },
    });
  });

  it('tells of a row in SQL exactly what it tells of it to GraphQL', async () => {
    const task = testTask(({ attempt }) => {
      if (attempt === 2) throw new PermanentError('BAD_INPUT', 'A "quoted" \\ 회의, <b>\u0001</b>.');
      throw new RetryAfter(attempt === 1 ? 0 : 1, 'Später.');
    });
    const runAt = new Date(Date.now() + 86_400_000);
    const delayed = await platform.enqueue(task, { name: 'a' }, { runAt, requestedBy: null, watchers: [] });
    await work(task);
    const failed = await platform.enqueue(task, { name: 'b' }, { meetingId: 'm-1', watchers: ['u-2'] });
    await platform.reaches(failed.id, 'FAILED');
    for (const { id } of [delayed, failed]) {
      const row = await platform.taskOf(id);
      const told = await until('the last change is told', async () =>
        (await platform.snapshotsOf(id)).find(({ revision }) => revision === row.revision),
      );
      expect(told).toEqual(snapshotOf(row));
    }
  });

  it('tells of the tasks of a workspace once more, as they are', async () => {
    const task = testTask();
    await work(task);
    const workspaceId = 'w-retold';
    const first = await platform.enqueue(task, { name: 'a' }, { workspaceId });
    const last = await platform.enqueue(task, { name: 'b' }, { workspaceId });
    const other = await platform.enqueue(task, { name: 'c' });
    for (const { id } of [first, last, other]) await platform.reaches(id, 'COMPLETED');
    const retell = (createdSince: Date | null): Promise<number> =>
      platform.transact((tx) => retellTasks(tx, SERVICE, { workspaceId, createdSince }));
    expect(await retell(null)).toBe(2);
    expect(await retell(new Date(last.created_at.getTime() + 1))).toBe(0);
    const { events } = streamNames(platform.namespace, SERVICE);
    for (const { id } of [first, last])
      await until('the end is told twice', async () => {
        const told = await platform.stored(events, `evt.${SERVICE}.${workspaceId}.task.${id}.`);
        const [before, again] = told.slice(-2);
        return before?.text === again?.text && before?.header('ce-id') !== again?.header('ce-id');
      });
  });

  it('completes with the result alone when there is nothing to write, unless another worker has the task', async () => {
    const gate = Promise.withResolvers<void>();
    const plain: TaskDefinition<TestPayload> = {
      ...testTask(undefined, { leaseMs: 60_000 }),
      run: async ({ payload }) => {
        if (payload.name === 'lost') await gate.promise;
        return { name: payload.name };
      },
    };
    await work(plain);
    const { id } = await platform.enqueue(plain, { name: 'a' });
    expect(await platform.reaches(id, 'COMPLETED')).toMatchObject({
      result: { name: 'a' },
      lease_token: null,
    });
    const lost = await platform.enqueue(plain, { name: 'lost' });
    await platform.reaches(lost.id, 'PROCESSING');
    await platform.sql(`UPDATE task SET lease_token = 'somebody else' WHERE id = $1`, [lost.id]);
    gate.resolve();
    await workers?.stop(5_000);
    expect(await platform.taskOf(lost.id)).toMatchObject({
      state: 'PROCESSING',
      lease_token: 'somebody else',
    });
  });

  it('repeats a failed attempt with backoff until it succeeds', async () => {
    const task = testTask(({ attempt }) => {
      if (attempt < 3) throw new Error('secret of the provider');
    });
    await work(task);
    const { id } = await platform.enqueue(task, { name: 'a' });
    expect(await platform.reaches(id, 'COMPLETED')).toMatchObject({ attempt: 3, error: null });
    expect(await platform.effects(id)).toBe(1);
    const told = await until('the end is told', async () => {
      const snapshots = await platform.snapshotsOf(id);
      return snapshots.at(-1)?.status === 'COMPLETED' ? snapshots : undefined;
    });
    const waiting = told.filter(({ nextAttemptAt }) => nextAttemptAt !== null);
    expect(waiting).toHaveLength(2);
    expect(waiting[0]).toMatchObject({ status: 'PENDING', error: { code: 'INTERNAL', retryable: true } });
    expect(JSON.stringify(told)).not.toContain('secret');
  });

  it('fails for good with its dead letter in the row, the table and the stream', async () => {
    const task = testTask(() => {
      throw new PermanentError('UNREADABLE_CAPTIONS', 'Line 3 is\nno caption.');
    });
    await work(task);
    const { id } = await platform.enqueue(task, { name: 'a' });
    const row = await platform.reaches(id, 'FAILED');
    expect(row).toMatchObject({ attempt: 1, error: { code: 'UNREADABLE_CAPTIONS', retryable: false } });
    expect(await platform.sql('SELECT cause, attempts FROM dead_letter WHERE task_id = $1', [id])).toEqual([
      { cause: 'permanent', attempts: 1 },
    ]);
    const [letter] = await until('the dead letter is published', async () => {
      const letters = await deadLetters(id);
      return letters.length > 0 ? letters : undefined;
    });
    expect(letter).toEqual({
      cause: 'permanent',
      headers: [
        `dlq.TASKS_AI.permanent.task.${SERVICE}.MINUTES.normal`,
        'UNREADABLE_CAPTIONS: Line 3 is no caption.',
      ],
    });
    expect(await platform.effects(id)).toBe(0);
  });

  it('gives up after the last attempt', async () => {
    const task = testTask(
      () => {
        throw new Error('never works');
      },
      { maxAttempts: 2 },
    );
    await work(task);
    const { id } = await platform.enqueue(task, { name: 'a' });
    expect(await platform.reaches(id, 'FAILED')).toMatchObject({ attempt: 2, error: { code: 'INTERNAL' } });
    await until('one dead letter', async () => (await deadLetters(id)).length === 1);
    expect((await deadLetters(id))[0]?.cause).toBe('exhausted');
  });

  it('rolls back the effects of an attempt whose effects fail, and tries again', async () => {
    const failing: TaskDefinition<TestPayload> = {
      ...testTask(),
      run: async ({ taskId, attempt }) => {
        const effects = leaveEffect(taskId);
        return async (tx) => {
          const result = await effects(tx);
          if (attempt === 1) throw new Error('after the effect');
          return result;
        };
      },
    };
    await work(failing);
    const { id } = await platform.enqueue(failing, { name: 'a' });
    expect(await platform.reaches(id, 'COMPLETED')).toMatchObject({ attempt: 2 });
    expect(await platform.effects(id)).toBe(1);
  });

  it('gives the same task for the same key, also to requests that come at once', async () => {
    const task = testTask();
    const ask = () =>
      platform.enqueue(task, { name: 'a' }, { idempotencyKey: 'import-7', workspaceId: 'w-1' });
    const rows = await Promise.all([ask(), ask(), ask(), ask(), ask()]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(1);
    const { id } = await ask();
    await work(task);
    await platform.reaches(id, 'COMPLETED');
    expect((await ask()).id).toBe(id);
    expect(await platform.effects(id)).toBe(1);
  });

  it('refuses a task when the queue of the workspace is full and stores nothing of it', async () => {
    const task = testTask(undefined, { maxWaiting: 2, retryAfterSeconds: 7 });
    const ask = () => platform.enqueue(task, { name: 'a' }, { workspaceId: 'w-full' });
    const accepted = [await ask(), await ask()];
    await expect(ask()).rejects.toMatchObject({ code: 'QUEUE_FULL', extensions: { retryAfterSeconds: 7 } });
    expect(await platform.sql(`SELECT 1 FROM task WHERE workspace_id = 'w-full'`)).toHaveLength(2);
    await platform.enqueue(task, { name: 'b' }, { workspaceId: 'w-other' });
    await work(task);
    for (const { id } of accepted) await platform.reaches(id, 'COMPLETED');
    await ask();
  });

  it('cancels a waiting task at once; its message does nothing later', async () => {
    const task = testTask();
    const { id } = await platform.enqueue(task, { name: 'a' });
    const cancel = () => platform.transact((tx) => requestCancel(tx, SERVICE, { id, workspaceId: 'w-1' }));
    expect(await platform.transact((tx) => requestCancel(tx, SERVICE, { id, workspaceId: 'w-2' }))).toBe(
      'unknown',
    );
    expect(await cancel()).toBe('cancelled');
    expect(await cancel()).toBe('ended');
    await work(task);
    const next = await platform.enqueue(task, { name: 'b' });
    await platform.reaches(next.id, 'COMPLETED');
    expect(await platform.taskOf(id)).toMatchObject({ state: 'CANCELLED', attempt: 0 });
    expect(await platform.effects(id)).toBe(0);
  });

  it('stops a running task whose cancellation only its heartbeat finds', async () => {
    const reasons: unknown[] = [];
    const task = testTask(async ({ signal }) => void reasons.push(await aborted(signal)));
    await work(task);
    const { id } = await platform.enqueue(task, { name: 'a' });
    await platform.reaches(id, 'PROCESSING');
    expect(await platform.transact((tx) => requestCancel(tx, SERVICE, { id, workspaceId: 'w-1' }))).toBe(
      'running',
    );
    await platform.reaches(id, 'CANCELLED');
    expect(reasons).toEqual(['cancelled']);
    expect(await platform.effects(id)).toBe(0);
  });

  it('cancels a task that fails after its cancellation was asked for, instead of repeating it', async () => {
    const gate = Promise.withResolvers<void>();
    const task = testTask(
      async () => {
        await gate.promise;
        throw new RetryAfter(3_600_000, 'The provider is busy.');
      },
      { leaseMs: 30_000 },
    );
    await work(task);
    const { id } = await platform.enqueue(task, { name: 'a' });
    await platform.reaches(id, 'PROCESSING');
    await platform.transact((tx) => requestCancel(tx, SERVICE, { id, workspaceId: 'w-1' }));
    gate.resolve();
    expect(await platform.reaches(id, 'CANCELLED')).toMatchObject({ next_run_at: null });
  });

  it('fails a task that runs past its deadline, even when its handler ignores the signal', async () => {
    const never = Promise.withResolvers<void>();
    const task = testTask(() => never.promise, {
      deadlineMs: 300,
      leaseMs: 300,
      slots: { high: 0, normal: 1, low: 0 },
    });
    await work(task);
    const { id } = await platform.enqueue(task, { name: 'a' });
    expect(await platform.reaches(id, 'FAILED')).toMatchObject({ error: { code: 'TIMEOUT' } });
    expect(await platform.sql('SELECT cause FROM dead_letter WHERE task_id = $1', [id])).toEqual([
      { cause: 'expired' },
    ]);
    const next = await platform.enqueue(testTask(), { name: 'the slot is free again' });
    never.resolve();
    await platform.reaches(next.id, 'COMPLETED');
    expect(await platform.effects(id)).toBe(0);
  });

  it('gives a failed task fresh attempts when it is restarted', async () => {
    let broken = true;
    const task = testTask(() => {
      if (broken) throw new PermanentError('BAD_INPUT', 'Broken for now.');
    });
    await work(task);
    const { id } = await platform.enqueue(task, { name: 'a' });
    const failed = await platform.reaches(id, 'FAILED');
    broken = false;
    const order = { id, workspaceId: 'w-1', deadlineMs: 60_000 };
    const restarted = await platform.transact((tx) => restartTask(tx, SERVICE, order));
    expect(restarted).toMatchObject({ state: 'PENDING', attempt: 0, error: null, started_at: null });
    expect(restarted?.revision).toBe(failed.revision + 1);
    await platform.reaches(id, 'COMPLETED');
    expect(await platform.transact((tx) => restartTask(tx, SERVICE, order))).toBeUndefined();
    expect(await platform.effects(id)).toBe(1);
  });

  it('lets what runs finish within the grace of a stop, and releases the rest without counting the attempt', async () => {
    const gate = Promise.withResolvers<void>();
    const finishing = testTask(() => gate.promise);
    await work(finishing);
    const done = await platform.enqueue(finishing, { name: 'a' });
    await platform.reaches(done.id, 'PROCESSING');
    const stopped = workers?.stop(5_000);
    gate.resolve();
    await stopped;
    expect(await platform.taskOf(done.id)).toMatchObject({ state: 'COMPLETED' });

    const obedient = testTask(async ({ signal }) => {
      await aborted(signal);
      throw new Error('interrupted');
    });
    await work(obedient);
    const { id } = await platform.enqueue(finishing, { name: 'b' });
    await platform.reaches(id, 'PROCESSING');
    await workers?.stop(0);
    expect(await platform.taskOf(id)).toMatchObject({ state: 'RETRYING', attempt: 0, error: null });
    await work(finishing);
    expect(await platform.reaches(id, 'COMPLETED')).toMatchObject({ attempt: 1 });
    expect(await platform.effects(id)).toBe(1);
  });

  it('leaves no message behind in a worker that has stopped', async () => {
    const task = testTask(undefined, { leaseMs: 60_000, slots: { high: 1, normal: 3, low: 1 } });
    await work(task);
    await workers?.stop(0);
    const { tasks } = streamNames(platform.namespace, SERVICE);
    const { streams } = platform.messaging.manager;
    const lastOf = async (): Promise<number> => (await streams.info(tasks)).state.last_seq;
    // The tests before this one may have left messages that wait for their lease.
    const before = await lastOf();
    const ids = await Promise.all(
      ['a', 'b', 'c'].map(async (name) => (await platform.enqueue(task, { name })).id),
    );
    await work(task);
    for (const id of ids) await platform.reaches(id, 'COMPLETED');
    const isEmpty = async (): Promise<boolean> => {
      const last = await lastOf();
      const left = Array.from({ length: last - before }, (_, place) =>
        streams.getMessage(tasks, { seq: before + 1 + place }),
      );
      return last > before && (await Promise.all(left)).every((message) => message === null);
    };
    // One that the server had sent before it heard of the end comes again when its time is up.
    await until('the queue is empty', isEmpty, { deadlineMs: 75_000 });
    for (const id of ids) expect(await platform.taskOf(id)).toMatchObject({ attempt: 1 });
  }, 90_000);
});
