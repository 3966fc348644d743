import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createGatewayClient, type GatewayClient } from '../src/graphql/index.ts';
import {
  LANES,
  startSweeper,
  startWorkers,
  type Sweeper,
  type TaskDefinition,
  type Workers,
} from '../src/tasks/index.ts';
import { until } from '../src/testing/index.ts';
import { startTestPlatform, type TestPlatform } from './test-platform.ts';
import { testTask, type TestPayload } from './test-tasks.ts';

const HALF_OPEN_AFTER_MS = 150;
const LANES_OF_ONE_SLOT = LANES.length;

describe('a task that asks a provider which goes away', () => {
  let platform: TestPlatform;
  let workers: Workers | undefined;
  let sweeper: Sweeper | undefined;
  let server: Server;
  let mood: 'answer' | 'fail' | 'hang' = 'answer';
  const asked: number[] = [];
  let gateway: GatewayClient;
  let task: TaskDefinition<TestPayload>;

  beforeAll(async () => {
    platform = await startTestPlatform();
    server = createServer((_request, response) => {
      asked.push(performance.now());
      if (mood === 'fail') response.writeHead(502).end('<html>Bad gateway</html>');
      if (mood === 'answer') response.end(JSON.stringify({ data: { transcript: 'said' } }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    gateway = createGatewayClient({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      service: platform.service,
      signingKey: 'a-signing-key-that-only-tests-know-0123456789',
      logger: platform.logger,
      limits: {
        timeoutMs: 100,
        bulkhead: { concurrent: 8, queued: 8 },
        breaker: { consecutiveFailures: 3, halfOpenAfterMs: HALF_OPEN_AFTER_MS },
      },
    });
    const ask = testTask(async ({ signal, workspaceId }) => {
      await gateway.ready(signal);
      const data = z.object({ transcript: z.string() });
      const document = '{ transcript }';
      await gateway.query({ document, variables: {}, data, workspaceId, onBehalfOf: null, signal });
    });
    task = { ...ask, ready: gateway.ready };
    sweeper = startSweeper(platform);
    workers = await startWorkers(platform, [task as TaskDefinition]);
  });
  afterAll(async () => {
    await workers?.stop(0);
    await sweeper?.stop();
    server.closeAllConnections();
    server.close();
    await platform[Symbol.asyncDispose]();
  });

  const order = (name: string, lane: (typeof LANES)[number]): Promise<string> =>
    platform.enqueue(task, { name }, { lane }).then(({ id }) => id);

  it.each(['fail', 'hang'] as const)(
    'keeps its attempts while it cannot but %s, and completes after',
    async (how) => {
      const first = await order('before', 'normal');
      await platform.reaches(first, 'COMPLETED');
      mood = how;
      asked.length = 0;
      const ids = [];
      for (let number = 0; number < 12; number += 1)
        ids.push(await order(`during ${number}`, LANES[number % LANES.length] ?? 'normal'));
      // The failures that open the circuit, calls that were on their way, and then probes only.
      const opening = 3 + LANES_OF_ONE_SLOT - 1;
      await until('the provider has been probed some times', () => asked.length >= opening + 5);
      const gaps = asked.slice(opening).map((at, index) => at - (asked[opening + index - 1] ?? 0));
      for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(HALF_OPEN_AFTER_MS - 5);
      let begun = 0;
      for (const id of ids) {
        const { attempt, state } = await platform.taskOf(id);
        begun += attempt;
        expect(attempt).toBeLessThanOrEqual(3);
        expect(state).not.toBe('FAILED');
      }
      expect(begun).toBeLessThanOrEqual(opening + LANES_OF_ONE_SLOT);
      mood = 'answer';
      for (const id of ids) {
        await platform.reaches(id, 'COMPLETED');
        expect(await platform.effects(id)).toBe(1);
      }
    },
  );
});
