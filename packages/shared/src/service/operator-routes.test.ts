import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { createHealth } from '../health/index.ts';
import { operatorRoutes } from './service.ts';

it('says 503 at readiness as soon as the process stops, and stays alive', async () => {
  const health = createHealth({ postgres: async () => undefined });
  const routes = operatorRoutes(health);
  const statusOf = async (path: string): Promise<number | undefined> =>
    (await routes[path]?.({} as IncomingMessage, new AbortController().signal))?.status;
  expect(await statusOf('/health/readiness')).toBe(200);
  health.stopAccepting();
  expect(await statusOf('/health/readiness')).toBe(503);
  expect(await statusOf('/health/liveness')).toBe(200);
});
