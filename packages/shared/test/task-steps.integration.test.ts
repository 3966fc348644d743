import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PermanentError } from '../src/errors/index.ts';
import { restartTask, startWorkers, type TaskDefinition, type Workers } from '../src/tasks/index.ts';
import { until } from '../src/testing/index.ts';
import { startCrashChild } from './start-crash-child.ts';
import { steppingTask, type TestPayload, tracedCall, wakeWorker } from './test-tasks.ts';
import { SERVICE, startTestPlatform, type TestPlatform } from './test-platform.ts';

describe('steps of a task', () => {
  let platform: TestPlatform;
  let workers: Workers | undefined;
  beforeAll(async () => {
    platform = await startTestPlatform();
  });
  afterEach(async () => {
    await workers?.stop(0);
    workers = undefined;
  });
  afterAll(async () => {
    await platform[Symbol.asyncDispose]();
  });

  const work = async (definition: TaskDefinition<TestPayload>): Promise<void> => {
    workers = await startWorkers(platform, [definition as TaskDefinition]);
  };
  const stepsOf = (id: string): Promise<Record<string, unknown>[]> =>
    platform.sql('SELECT step, result FROM task_step WHERE task_id = $1', [id]);
  const order = (id: string) => ({ id, workspaceId: 'w-1', deadlineMs: 60_000 });

  it('calls a step once over two attempts, and forgets it when the task is completed', async () => {
    const task = steppingTask(tracedCall(platform.dataSource), ({ attempt }) => {
      if (attempt === 1) throw new Error('after the paid call');
    });
    await work(task);
    const { id } = await platform.enqueue(task, { name: 'a' });
    const done = await platform.reaches(id, 'COMPLETED');
    expect(done).toMatchObject({ attempt: 2, result: { answer: 'answer 1' } });
    expect(await platform.effects(id)).toBe(1);
    expect(await stepsOf(id)).toEqual([]);
  });

  it('calls a step that has failed again', async () => {
    const task = steppingTask(async ({ attempt }) => {
      if (attempt === 1) throw new Error('the provider is away');
      return `answer ${attempt}`;
    });
    await work(task);
    const { id } = await platform.enqueue(task, { name: 'a' });
    expect(await platform.reaches(id, 'COMPLETED')).toMatchObject({ result: { answer: 'answer 2' } });
  });

  it('keeps the steps of a failed task for its restart', async () => {
    let broken = true;
    const task = steppingTask(tracedCall(platform.dataSource), () => {
      if (broken) throw new PermanentError('BAD_INPUT', 'Broken for now.');
    });
    await work(task);
    const { id } = await platform.enqueue(task, { name: 'a' });
    await platform.reaches(id, 'FAILED');
    expect(await stepsOf(id)).toEqual([{ step: 'call', result: 'answer 1' }]);
    broken = false;
    await platform.transact((tx) => restartTask(tx, SERVICE, order(id)));
    await platform.reaches(id, 'COMPLETED');
    expect(await platform.effects(id)).toBe(1);
  });

  it('makes a step again whose stored result no longer fits its schema', async () => {
    const task = steppingTask(tracedCall(platform.dataSource));
    const { id } = await platform.enqueue(task, { name: 'a' });
    await platform.sql(`INSERT INTO task_step (task_id, step, result) VALUES ($1, 'call', '{"old": 1}')`, [
      id,
    ]);
    await work(task);
    expect(await platform.reaches(id, 'COMPLETED')).toMatchObject({ result: { answer: 'answer 1' } });
  });

  it('goes on with what a retry would read, and fails for good when that does not fit', async () => {
    const seen: unknown[] = [];
    const instant = z.object({ at: z.coerce.date(), note: z.string().optional() });
    const definition = (at: unknown): TaskDefinition<TestPayload> => ({
      ...steppingTask(async () => ''),
      run: async ({ step }) => {
        seen.push(await step('now', instant, async () => ({ at: at as Date, more: 1 })));
        return async () => ({});
      },
    });
    await work(definition(new Date('2026-03-04T00:00:00Z')));
    const first = await platform.enqueue(definition(null), { name: 'a' });
    await platform.reaches(first.id, 'COMPLETED');
    expect(seen).toEqual([{ at: new Date('2026-03-04T00:00:00Z') }]);
    await workers?.stop(0);
    await work(definition('soon'));
    const second = await platform.enqueue(definition(null), { name: 'b' });
    const failed = await platform.reaches(second.id, 'FAILED');
    expect(failed).toMatchObject({ attempt: 1, error: { code: 'INTERNAL' } });
    expect(await stepsOf(second.id)).toEqual([]);
  });

  it('stores no step of a worker that has lost its lease, and starts none for it', async () => {
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const calls: string[] = [];
    const refused: unknown[] = [];
    const task = steppingTask(
      async ({ attempt, step }) => {
        calls.push(`call ${attempt}`);
        if (attempt === 1) await gates[0]?.promise;
        const late = step('late', z.null(), async () => {
          calls.push(`late ${attempt}`);
          return null;
        });
        late.catch((error: unknown) => refused.push(error));
        return `answer ${attempt}`;
      },
      async ({ attempt }) => {
        if (attempt === 2) await gates[1]?.promise;
      },
      { leaseMs: 60_000, slots: { high: 0, normal: 2, low: 0 } },
    );
    await work(task);
    const { id } = await platform.enqueue(task, { name: 'a' });
    await until('the first attempt calls', () => calls.length === 1);
    await platform.sql(`UPDATE task SET lease_until = now() - interval '1 second' WHERE id = $1`, [id]);
    const row = await platform.taskOf(id);
    await platform.transact((tx) => wakeWorker(tx, SERVICE, row));
    await until('the second attempt has stored its steps', async () => (await stepsOf(id)).length === 2);
    gates[0]?.resolve();
    await until('the first attempt is refused', () => refused.length === 1);
    expect(refused).toEqual([expect.objectContaining({ name: 'FencedError' })]);
    expect(await stepsOf(id)).toContainEqual({ step: 'call', result: 'answer 2' });
    gates[1]?.resolve();
    const completed = await platform.reaches(id, 'COMPLETED');
    await workers?.stop(0);
    expect(calls).toEqual(['call 1', 'call 2', 'late 2']);
    expect(completed).toMatchObject({ result: { answer: 'answer 2' }, attempt: 2 });
    expect(await platform.taskOf(id)).toEqual(completed);
  });

  it.each([
    ['after a step was stored: the call is not repeated', 'task:after-step', 1],
    ['between the call and its storing: the call is repeated', 'task:before-step', 2],
  ])('completes the task once when the worker is killed %s', async (_when, crashAt, calls) => {
    const { died } = startCrashChild(platform, crashAt);
    const task = steppingTask(tracedCall(platform.dataSource));
    const { id } = await platform.enqueue(task, { name: 'a' });
    expect(await died).toEqual([null, 'SIGKILL']);
    await work(task);
    const done = await platform.reaches(id, 'COMPLETED');
    expect(done).toMatchObject({ attempt: 2, result: { answer: `answer ${calls}` } });
    expect(await platform.effects(id)).toBe(calls);
  });
});
