import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '@hoerok/shared/config';
import type { TaskSnapshot, TaskStatus } from '@hoerok/shared/contracts';
import {
  connectMessaging,
  ensureStreams,
  eventSubject,
  type Messaging,
  qualify,
} from '@hoerok/shared/messaging';
import { createLogger } from '@hoerok/shared/telemetry';
import { TEST_SIGNING_KEY, testNamespace, testServers } from '@hoerok/shared/testing';
import {
  exportJWK,
  generateKeyPair,
  type JWK,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { headers } from 'nats';
import { gatewayEnvironment } from '../src/config.ts';
import { type Gateway, startGateway } from '../src/server.ts';
import { type FixtureGraph, serveFixtureGraph } from './fixture-graph.ts';

/** What has an id may be published again, so its publisher need not wait long for an answer. */
const REPUBLISH_MS = 500;

/** Claims of a test's access token. */
export interface TokenClaims {
  readonly userId?: string;
  readonly workspaceId?: string;
  readonly role?: string;
  /** Lifetime in seconds. @default 300 */
  readonly seconds?: number;
  /** Claims of the payload that replace the right ones. */
  readonly payload?: JWTPayload;
  /** @default 'at+jwt' */
  readonly typ?: string;
}

type HeaderParts = { readonly [K in keyof JWTHeaderParameters]?: unknown };

/** An identity provider: a key, its JWKS address, and tokens. */
export interface FixtureIssuer {
  readonly jwksUrl: string;
  readonly token: (claims?: TokenClaims) => Promise<string>;
  /** The public key, as it is served. */
  readonly jwk: JWK;
  /** Signs anything; `header` replaces parts of the right one. */
  readonly sign: (payload: JWTPayload, header?: HeaderParts) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** Starts an identity provider on a free port. */
export async function serveIssuer(): Promise<FixtureIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'EdDSA', use: 'sig' };
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [jwk] }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sign: FixtureIssuer['sign'] = async (payload, header = {}) =>
    await new SignJWT(payload)
      .setProtectedHeader({ alg: 'EdDSA', kid: 'k1', typ: 'at+jwt', ...header } as JWTHeaderParameters)
      .sign(privateKey);
  return {
    jwk,
    sign,
    jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`,
    token: async (claims = {}) => {
      const { userId = 'u1', workspaceId = 'w1', role = 'MEMBER', seconds = 300, typ = 'at+jwt' } = claims;
      const iat = Math.floor(Date.now() / 1000);
      const whose = { sub: userId, ws: workspaceId, role, sid: 's1' };
      const where = { iss: 'hoerok', aud: 'hoerok', iat, exp: iat + seconds };
      return await sign({ ...whose, ...where, ...claims.payload }, { typ });
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A gateway over the fixture graph, with everything it needs. */
export interface Fixture {
  readonly graph: FixtureGraph;
  readonly issuer: FixtureIssuer;
  readonly gateway: Gateway;
  readonly messaging: Messaging;
  /** Path of the supergraph that the gateway watches. */
  readonly file: string;
  /** Log lines of the gateway. */
  readonly log: string[];
  readonly start: (environment?: Record<string, string>) => Promise<Gateway>;
  readonly publish: (change: TaskChange) => Promise<void>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/** A change of a task as the service that runs it would publish it. */
export interface TaskChange {
  readonly id: string;
  readonly revision: number;
  readonly status?: TaskStatus;
  readonly workspaceId?: string;
  readonly watchers?: readonly string[];
  readonly service?: string;
  readonly more?: Record<string, unknown>;
  /** JetStream stores a second message with the same id no more. @default none */
  readonly messageId?: string;
  /** The header `ce-id`. @default none */
  readonly eventId?: string;
}

/** Starts the whole fixture; dispose of it with `await using`. */
export async function startFixture(environment: Record<string, string> = {}): Promise<Fixture> {
  await using opened = new AsyncDisposableStack();
  const namespace = testNamespace();
  const graph = await serveFixtureGraph();
  opened.defer(graph.close);
  const issuer = await serveIssuer();
  opened.defer(issuer.close);
  const directory = await mkdtemp(join(tmpdir(), 'hoerok-gateway-'));
  opened.defer(async () => await rm(directory, { recursive: true }));
  const file = join(directory, 'supergraph.graphql');
  await writeFile(file, graph.supergraphSdl);
  const natsUrl = environment['NATS_URL'] ?? testServers().natsUrl;
  const messaging = await connectMessaging({ url: natsUrl, name: 'gateway-test', namespace });
  opened.defer(async () => await messaging.connection.close());
  await ensureStreams(messaging, { service: 'ai', listensTo: ['transcripts', 'meetings'], replicas: 1 });
  opened.defer(async () => await dropStreams(messaging));
  const log: string[] = [];
  const logger = createLogger({
    service: 'gateway',
    level: 'debug',
    destination: { write: (line) => void log.push(line) },
  });
  const start = async (more: Record<string, string> = {}): Promise<Gateway> => {
    const config = loadConfig(gatewayEnvironment, {
      SUPERGRAPH_FILE: file,
      PORT: '0',
      NODE_ENV: 'test',
      NATS_URL: natsUrl,
      NAMESPACE: namespace,
      JWKS_URL: issuer.jwksUrl,
      INTERNAL_SIGNING_KEYS: TEST_SIGNING_KEY,
      ...environment,
      ...more,
    });
    const gateway = await startGateway(config, { logger });
    running.defer(gateway.close);
    return gateway;
  };
  const running = opened.move();
  try {
    const gateway = await start();
    return {
      graph,
      issuer,
      gateway,
      messaging,
      file,
      log,
      start,
      publish: async (change) => await publish(messaging, change),
      [Symbol.asyncDispose]: async () => await running.disposeAsync(),
    };
  } catch (error) {
    await running.disposeAsync();
    throw error;
  }
}

async function publish(messaging: Messaging, change: TaskChange): Promise<void> {
  const {
    id,
    revision,
    status = 'PROCESSING',
    workspaceId = 'w1',
    watchers = ['u1'],
    service = 'ai',
  } = change;
  const snapshot: TaskSnapshot & Record<string, unknown> = {
    __typename: 'Task',
    id,
    kind: 'MINUTES',
    status,
    priority: 'NORMAL',
    progress: status === 'COMPLETED' ? 1 : 0.5,
    stage: null,
    attempt: 1,
    maxAttempts: 3,
    revision,
    createdAt: '2026-01-01T00:00:00.000Z',
    startedAt: null,
    finishedAt: null,
    nextAttemptAt: null,
    error: null,
    requestedBy: { __typename: 'User', id: 'u1' },
    meeting: { __typename: 'Meeting', id: 'm1' },
    watchers: [...watchers],
    ...change.more,
  };
  const address = { service, workspaceId, aggregate: 'task', aggregateId: id, event: 'changed' };
  const subject = qualify(messaging.namespace, eventSubject(address));
  const { messageId } = change;
  const carried = headers();
  if (change.eventId !== undefined) carried.set('ce-id', change.eventId);
  const once = messageId === undefined ? {} : { msgID: messageId, timeout: REPUBLISH_MS };
  await messaging.jetstream.publish(subject, JSON.stringify(snapshot), { headers: carried, ...once });
}

async function dropStreams({ manager, namespace }: Messaging): Promise<void> {
  for await (const { config } of manager.streams.list()) {
    if (config.name.startsWith(namespace)) await manager.streams.delete(config.name);
  }
}
