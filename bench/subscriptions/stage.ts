import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectMessaging, ensureStreams, type Messaging } from '@hoerok/shared/messaging';
import { compose } from '../../gateway/test/fixture-graph.ts';
import { type FixtureIssuer, serveIssuer } from '../../gateway/test/fixture-gateway.ts';
import { CHECKOUT_STATE_DIR } from '../../scripts/infra/infrastructure.ts';
import { natsServer, natsUrl } from '../../scripts/infra/nats.ts';
import { ensureServer, stopServer } from '../../scripts/infra/server-process.ts';
import { type Child, startChild } from './child.ts';
import { type Clients, startClients } from './clients.ts';
import { streamOf, subjectOf } from './floor-source.ts';
import type { GatewaySurroundings } from './gateways.ts';
import { eventPayload, SDL, SERVICES, type TaskEvent, WORKSPACE } from './graph.ts';

const STATE_DIR = join(CHECKOUT_STATE_DIR, 'bench-subscriptions');
/** The oldest go then: the server has room for so many of the largest that are published here. */
const MEMORY_EVENTS = 40_000;
const TOKEN_SECONDS = 24 * 3_600;

/** Everything that gateways are measured with: NATS, subgraphs, an identity provider and subscribers. */
export interface Stage {
  readonly surroundings: GatewaySurroundings;
  /** One line each. */
  readonly descriptions: readonly string[];
  readonly clients: Clients;
  readonly subgraphs: Child;
  /** The value of an `Authorization` header. */
  readonly authorizationOf: (userId: string) => Promise<string>;
  /** Publishes into an event stream; resolves when the event is stored. */
  readonly publish: (event: TaskEvent, storage: keyof typeof SERVICES) => Promise<void>;
  /** Publishes where nothing is stored. */
  readonly tell: (event: TaskEvent) => void;
  /** Lets the owning subgraph tell whoever has subscribed to it; nothing is stored. */
  readonly emit: (event: TaskEvent) => Promise<void>;
}

/** Sets the stage; what is opened goes onto the stack, also when it fails halfway. */
export async function setStage(opened: AsyncDisposableStack): Promise<Stage> {
  await mkdir(join(STATE_DIR, 'run'), { recursive: true });
  opened.defer(async () => await rm(STATE_DIR, { recursive: true, force: true }));
  const nats = natsServer(STATE_DIR, join(CHECKOUT_STATE_DIR, 'servers'), () => undefined);
  opened.defer(async () => await stopServer(nats, STATE_DIR));
  const { port, version } = await ensureServer(nats, STATE_DIR);
  const url = natsUrl(STATE_DIR, port);
  const messaging = await connectMessaging({ url, name: 'bench' });
  opened.defer(async () => await messaging.connection.close());
  await ensureStreams(messaging, { service: SERVICES.disk, replicas: 1 });
  await addMemoryStream(messaging);
  const issuer = await serveIssuer();
  opened.defer(issuer.close);
  const logFile = (name: string): string => join(STATE_DIR, `${name}.log`);
  const file = fileURLToPath(new URL('subgraphs-process.ts', import.meta.url));
  const subgraphs = startChild({ file, logFile: logFile('subgraphs') });
  opened.defer(subgraphs.stop);
  const clients = startClients(logFile('clients'));
  opened.defer(clients.stop);
  const supergraphFile = await composeInto(STATE_DIR, await subgraphs.ask<Record<string, number>>('ports'));
  const signingKey = randomBytes(32).toString('hex');
  const jwksUrl = issuer.jwksUrl;
  return {
    surroundings: { supergraphFile, natsUrl: url, jwksUrl, signingKey, folder: STATE_DIR },
    descriptions: [`NATS ${version}: ${await describeNats()}`],
    clients,
    subgraphs,
    authorizationOf: authorizations(issuer),
    publish: async (event, storage) => await publish(messaging, event, storage),
    tell: (event) =>
      messaging.connection.publish(subjectOf('core', event.list), JSON.stringify(eventPayload(event))),
    emit: async (event) => await subgraphs.ask('emit', event),
  };
}

async function composeInto(folder: string, ports: Readonly<Record<string, number>>): Promise<string> {
  const file = join(folder, 'supergraph.graphql');
  const subgraphs = Object.entries(SDL).map(([name, sdl]) => {
    const url = `http://127.0.0.1:${ports[name]}/graphql`;
    return { name, url, sdl };
  });
  await writeFile(file, compose(subgraphs));
  return file;
}

function authorizations({ token }: FixtureIssuer): Stage['authorizationOf'] {
  const known = new Map<string, string>();
  return async (userId) => {
    const authorization =
      known.get(userId) ??
      `Bearer ${await token({ userId, workspaceId: WORKSPACE, seconds: TOKEN_SECONDS })}`;
    known.set(userId, authorization);
    return authorization;
  };
}

async function publish(
  { jetstream }: Messaging,
  event: TaskEvent,
  storage: keyof typeof SERVICES,
): Promise<void> {
  await jetstream.publish(subjectOf(storage, event.list), JSON.stringify(eventPayload(event)));
}

/** As the house's event streams are, but for where it keeps them: what a disk costs is not what every part is about. */
async function addMemoryStream({ manager }: Messaging): Promise<void> {
  await manager.streams.add({
    name: streamOf('memory'),
    subjects: [`evt.${SERVICES.memory}.>`],
    storage: 'memory',
    max_msgs: MEMORY_EVENTS,
    allow_direct: true,
    republish: { src: 'evt.>', dest: 'live.evt.>' },
  });
}

async function describeNats(): Promise<string> {
  const config = await readFile(join(STATE_DIR, 'nats', 'nats.conf'), 'utf8');
  return config.includes('sync_interval: always')
    ? 'each event is flushed to disk before it is sent on'
    : 'NOT durable: before 2.10 it flushes every two minutes only';
}
