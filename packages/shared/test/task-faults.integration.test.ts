import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { todoCreated } from '../src/contracts/index.ts';
import { onEvent, startEventConsumers } from '../src/events/index.ts';
import { RetryAfter } from '../src/errors/index.ts';
import { deadLetterStream, ensureStreams, streamNames } from '../src/messaging/index.ts';
import {
  cancelSubject,
  requestCancel,
  startSweeper,
  startWorkers,
  type TaskDefinition,
  type Workers,
} from '../src/tasks/index.ts';
import { publishEvent, until } from '../src/testing/index.ts';
import { startCrashChild } from './start-crash-child.ts';
import { aborted, testTask, type TestPayload, wakeWorker } from './test-tasks.ts';
import { publishRaw, SERVICE, startTestPlatform, type TestPlatform } from './test-platform.ts';

const QUICK_SWEEP = { intervalMs: 50, lostAfterMs: 300 };

describe('tasks under faults', () => {
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

  const work = async (definition: TaskDefinition<TestPayload>): Promise<Workers> => {
    const workers = await startWorkers(platform, [definition as TaskDefinition]);
    stops.push(() => workers.stop(0));
    return workers;
  };
  const sweep = (): void => void stops.push(startSweeper(platform, QUICK_SWEEP).stop);
  const tasksStream = (): string => streamNames(platform.namespace, SERVICE).tasks;
  const queued = async (): Promise<number> =>
    (await platform.messaging.manager.streams.info(tasksStream())).state.messages;
  const wakeAgain = async (id: string): Promise<void> => {
    const row = await platform.taskOf(id);
    await platform.transact((tx) => wakeWorker(tx, SERVICE, row));
  };
  const outboxIsEmpty = (): Promise<boolean> =>
    until('the outbox is empty', async () => (await platform.sql('SELECT 1 FROM outbox')).length === 0);

  const startChild = (crashAt: string, on = platform): { died: Promise<unknown[]> } => {
    const child = startCrashChild(on, crashAt);
    stops.push(async () => child.kill());
    return child;
  };

  it.each([
    ['after the claim', 'task:after-claim', 2],
    ['before the commit of its end', 'task:before-commit', 2],
    ['between that commit and the acknowledgement', 'task:after-commit', 1],
  ])('takes effect once when the worker is killed %s', async (_when, crashAt, attempts) => {
    const { died } = startChild(crashAt);
    const task = testTask();
    const { id } = await platform.enqueue(task, { name: 'a' });
    expect(await died).toEqual([null, 'SIGKILL']);
    await work(task);
    expect(await platform.reaches(id, 'COMPLETED')).toMatchObject({ attempt: attempts });
    await until('the queue is empty', async () => (await queued()) === 0);
    expect(await platform.effects(id)).toBe(1);
    const told = await until('the end is told', async () => {
      const snapshots = await platform.snapshotsOf(id);
      return snapshots.at(-1)?.status === 'COMPLETED' ? snapshots : undefined;
    });
    expect(told.map(({ revision }) => revision)).toEqual(told.map((_, index) => index + 1));
  });

  it('publishes once when the relay is killed between the acknowledgement of NATS and the end of the row', async () => {
    await using quiet = await startTestPlatform({ relay: false });
    const task = testTask();
    const { id } = await quiet.enqueue(task, { name: 'a' });
    const { died } = startChild('outbox:after-publish', quiet);
    expect(await died).toEqual([null, 'SIGKILL']);
    expect(await quiet.sql('SELECT 1 FROM outbox')).not.toEqual([]);
    quiet.startRelay();
    await until('the outbox is empty', async () => (await quiet.sql('SELECT 1 FROM outbox')).length === 0);
    // The child may have begun with the task; whatever was told was told once.
    const revisions = (await quiet.snapshotsOf(id)).map(({ revision }) => revision);
    expect(revisions).toEqual(revisions.map((_, index) => index + 1));
  });

  it('handles an event once when the consumer is killed between its commit and the acknowledgement', async () => {
    await ensureStreams(platform.messaging, { service: SERVICE, listensTo: ['todos'], replicas: 1 });
    const { died } = startChild('events:after-commit');
    const todo = { __typename: 'Todo', id: 't-1', revision: 1, title: 'x', status: 'OPEN' } as const;
    await publishEvent(platform.namespace, todoCreated, {
      workspaceId: 'w-1',
      aggregateId: 't-1',
      payload: { ...todo, meetingId: null, assigneeId: null, createdById: 'u-1' },
    });
    expect(await died).toEqual([null, 'SIGKILL']);
    expect(await platform.effects('t-1')).toBe(1);
    const consumer = `${SERVICE}__effects__todo`;
    const { events } = streamNames(platform.namespace, 'todos');
    const effect = onEvent(todoCreated, async ({ aggregateId }, tx) => {
      await tx.query('INSERT INTO effect (task_id) VALUES ($1)', [aggregateId]);
    });
    // The message of the dead process comes back after 30 seconds; a new durable brings it at once.
    await platform.messaging.manager.consumers.delete(events, consumer);
    const consumers = await startEventConsumers(platform, [{ purpose: 'effects', handlers: [effect] }]);
    stops.push(consumers.stop);
    await until('the event is acknowledged', async () => {
      const { ack_floor: floor } = await platform.messaging.manager.consumers.info(events, consumer);
      return floor.stream_seq === 1;
    });
    expect(await platform.effects('t-1')).toBe(1);
  });

  it('refuses the result of a worker that has lost its lease to another one', async () => {
    const gate = Promise.withResolvers<void>();
    const attempts: number[] = [];
    const task = testTask(
      async ({ attempt }) => {
        attempts.push(attempt);
        if (attempt === 1) await gate.promise;
      },
      { leaseMs: 60_000, slots: { high: 0, normal: 2, low: 0 } },
    );
    await work(task);
    const { id } = await platform.enqueue(task, { name: 'a' });
    await until('the first attempt runs', () => attempts.length === 1);
    await platform.sql(`UPDATE task SET lease_until = now() - interval '1 second' WHERE id = $1`, [id]);
    await wakeAgain(id);
    const completed = await platform.reaches(id, 'COMPLETED');
    gate.resolve();
    await Promise.all(stops.splice(0).map((stop) => stop()));
    expect(attempts).toEqual([1, 2]);
    expect(await platform.effects(id)).toBe(1);
    expect(await platform.taskOf(id)).toEqual(completed);
  });

  it('tells a worker within a heartbeat that another one has taken over', async () => {
    const reasons: unknown[] = [];
    const task = testTask(async ({ attempt, signal }) => {
      if (attempt === 1) reasons.push(await aborted(signal));
    });
    await work(task);
    const { id } = await platform.enqueue(task, { name: 'a' });
    await platform.reaches(id, 'PROCESSING');
    await platform.sql(`UPDATE task SET lease_token = 'somebody else' WHERE id = $1`, [id]);
    await until('the worker has let go', () => reasons.length === 1);
    expect(reasons).toEqual(['lost']);
    await platform.reaches(id, 'COMPLETED');
    expect(await platform.effects(id)).toBe(1);
  });

  it('aborts a running task within a second of its cancellation', async () => {
    let stoppedAt = 0;
    const task = testTask(
      async ({ signal }) => {
        await aborted(signal);
        stoppedAt = performance.now();
      },
      { leaseMs: 60_000 },
    );
    await work(task);
    const { id } = await platform.enqueue(task, { name: 'a' });
    await platform.reaches(id, 'PROCESSING');
    await platform.transact((tx) => requestCancel(tx, SERVICE, { id, workspaceId: 'w-1' }));
    const askedAt = performance.now();
    platform.messaging.connection.publish(cancelSubject(platform.namespace, SERVICE, id));
    await platform.reaches(id, 'CANCELLED');
    // The heartbeat of this lease comes after 20 seconds.
    expect(stoppedAt - askedAt).toBeLessThan(1_000);
  });

  it('does the work once however many messages wake it', async () => {
    const attempts: number[] = [];
    const task = testTask(async ({ attempt }) => void attempts.push(attempt), {
      slots: { high: 0, normal: 4, low: 0 },
    });
    const { id } = await platform.enqueue(task, { name: 'a' });
    for (let copy = 0; copy < 10; copy += 1) await wakeAgain(id);
    await outboxIsEmpty();
    await work(task);
    await platform.reaches(id, 'COMPLETED');
    await until('the queue is empty', async () => (await queued()) === 0);
    expect(attempts).toEqual([1]);
    expect(await platform.effects(id)).toBe(1);
  });

  it('leaves the queue for a long delay, does not start early, and is woken when it is due', async () => {
    const task = testTask(({ attempt }) => {
      if (attempt === 1) throw new RetryAfter(3_000_000, 'The provider asks for patience.');
    });
    await work(task);
    sweep();
    const { id } = await platform.enqueue(task, { name: 'a' });
    const waiting = await platform.reaches(id, 'RETRYING');
    expect(Number(waiting.next_run_at) - Date.now()).toBeGreaterThan(50_000);
    await until('the queue is empty', async () => (await queued()) === 0);
    await wakeAgain(id);
    await outboxIsEmpty();
    await until('the queue is empty', async () => (await queued()) === 0);
    expect(await platform.taskOf(id)).toMatchObject({ state: 'RETRYING', attempt: 1 });
    await platform.sql(
      `UPDATE task SET next_run_at = now(), woken_at = now() - interval '1 millisecond' WHERE id = $1`,
      [id],
    );
    expect(await platform.reaches(id, 'COMPLETED')).toMatchObject({ attempt: 2 });
  });

  it('fails a task whose retry would come after its deadline once the deadline passes', async () => {
    const task = testTask(
      () => {
        throw new RetryAfter(3_000_000, 'The provider asks for patience.');
      },
      { deadlineMs: 400 },
    );
    await work(task);
    sweep();
    const { id } = await platform.enqueue(task, { name: 'a' });
    expect(await platform.reaches(id, 'FAILED')).toMatchObject({ error: { code: 'TIMEOUT' }, attempt: 1 });
  });

  it('buries a task whose workers die at every attempt', async () => {
    const task = testTask(undefined, { maxAttempts: 2 });
    const { id } = await platform.enqueue(task, { name: 'a' });
    await outboxIsEmpty();
    await platform.sql(
      `UPDATE task SET state = 'PROCESSING', attempt = 2, lease_token = 'dead', lease_until = now() - interval '1 s'
       WHERE id = $1`,
      [id],
    );
    await work(task);
    expect(await platform.reaches(id, 'FAILED')).toMatchObject({ error: { code: 'CRASH_LOOP' }, attempt: 2 });
    expect(await platform.sql('SELECT cause FROM dead_letter WHERE task_id = $1', [id])).toEqual([
      { cause: 'crash-loop' },
    ]);
  });

  it('does not fail a task that another worker gives back while this one asks for it', async () => {
    const task = testTask();
    const { id } = await platform.enqueue(task, { name: 'a' });
    await outboxIsEmpty();
    await platform.sql(
      `UPDATE task SET state = 'PROCESSING', attempt = 1, lease_token = 'other', lease_until = now() + interval '1 min'
       WHERE id = $1`,
      [id],
    );
    const released = Promise.withResolvers<void>();
    const changed = Promise.withResolvers<void>();
    const release = platform.transact(async (tx) => {
      await tx.query(
        `UPDATE task SET state = 'RETRYING', lease_token = NULL, lease_until = NULL WHERE id = $1`,
        [id],
      );
      changed.resolve();
      await released.promise;
    });
    await changed.promise;
    await work(task);
    await until('the worker waits for the row', async () => {
      const waiting = await platform.sql(`SELECT 1 FROM pg_locks WHERE NOT granted`);
      return waiting.length > 0;
    });
    released.resolve();
    await release;
    expect(await platform.reaches(id, 'COMPLETED')).toMatchObject({ attempt: 2 });
  });

  it('does each task once after the queue was purged', async () => {
    const task = testTask();
    const ids = await Promise.all(
      ['a', 'b', 'c'].map(async (name) => (await platform.enqueue(task, { name })).id),
    );
    await until('all messages are queued', async () => (await queued()) === 3);
    await platform.messaging.manager.streams.purge(tasksStream());
    await work(task);
    sweep();
    for (const id of ids) await platform.reaches(id, 'COMPLETED');
    for (const id of ids) expect(await platform.effects(id)).toBe(1);
  });

  it('works on after NATS has lost the queue altogether', async () => {
    const task = testTask();
    await work(task);
    sweep();
    await platform.messaging.manager.streams.delete(tasksStream());
    const { id } = await platform.enqueue(task, { name: 'a' });
    await platform.reaches(id, 'COMPLETED');
    expect(await platform.effects(id)).toBe(1);
  });

  it('does not wake tasks again that wait behind a long queue', async () => {
    const gate = Promise.withResolvers<void>();
    const task = testTask(() => gate.promise, { slots: { high: 0, normal: 1, low: 0 } });
    for (let index = 0; index < 10; index += 1) await platform.enqueue(task, { name: 'a' });
    await outboxIsEmpty();
    await work(task);
    await platform.sql(`UPDATE task SET woken_at = now() - interval '1 second'`);
    let sweeps = 0;
    const counted = startSweeper(
      {
        ...platform,
        transact: (tx) => {
          sweeps += 1;
          return platform.transact(tx);
        },
      },
      { intervalMs: 20, lostAfterMs: 300 },
    );
    await until('it has been looked after a few times', () => sweeps > 12);
    await counted.stop();
    await outboxIsEmpty();
    expect(await queued()).toBe(10);
    gate.resolve();
  });

  it('moves a message that names no task to the dead letters and goes on', async () => {
    const task = testTask();
    await work(task);
    await publishRaw(platform, `task.${SERVICE}.MINUTES.normal`, {
      body: 'no json',
      headers: { traceparent: 'x' },
    });
    const { id } = await platform.enqueue(task, { name: 'a' });
    await platform.reaches(id, 'COMPLETED');
    const [letter] = await platform.stored(deadLetterStream(platform.namespace), 'dlq.');
    expect(letter?.subject).toBe(`dlq.TASKS_AI.malformed.task.${SERVICE}.MINUTES.normal`);
    expect(letter?.text).toBe('no json');
    expect(letter?.header('x-dead-subject')).toBe(`task.${SERVICE}.MINUTES.normal`);
  });

  it('takes a changed policy over into a queue that exists', async () => {
    await (await work(testTask(undefined, { leaseMs: 1_000 }))).stop(0);
    await work(testTask(undefined, { leaseMs: 2_000 }));
    const { config } = await platform.messaging.manager.consumers.info(tasksStream(), 'w_MINUTES_normal');
    expect(config.ack_wait).toBe(2_000_000_000);
  });
});
