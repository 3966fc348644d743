import { rm, writeFile } from 'node:fs/promises';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  connectMessaging,
  ensureStreams,
  eventSubject,
  type Messaging,
  qualify,
} from '@hoerok/shared/messaging';
import { type Child, startChild } from '../../bench/subscriptions/child.ts';
import { compose } from '../../gateway/test/fixture-graph.ts';
import { type FixtureIssuer, serveIssuer } from '../../gateway/test/fixture-gateway.ts';
import { freePort } from '../../scripts/infra/ports.ts';
import { type FaultProxy, startFaultProxy } from '../fault-proxy.ts';
import type { BreakableServers } from '../servers.ts';
import { waitFor } from '../wait-for.ts';
import { SDL, SERVICE, sharedClock, WORKSPACE } from './graph.ts';

const SIGNING_KEY = 'the edge is signed with this key of the runs';
const TOKEN_SECONDS = 6 * 3_600;
const READY_WITHIN_MS = 60_000;
const PROBE = ['--expose-gc', '--import', new URL('probe.ts', import.meta.url).href];
/** A fetch from a subgraph may take so long here. */
export const DEADLINE_MS = 1_500;
/** Above what any row opens. */
const MANY = '100000';

const ENVIRONMENT = {
  NODE_ENV: 'test',
  LOG_LEVEL: 'warn',
  INTERNAL_SIGNING_KEYS: SIGNING_KEY,
  SUBGRAPH_TIMEOUT_MS: String(DEADLINE_MS),
  CONNECTIONS_PER_USER: MANY,
};

/** A gateway in a process of its own. */
export interface EdgeGateway {
  readonly url: string;
  /** As it runs now. */
  readonly child: () => Child;
  /** Ends it at once, or in order with SIGTERM; answers how many milliseconds that took. */
  readonly end: (how: 'SIGKILL' | 'SIGTERM') => Promise<number>;
  /** Starts it at its old address; resolves when it is ready. */
  readonly start: () => Promise<void>;
  /** Sum of a metric over its labels, or of those lines of it that hold `label`. */
  readonly metric: (name: string, label?: string) => Promise<number>;
}

/** The subgraph that faults happen to. */
export interface RoomsSubgraph {
  /** How gateways reach it. */
  readonly way: FaultProxy;
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
  /** How often each operation was booked since its start. */
  readonly bookings: () => Promise<Readonly<Record<string, number>>>;
}

/** Gateways over subgraphs and an event stream, all but the subgraphs of users and tasks ours to break. */
export interface Scene extends AsyncDisposable {
  readonly gateways: readonly EdgeGateway[];
  readonly rooms: RoomsSubgraph;
  /** How gateways reach the keys of tokens, and NATS. */
  readonly ways: { readonly keys: FaultProxy; readonly nats: FaultProxy };
  /** Values of `Authorization` headers, one for each of so many users. */
  readonly authorizations: (users: number) => Promise<readonly string[]>;
  /** Tells of a task; resolves when it is stored. */
  readonly publish: (id: string, revision: number, note?: string) => Promise<void>;
  readonly logFile: (name: string) => string;
}

