import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { streamNames } from '../src/messaging/index.ts';
import { requestCancel, startSweeper, startWorkers, type TaskDefinition } from '../src/tasks/index.ts';
import { until } from '../src/testing/index.ts';
import { testTask, wakeWorker } from './test-tasks.ts';
import { SERVICE, startTestPlatform, type TestPlatform } from './test-platform.ts';

const task = testTask();
const inMs = (delayMs: number): Date => new Date(Date.now() + delayMs);

describe('delayed tasks', () => {
  let platform: TestPlatform;
  let stops: (() => Promise<void>)[] = [];
  beforeEach(async () => {
    platform = await startTestPlatform();
  });
  afterEach(async () => {
    await Promise.all(stops.map((stop) => stop()));
    stops = [];
    await platform[Symbol.asyncDispose]();
  });

  const work = async (): Promise<void> => {
    const workers = await startWorkers(platform, [task as TaskDefinition]);
    stops.push(() => workers.stop(0));
  };
  /** Counts the transactions of the sweeper, to know that it has looked. */
  const sweep = (): { readonly sweeps: () => number } => {
    let sweeps = 0;
    const transact: typeof platform.transact = (tx) => {
      sweeps += 1;
      return platform.transact(tx);
    };
    const sweeper = startSweeper({ ...platform, transact }, { intervalMs: 20, lostAfterMs: 50 });
    stops.push(sweeper.stop);
    return { sweeps: () => sweeps };
  };
  const outboxIsEmpty = (): Promise<boolean> =>
    until('the outbox is empty', async () => (await platform.sql('SELECT 1 FROM outbox')).length === 0);
  const everQueued = async (): Promise<number> => {
    const { tasks } = streamNames(platform.namespace, SERVICE);
    return (await platform.messaging.manager.streams.info(tasks)).state.last_seq;
  };

  it('shows when it will run, has no message until it is due, and then runs', async () => {
    const runAt = inMs(3_600_000);
    const { id } = await platform.enqueue(task, { name: 'a' }, { runAt });
    const { sweeps } = sweep();
    await until('it has been looked after a few times', () => sweeps() > 12);
    await outboxIsEmpty();
    expect(await everQueued()).toBe(0);
    const waiting = await platform.taskOf(id);
    expect(waiting).toMatchObject({ state: 'PENDING', attempt: 0, next_run_at: runAt });
    expect(waiting.deadline_at?.getTime()).toBe(runAt.getTime() + task.policy.deadlineMs);
    expect(await platform.snapshotsOf(id)).toMatchObject([
      { status: 'PENDING', nextAttemptAt: runAt.toISOString() },
    ]);
    await work();
    await platform.sql(
      `UPDATE task SET next_run_at = now(), woken_at = now() - interval '1 millisecond' WHERE id = $1`,
      [id],
    );
    await platform.reaches(id, 'COMPLETED');
    const told = await until('the end is told', async () => {
      const snapshots = await platform.snapshotsOf(id);
      return snapshots.at(-1)?.status === 'COMPLETED' ? snapshots : undefined;
    });
    expect(told.at(-1)?.nextAttemptAt).toBeNull();
    expect(await platform.effects(id)).toBe(1);
  });

  it('is woken by itself, and never starts early', async () => {
    await work();
    sweep();
    const runAt = inMs(400);
    const { id } = await platform.enqueue(task, { name: 'a' }, { runAt });
    const { started_at: startedAt } = await platform.reaches(id, 'COMPLETED');
    expect(startedAt?.getTime()).toBeGreaterThanOrEqual(runAt.getTime());
  });

  it('does not start early when a message comes before its time', async () => {
    await work();
    const { id } = await platform.enqueue(task, { name: 'a' }, { runAt: inMs(3_600_000) });
    const row = await platform.taskOf(id);
    await platform.transact((tx) => wakeWorker(tx, SERVICE, row));
    const { tasks } = streamNames(platform.namespace, SERVICE);
    await until('the message has come and gone', async () => {
      const { state } = await platform.messaging.manager.streams.info(tasks);
      return state.last_seq === 1 && state.messages === 0;
    });
    expect(await platform.taskOf(id)).toEqual(row);
  });

  it('runs at once when its time has passed', async () => {
    await work();
    const { id, next_run_at: next } = await platform.enqueue(task, { name: 'a' }, { runAt: inMs(-1_000) });
    expect(next).toBeNull();
    await platform.reaches(id, 'COMPLETED');
  });

  it('counts as waiting, and is cancelled at once', async () => {
    const full = testTask(undefined, { maxWaiting: 1 });
    const options = { runAt: inMs(3_600_000), workspaceId: 'w-full' };
    const { id } = await platform.enqueue(full, { name: 'a' }, options);
    await expect(platform.enqueue(full, { name: 'b' }, options)).rejects.toMatchObject({
      code: 'QUEUE_FULL',
    });
    const outcome = await platform.transact((tx) =>
      requestCancel(tx, SERVICE, { id, workspaceId: options.workspaceId }),
    );
    expect(outcome).toBe('cancelled');
    expect(await platform.taskOf(id)).toMatchObject({ state: 'CANCELLED', next_run_at: null });
    await platform.enqueue(full, { name: 'c' }, options);
  });
});
