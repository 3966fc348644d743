import { randomUUID } from 'node:crypto';
import type { BaseContext } from '@apollo/server';
import { request } from 'undici';
import { z } from 'zod';
import { connectMessaging } from '../messaging/index.ts';
import { signRequest, type UserViewer, type Viewer } from '../auth/index.ts';
import { loadConfig, type ServiceConfig } from '../config/index.ts';
import {
  type RunningService,
  type ServiceAdapters,
  type ServiceDefinition,
  startService,
} from '../service/index.ts';
import { createTestDatabase, testNamespace, testServers } from './test-servers.ts';

export const TEST_SIGNING_KEY = 'a-signing-key-that-only-tests-know-0123456789';

/** A service under test with a database and a namespace of its own. */
export interface TestService extends AsyncDisposable {
  readonly service: RunningService;
  readonly namespace: string;
  /** Sees the rows of every workspace. */
  readonly databaseUrl: string;
  /** As the service itself has it: sees only rows of the workspace that it is told (ADR-13). */
  readonly serviceDatabaseUrl: string;
  /** Sends a signed operation, as the gateway does. */
  readonly execute: (viewer: Viewer | null, document: string, variables?: object) => Promise<TestAnswer>;
}

const testAnswer = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(
      z.object({ message: z.string(), extensions: z.record(z.string(), z.unknown()).optional() }).loose(),
    )
    .optional(),
});

/** What an operation was answered. */
export type TestAnswer = z.output<typeof testAnswer>;

/** Starts a real service on real servers; dispose it to leave nothing behind but its streams' names. */
export async function startTestService<S extends z.ZodType<ServiceConfig>, C extends BaseContext>(
  environment: S,
  definition: ServiceDefinition<z.output<S>, C>,
  options: {
    readonly environment?: Readonly<Record<string, string>>;
    readonly adapters?: ServiceAdapters;
  } = {},
): Promise<TestService> {
  const overrides = options.environment ?? {};
  const servers = testServers();
  const database = await createTestDatabase(definition.createDataSource);
  const namespace = overrides['NAMESPACE'] ?? testNamespace();
  const config = loadConfig(environment, {
    PORT: '0',
    DATABASE_URL: database.serviceUrl,
    NATS_URL: servers.natsUrl,
    REDIS_URL: servers.redisUrl,
    GATEWAY_URL: 'http://127.0.0.1:9',
    INTERNAL_SIGNING_KEYS: TEST_SIGNING_KEY,
    NAMESPACE: namespace,
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
    SHUTDOWN_GRACE_SECONDS: '1',
    ...overrides,
  });
  const service = await startService<z.output<S>, C>(config, definition, options.adapters);
  return {
    service,
    namespace,
    databaseUrl: database.url,
    serviceDatabaseUrl: database.serviceUrl,
    execute: (viewer, document, variables = {}) =>
      executeSigned(service.url, { viewer, document, variables }),
    [Symbol.asyncDispose]: async () => {
      await service.stop();
      await deleteStreams(servers.natsUrl, namespace);
      await database[Symbol.asyncDispose]();
    },
  };
}

/** Sends one signed GraphQL operation to a subgraph. */
export async function executeSigned(
  url: string,
  operation: { readonly viewer: Viewer | null; readonly document: string; readonly variables: object },
): Promise<TestAnswer> {
  const body = JSON.stringify({ query: operation.document, variables: operation.variables });
  const signed = signRequest(
    { method: 'POST', path: '/graphql', body },
    { key: TEST_SIGNING_KEY, viewer: operation.viewer, nowMs: Date.now(), nonce: randomUUID() },
  );
  const headers = { 'content-type': 'application/json', ...signed };
  const response = await request(new URL('/graphql', url), { method: 'POST', body, headers });
  return testAnswer.parse(await response.body.json());
}

/** A member of a workspace that nobody else uses. */
export function testViewer(overrides: Partial<UserViewer> = {}): UserViewer {
  const id = testNamespace();
  return {
    kind: 'user',
    userId: `u-${id}`,
    workspaceId: `w-${id}`,
    role: 'MEMBER',
    sessionId: `s-${id}`,
    ...overrides,
  };
}

/** Removes every stream of a namespace. */
export async function deleteStreams(natsUrl: string, namespace: string): Promise<void> {
  const { manager, connection } = await connectMessaging({ url: natsUrl, name: 'test cleanup', namespace });
  for await (const stream of manager.streams.list()) {
    // A neighbour in the same namespace may delete at the same time.
    if (stream.config.name.startsWith(namespace))
      await manager.streams.delete(stream.config.name).catch(() => false);
  }
  await connection.close();
}
