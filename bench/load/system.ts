import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CHECKOUT_STATE_DIR, startInfrastructure } from '../../scripts/infra/infrastructure.ts';
import { freePort } from '../../scripts/infra/ports.ts';
import { startPlatform } from '../../scripts/platform/platform.ts';

/** The whole platform as `npm start` runs it, over servers that nobody else uses. */
export interface LoadedSystem {
  readonly gatewayUrl: string;
  /** Base URLs of the processes that have /metrics, by name. */
  readonly metricsUrls: Readonly<Record<string, string>>;
  /** Process ids by name; of a server with children, the first. */
  readonly pids: Readonly<Record<string, number>>;
  /** What the run has changed of the configuration of `npm start`. */
  readonly changed: readonly string[];
  readonly stop: () => Promise<void>;
}

const STATE_DIR = join(CHECKOUT_STATE_DIR, 'bench-load');

/** Nothing of what keeps one client from asking too much: here a handful of clients ask for thousands of people. */
const WITHOUT_LIMITS = {
  gateway: {
    RATE_LIMIT_POINTS_PER_MINUTE: '0',
    RATE_LIMIT_ADDRESS_POINTS_PER_MINUTE: '0',
    CONNECTIONS_PER_ADDRESS: '0',
    CONNECTIONS_PER_USER: '10000',
  },
  transcripts: { IMPORTS_PER_DAY: '0' },
  ai: { ANALYSES_PER_DAY: '0' },
};

/** Starts servers and platform. @param cached false: the services find no Redis, and read everything from PostgreSQL */
export async function startLoadedSystem(cached: boolean): Promise<LoadedSystem> {
  await rm(STATE_DIR, { recursive: true, force: true });
  const servers = await startInfrastructure({
    stateDir: STATE_DIR,
    serversDir: join(CHECKOUT_STATE_DIR, 'servers'),
    env: {},
  });
  const stopServers = async (): Promise<void> => {
    await servers.stop();
    await rm(STATE_DIR, { recursive: true, force: true });
  };
  const nowhere = { REDIS_URL: 'redis://127.0.0.1:1' };
  const uncached = ['users', 'meetings', 'transcripts', 'ai', 'todos'].map((name) => [
    name,
    { ...nowhere, ...(WITHOUT_LIMITS as Record<string, object>)[name] },
  ]);
  try {
    const platform = await startPlatform({
      servers,
      serverDir: STATE_DIR,
      stateDir: STATE_DIR,
      gatewayPort: await freePort(),
      environment: { ...WITHOUT_LIMITS, ...(cached ? {} : Object.fromEntries(uncached)) },
    });
    const pids = Object.fromEntries(platform.processes.map(({ name, pid }) => [name, pid]));
    for (const server of ['postgres', 'nats', 'redis']) pids[server] = pidOf(server);
    return {
      gatewayUrl: platform.gatewayUrl,
      metricsUrls: { ...platform.subgraphUrls, gateway: platform.gatewayUrl },
      pids,
      changed: Object.values(WITHOUT_LIMITS).flatMap((one) =>
        Object.entries(one).map(([name, value]) => `${name}=${value}`),
      ),
      stop: async () => {
        await platform.stop();
        await stopServers();
      },
    };
  } catch (error) {
    await stopServers();
    throw error;
  }
}

function pidOf(server: string): number {
  const record = JSON.parse(readFileSync(join(STATE_DIR, 'run', `${server}.json`), 'utf8')) as {
    pid: number;
  };
  return record.pid;
}
