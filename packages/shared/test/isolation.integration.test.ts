import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createIsolate } from '../src/isolation/index.ts';
import { deadLetterStream } from '../src/messaging/index.ts';
import {
  defineTask,
  requestCancel,
  startSweeper,
  startWorkers,
  type Sweeper,
  type TaskDefinition,
  type Workers,
} from '../src/tasks/index.ts';
import { until } from '../src/testing/index.ts';
import type { Poison } from './isolated-poison.ts';
import { SERVICE, startTestPlatform, type TestPlatform } from './test-platform.ts';
import { leaveEffect, QUICK, testPayload, type TestPayload } from './test-tasks.ts';

const poison = {
  name: 'poison',
  module: new URL('./isolated-poison.ts', import.meta.url),
  output: z.object({ said: z.string() }),
  maxHeapMiB: 48,
  processes: 4,
};
const patient = createIsolate<Poison, { said: string }>({ ...poison, timeoutMs: 20_000 });
const impatient = createIsolate<Poison, { said: string }>({ ...poison, timeoutMs: 500 });

/** Does what its name says in a process of its own. */
const task: TaskDefinition<TestPayload> = defineTask({
  kind: 'MINUTES',
  payload: testPayload,
  policy: { ...QUICK, maxAttempts: 2, slots: { high: 1, normal: 2, low: 1 } },
  run: async ({ taskId, payload, signal, progress }) => {
    const how = payload.name as Poison['how'];
    const isolate = how === 'a tight loop' ? impatient : patient;
    await isolate.run({ how }, { signal, onProgress: progress });
    return leaveEffect(taskId);
  },
});

describe('a task with a poisonous input', () => {
  let platform: TestPlatform;
  let workers: Workers;
  let sweeper: Sweeper;
  beforeAll(async () => {
    platform = await startTestPlatform();
    sweeper = startSweeper(platform, { intervalMs: 20, lostAfterMs: 5_000 });
    workers = await startWorkers(platform, [task as TaskDefinition]);
  });
  afterAll(async () => {
    await workers.stop(0);
    await sweeper.stop();
    await patient.close();
    await impatient.close();
    await platform[Symbol.asyncDispose]();
  });

  it.each([
    ['a growing array', 'TOO_LARGE', 'permanent', 1],
    ['a tight loop', 'TIMEOUT', 'exhausted', 2],
    ['exit', 'INTERNAL', 'exhausted', 2],
    ['abort', 'INTERNAL', 'exhausted', 2],
    ['an error', 'INTERNAL', 'exhausted', 2],
  ] as const)(
    'ends in the dead letters when it leads to %s, and its neighbors complete',
    async (how, code, cause, attempt) => {
      const poisoned = await platform.enqueue(task, { name: how });
      const neighbors = [];
      for (const lane of ['high', 'normal', 'low'] as const)
        neighbors.push(await platform.enqueue(task, { name: 'fine' }, { lane }));
      for (const { id } of neighbors)
        expect(await platform.reaches(id, 'COMPLETED')).toMatchObject({ attempt: 1 });
      expect(await platform.reaches(poisoned.id, 'FAILED')).toMatchObject({ attempt, error: { code } });
      expect(await platform.effects(poisoned.id)).toBe(0);
      const [letter] = await until('the dead letter is published', async () => {
        const letters = await platform.stored(deadLetterStream(platform.namespace), 'dlq.');
        const own = letters.filter(({ text }) => text.includes(poisoned.id));
        return own.length > 0 && own;
      });
      expect(letter?.header('x-dead-cause')).toBe(cause);
    },
  );

  it('is killed when it is cancelled', async () => {
    const { id } = await platform.enqueue(task, { name: 'a promise that never settles' });
    await platform.reaches(id, 'PROCESSING');
    const cancelled = platform.transact((tx) => requestCancel(tx, SERVICE, { id, workspaceId: 'w-1' }));
    expect(await cancelled).toBe('running');
    await platform.reaches(id, 'CANCELLED');
  });
});
