import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from '@hoerok/shared/testing';
import { freePort } from '../../scripts/infra/ports.ts';
import { type Child, startChild } from './child.ts';
import type { FloorSource } from './floor-source.ts';
import { hiveProgram } from './peers.ts';

/** A gateway under test, in a process of its own. */
export interface Gateway {
  readonly child: Child;
  readonly socketUrl: string;
  /** How many subscriptions get events; `null` for a gateway that does not tell. */
  readonly subscriptions: (() => Promise<number>) | null;
  /** Value of one of our metrics, summed over its labels; `null` for a gateway that is not ours. */
  readonly metric: ((name: string) => Promise<number>) | null;
  readonly stop: () => Promise<void>;
}

/** What every gateway gets. */
export interface GatewaySurroundings {
  readonly supergraphFile: string;
  readonly natsUrl: string;
  readonly jwksUrl: string;
  readonly signingKey: string;
  /** Folder for logs and configuration. */
  readonly folder: string;
}

const PROBE = ['--expose-gc', '--import', new URL('probe.ts', import.meta.url).href];
const READY = { deadlineMs: 60_000, intervalMs: 50 };
// Above anything that is opened here.
const MANY = '100000';

/** Our gateway as it runs in production: tokens are verified, requests to subgraphs signed. */
export async function startHoerok(surroundings: GatewaySurroundings): Promise<Gateway> {
  const { supergraphFile, natsUrl, jwksUrl, signingKey, folder } = surroundings;
  const [port, metricsPort] = [await freePort(), await freePort()];
  const child = startChild({
    file: fileURLToPath(new URL('../../gateway/src/main.ts', import.meta.url)),
    execArgv: PROBE,
    env: {
      SUPERGRAPH_FILE: supergraphFile,
      PORT: String(port),
      METRICS_PORT: String(metricsPort),
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
      NATS_URL: natsUrl,
      NAMESPACE: '',
      JWKS_URL: jwksUrl,
      INTERNAL_SIGNING_KEYS: signingKey,
      CONNECTIONS_PER_USER: MANY,
      CONNECTIONS_PER_ADDRESS: '0',
      RATE_LIMIT_POINTS_PER_MINUTE: '0',
    },
    logFile: join(folder, 'hoerok.log'),
  });
  await untilReady(child, port);
  const metric = async (name: string): Promise<number> =>
    await readMetric(`http://127.0.0.1:${metricsPort}/metrics`, name);
  return {
    child,
    socketUrl: `ws://127.0.0.1:${port}/graphql`,
    subscriptions: async () => await metric('hoerok_gateway_subscriptions'),
    metric,
    stop: child.stop,
  };
}

/** What forwards messages unread: the least that any gateway does. */
export async function startFloor(
  source: FloorSource,
  { natsUrl, folder }: GatewaySurroundings,
): Promise<Gateway> {
  const port = await freePort();
  const child = startChild({
    file: fileURLToPath(new URL('floor-process.ts', import.meta.url)),
    execArgv: PROBE,
    env: { NODE_ENV: 'production', NATS_URL: natsUrl, FLOOR_PORT: String(port), FLOOR_SOURCE: source },
    logFile: join(folder, `floor-${source}.log`),
  });
  await untilReady(child, port);
  return {
    child,
    socketUrl: `ws://127.0.0.1:${port}/graphql`,
    subscriptions: async () => await child.ask('watching'),
    metric: null,
    stop: child.stop,
  };
}

const HIVE_CONFIG = `export const gatewayConfig = {
  logging: 'warn',
  transportEntries: { '*.http': { options: { subscriptions: { kind: 'ws', location: '/graphql' } } } },
};
`;

/** Hive Gateway from npm with its defaults; it subscribes to subgraphs over WebSockets. Everybody is anonymous. */
export async function startHive({ supergraphFile, folder }: GatewaySurroundings): Promise<Gateway> {
  const port = await freePort();
  const config = join(folder, 'hive.config.mjs');
  await writeFile(config, HIVE_CONFIG);
  const child = startChild({
    file: hiveProgram(),
    args: [
      'supergraph',
      supergraphFile,
      '--config-path',
      config,
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
    ],
    execArgv: PROBE,
    env: { NODE_ENV: 'production' },
    logFile: join(folder, 'hive.log'),
  });
  await untilReady(child, port);
  const socketUrl = `ws://127.0.0.1:${port}/graphql`;
  return { child, socketUrl, subscriptions: null, metric: null, stop: child.stop };
}

async function untilReady(child: Child, port: number): Promise<void> {
  const body = JSON.stringify({ query: '{ __typename }' });
  const headers = { 'content-type': 'application/json' };
  const answers = async (): Promise<boolean> =>
    await fetch(`http://127.0.0.1:${port}/graphql`, { method: 'POST', headers, body }).then(
      ({ ok }) => ok,
      () => false,
    );
  await until('the gateway', answers, READY).catch(async (error: unknown) => {
    await child.stop();
    throw error;
  });
}

async function readMetric(url: string, name: string): Promise<number> {
  const text = await (await fetch(url)).text();
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return lines.reduce(
    (sum, line) => sum + Number(/\} (\S+)|^\S+ (\S+)/.exec(line)?.slice(1).find(Boolean) ?? 0),
    0,
  );
}
