import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RetryAfter } from '../src/errors/index.ts';
import { streamNames } from '../src/messaging/index.ts';
import {
  enqueueTask,
  startSweeper,
  startWorkers,
  type TaskDefinition,
  type TaskPolicy,
  type TaskRow,
  type Workers,
} from '../src/tasks/index.ts';
import { until } from '../src/testing/index.ts';
import { startCrashChild } from './start-crash-child.ts';
import { aborted, testTask, type TestPayload } from './test-tasks.ts';
import { SERVICE, startTestPlatform, type TestPlatform } from './test-platform.ts';

const ORDER = { service: SERVICE, workspaceId: 'w-1', requestedBy: 'u-1', meetingId: null };
/** Long leases: whatever is taken up again soon was not found by its lease. */
const ONE_SLOT: Partial<TaskPolicy> = { slots: { high: 0, normal: 1, low: 0 }, leaseMs: 60_000 };

describe('a task that starts in the process that accepts it', () => {
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

  const work = async (task: TaskDefinition<TestPayload>): Promise<Workers> => {
    const workers = await startWorkers(platform, [task as TaskDefinition]);
    stops.push(() => workers.stop(0));
    return workers;
  };
  const sweep = (): void =>
    void stops.push(startSweeper(platform, { intervalMs: 50, lostAfterMs: 60_000 }).stop);
  /** The queue has to be quiet for a moment first: what would not start at once is not accepted. */
  const enqueueEagerly = (task: TaskDefinition<TestPayload>, name = 'a'): Promise<TaskRow> =>
    until('a task starts at once', async () =>
      platform
        .transact(async (tx) => {
          const row = await enqueueTask(tx, task, { ...ORDER, payload: { name } });
          if (row.state !== 'PROCESSING') throw new Error('not yet');
          return row;
        })
        .catch(() => undefined),
    );
  const wakeUps = async (): Promise<number> => {
    const { tasks } = streamNames(platform.namespace, SERVICE);
    return (await platform.messaging.manager.streams.info(tasks)).state.last_seq;
  };

  it('is PROCESSING when it is accepted, takes effect once and needs no message', async () => {
    const task = testTask();
    await work(task);
    const accepted = await enqueueEagerly(task);
    expect(accepted).toMatchObject({ attempt: 1, revision: 1 });
    await platform.reaches(accepted.id, 'COMPLETED');
    expect(await platform.effects(accepted.id)).toBe(1);
    const told = await until('the end is told', async () => {
      const snapshots = await platform.snapshotsOf(accepted.id);
      return snapshots.length === 2 ? snapshots : undefined;
    });
    expect(told.map(({ status, revision }) => [status, revision])).toEqual([
      ['PROCESSING', 1],
      ['COMPLETED', 2],
    ]);
    expect(await wakeUps()).toBe(0);
  });

  it('does not start, and gives its slot back, when its transaction rolls back', async () => {
    const started: string[] = [];
    const task = testTask(({ taskId }) => void started.push(taskId), ONE_SLOT);
    await work(task);
    const { id } = await enqueueEagerly(task);
    await platform.reaches(id, 'COMPLETED');
    const refused = platform.transact(async (tx) => {
      await enqueueTask(tx, task, { ...ORDER, payload: { name: 'b' } });
      throw new Error('the rest of the transaction failed');
    });
    await expect(refused).rejects.toThrow('the rest');
    const next = await enqueueEagerly(task);
    await platform.reaches(next.id, 'COMPLETED');
    expect(started).toEqual([id, next.id]);
  });

  it('takes no more slots than there are: the next one waits in the queue', async () => {
    const gate = Promise.withResolvers<void>();
    let running = 0;
    let most = 0;
    const task = testTask(async () => {
      running += 1;
      most = Math.max(most, running);
      await gate.promise;
      running -= 1;
    }, ONE_SLOT);
    await work(task);
    const first = await enqueueEagerly(task);
    const second = await platform.enqueue(task, { name: 'b' });
    expect(second.state).toBe('PENDING');
    await until('its message is queued', async () => (await wakeUps()) === 1);
    expect(await platform.taskOf(second.id)).toMatchObject({ state: 'PENDING' });
    gate.resolve();
    for (const { id } of [first, second]) await platform.reaches(id, 'COMPLETED');
    expect(most).toBe(1);
    expect(await platform.taskOf(second.id)).toMatchObject({ attempt: 1 });
  });

  it('waits behind what the queue still holds', async () => {
    const task = testTask(undefined, ONE_SLOT);
    const waiting = await Promise.all(['a', 'b', 'c'].map((name) => platform.enqueue(task, { name })));
    await until('all messages are queued', async () => (await wakeUps()) === 3);
    await work(task);
    expect((await platform.enqueue(task, { name: 'd' })).state).toBe('PENDING');
    for (const { id } of waiting) await platform.reaches(id, 'COMPLETED');
  });

  it('is one task for one key, asked for twenty times at once, and loses no slot by it', async () => {
    const gate = Promise.withResolvers<void>();
    const slots = { high: 0, normal: 4, low: 0 };
    const task = testTask(({ payload }) => (payload.name === 'held' ? gate.promise : undefined), { slots });
    await work(task);
    await platform.reaches((await enqueueEagerly(task)).id, 'COMPLETED');
    const ask = (): Promise<TaskRow> => platform.enqueue(task, { name: 'a' }, { idempotencyKey: 'one' });
    const rows = await Promise.all(Array.from({ length: 20 }, ask));
    const ids = new Set(rows.map(({ id }) => id));
    expect(ids.size).toBe(1);
    const [id = ''] = ids;
    await platform.reaches(id, 'COMPLETED');
    expect(await platform.effects(id)).toBe(1);
    const held = await Promise.all(Array.from({ length: 4 }, () => enqueueEagerly(task, 'held')));
    gate.resolve();
    for (const row of held) await platform.reaches(row.id, 'COMPLETED');
  });

  it('is repeated with backoff when it fails, brought back by the sweeper', async () => {
    const task = testTask(({ attempt }) => {
      if (attempt < 3) throw new RetryAfter(100, 'The provider is busy.');
    }, ONE_SLOT);
    await work(task);
    sweep();
    const { id } = await enqueueEagerly(task);
    expect(await platform.reaches(id, 'COMPLETED')).toMatchObject({ attempt: 3 });
    expect(await platform.effects(id)).toBe(1);
  });

  it('is given back without counting the attempt when its process stops', async () => {
    const task = testTask(async ({ signal, payload }) => {
      if (payload.name === 'a') await aborted(signal);
      signal.throwIfAborted();
    }, ONE_SLOT);
    const workers = await work(task);
    const { id } = await enqueueEagerly(task);
    await workers.stop(0);
    expect(await platform.taskOf(id)).toMatchObject({ state: 'RETRYING', attempt: 0, lease_token: null });
    await work(testTask());
    sweep();
    expect(await platform.reaches(id, 'COMPLETED')).toMatchObject({ attempt: 1 });
  });

  it.each([
    ['before it begins', 'task:after-claim', 2],
    ['before the commit of its end', 'task:before-commit', 2],
    ['after that commit', 'task:after-commit', 1],
  ])('takes effect once when its process is killed %s', async (_when, crashAt, attempts) => {
    const { died } = startCrashChild(platform, crashAt, { ENQUEUE_EAGERLY: 'eager' });
    expect(await died).toEqual([null, 'SIGKILL']);
    const [row] = await platform.sql('SELECT id FROM task');
    const id = String(row?.['id']);
    await work(testTask());
    sweep();
    expect(await platform.reaches(id, 'COMPLETED')).toMatchObject({ attempt: attempts });
    expect(await platform.effects(id)).toBe(1);
    const told = await until('the end is told', async () => {
      const snapshots = await platform.snapshotsOf(id);
      return snapshots.at(-1)?.status === 'COMPLETED' ? snapshots : undefined;
    });
    expect(told.map(({ revision }) => revision)).toEqual(told.map((_, index) => index + 1));
  });

  it('is not taken while its kind is not ready, nor is anything pulled', async () => {
    const gate = Promise.withResolvers<void>();
    const started: string[] = [];
    const task = testTask(({ taskId }) => void started.push(taskId), ONE_SLOT);
    await work({ ...task, ready: () => gate.promise });
    const queued = await platform.enqueue(task, { name: 'a' });
    expect(queued.state).toBe('PENDING');
    const { tasks } = streamNames(platform.namespace, SERVICE);
    await until('its message is queued', async () => (await wakeUps()) === 1);
    const { num_waiting: pulls, delivered } = await platform.messaging.manager.consumers.info(
      tasks,
      'w_MINUTES_normal',
    );
    expect([pulls, delivered.consumer_seq, started]).toEqual([0, 0, []]);
    gate.resolve();
    await platform.reaches(queued.id, 'COMPLETED');
  });
});