/** What {@link setScene} may be told. */
export interface SceneOptions {
  /** @default 1 */
  readonly gateways?: number;
  /** More environment of the gateways. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Sets the scene on the servers of the runs, under a name of its own. */
export async function setScene(
  servers: BreakableServers,
  name: string,
  options: SceneOptions = {},
): Promise<Scene> {
  await using opened = new AsyncDisposableStack();
  const folder = join(servers.stateDir, name);
  mkdirSync(folder, { recursive: true });
  const logFile = (process: string): string => join(folder, `${process}.log`);
  const messaging = await connectMessaging({
    url: servers.urls.natsUrl,
    name: 'chaos edge',
    namespace: name,
  });
  opened.defer(async () => {
    for await (const { config } of messaging.manager.streams.list())
      if (config.name.startsWith(name)) await messaging.manager.streams.delete(config.name);
    await messaging.connection.close();
  });
  await ensureStreams(messaging, { service: SERVICE, replicas: 1 });
  const issuer = await serveIssuer();
  opened.defer(issuer.close);
  const keys = opened.use(await startFaultProxy(issuer.jwksUrl));
  const nats = opened.use(await startFaultProxy(servers.urls.natsUrl));
  const [users, tasks, roomsPort] = [await freePort(), await freePort(), await freePort()];
  const well = await startSubgraphs([`users=${users}`, `tasks=${tasks}`], logFile('subgraphs'));
  opened.defer(well.stop);
  const rooms = opened.use(await openRooms(roomsPort, logFile('rooms')));
  const file = join(folder, 'supergraph.graphql');
  const urls = { tasks: addressOf(tasks), users: addressOf(users), rooms: rooms.way.url };
  await writeFile(file, compose(subgraphsAt(urls)));
  opened.defer(async () => await rm(file, { force: true }));
  const environment = {
    SUPERGRAPH_FILE: file,
    NATS_URL: nats.url,
    NAMESPACE: name,
    JWKS_URL: keys.url,
    ...ENVIRONMENT,
    ...options.environment,
  };
  const places = Array.from({ length: options.gateways ?? 1 }, (_, place) => logFile(`gateway-${place}`));
  const gateways = await Promise.all(
    places.map(async (log) => {
      const gateway = await openGateway(environment, log);
      opened.defer(async () => void (await gateway.end('SIGKILL')));
      await gateway.start();
      return gateway;
    }),
  );
  const running = opened.move();
  return {
    gateways,
    rooms,
    ways: { keys, nats },
    logFile,
    authorizations: authorizationsOf(issuer),
    publish: publisherOf(messaging),
    [Symbol.asyncDispose]: async () => await running.disposeAsync(),
  };
}

function publisherOf({ jetstream, namespace }: Messaging): Scene['publish'] {
  return async (id, revision, note) => {
    const address = { service: SERVICE, workspaceId: WORKSPACE, aggregate: 'task', event: 'changed' };
    const subject = qualify(namespace, eventSubject({ ...address, aggregateId: id }));
    const requestedBy = { __typename: 'User', id: 'u1' };
    const told = { __typename: 'Task', id, revision, publishedAt: sharedClock(), note, requestedBy };
    await jetstream.publish(subject, JSON.stringify(told));
  };
}

/** Each is made once. */
function authorizationsOf({ token }: FixtureIssuer): Scene['authorizations'] {
  const known: string[] = [];
  const claims = { workspaceId: WORKSPACE, seconds: TOKEN_SECONDS };
  return async (count) => {
    while (known.length < count)
      known.push(`Bearer ${await token({ ...claims, userId: `u${known.length}` })}`);
    return known.slice(0, count);
  };
}

const addressOf = (port: number): string => `http://127.0.0.1:${port}/graphql`;

function subgraphsAt(urls: Record<keyof typeof SDL, string>): { name: string; url: string; sdl: string }[] {
  return Object.entries(SDL).map(([name, sdl]) => ({ name, url: urls[name as keyof typeof SDL], sdl }));
}

async function startSubgraphs(args: readonly string[], logFile: string): Promise<Child> {
  const file = fileURLToPath(new URL('subgraph-process.ts', import.meta.url));
  const child = startChild({ file, args, logFile });
  await child.ask('ready');
  return child;
}

async function openRooms(port: number, logFile: string): Promise<RoomsSubgraph & AsyncDisposable> {
  const start = async (): Promise<Child> => await startSubgraphs([`rooms=${port}`], logFile);
  let child = await start();
  const way = await startFaultProxy(addressOf(port));
  return {
    way,
    kill: async () => {
      process.kill(child.pid, 'SIGKILL');
      await child.stop();
    },
    start: async () => {
      child = await start();
    },
    bookings: async () => await child.ask('bookings'),
    [Symbol.asyncDispose]: async () => {
      await child.stop();
      await way[Symbol.asyncDispose]();
    },
  };
}

async function openGateway(environment: Record<string, string>, logFile: string): Promise<EdgeGateway> {
  const [port, metricsPort] = [await freePort(), await freePort()];
  const env = { ...environment, PORT: String(port), METRICS_PORT: String(metricsPort) };
  const file = fileURLToPath(new URL('../../gateway/src/main.ts', import.meta.url));
  const url = `http://127.0.0.1:${port}`;
  let child: Child | undefined;
  const current = (): Child => {
    if (child === undefined) throw new Error('The gateway has not been started.');
    return child;
  };
  const isReady = async (): Promise<boolean> => (await fetch(`${url}/health/readiness`)).ok;
  return {
    url,
    child: current,
    end: async (how) => {
      const from = performance.now();
      if (child === undefined) return 0;
      if (how === 'SIGKILL') killNow(child.pid);
      await child.stop();
      return performance.now() - from;
    },
    start: async () => {
      child = startChild({ file, execArgv: PROBE, env, logFile });
      await waitFor('the gateway to be ready', isReady, READY_WITHIN_MS);
    },
    metric: async (name, label = '') => {
      const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
      const lines = text
        .split('\n')
        .filter((line) => /^\w+/.exec(line)?.[0] === name && line.includes(label));
      return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
    },
  };
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
