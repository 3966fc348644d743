import { readFile } from 'node:fs/promises';
import type { BaseContext } from '@apollo/server';
import type { DataSource } from 'typeorm';
import { createAuditTrail } from '../audit/index.ts';
import { createSharedNonces, type SharedNonces } from '../auth/index.ts';
import { connectRedis, createCache } from '../cache/index.ts';
import type { ServiceConfig } from '../config/index.ts';
import { acrossWorkspaces, createTransact, inWorkspace, migrate } from '../database/index.ts';
import { type EventSubscription, startEventConsumers } from '../events/index.ts';
import {
  createGatewayClient,
  createSubgraphEndpoint,
  type GatewayClient,
  type SubgraphRequest,
} from '../graphql/index.ts';
import { createHealth, type Health } from '../health/index.ts';
import { type HttpHandler, jsonReply, listen } from '../http/index.ts';
import { connectMessaging, ensureStreams } from '../messaging/index.ts';
import { startRelay } from '../outbox/index.ts';
import { type RetentionRule, startRetention } from '../retention/index.ts';
import { type SagaDefinition, type SagaParticipant, startSagaCare } from '../sagas/index.ts';
import {
  type Schedule,
  startScheduler,
  startSweeper,
  startWorkers,
  type TaskDefinition,
} from '../tasks/index.ts';
import { answerMetrics, createLogger, flushTraces, type Logger } from '../telemetry/index.ts';
import { backgroundOf } from './background.ts';
import { observeBacklog } from './backlog-metrics.ts';
import type { Platform } from './platform.ts';
import { platformRetention } from './platform-retention.ts';
import { createShutdown, type Shutdown } from './shutdown.ts';

/** What a service is, besides the platform. */
export interface ServiceParts<C extends BaseContext = BaseContext> {
  readonly resolvers: object;
  readonly createContext: (request: SubgraphRequest) => C;
  readonly tasks?: readonly TaskDefinition[];
  readonly schedules?: readonly Schedule[];
  /** Sagas that this service orchestrates. */
  readonly sagas?: readonly SagaDefinition[];
  /** What it does in sagas, its own and those of others. */
  readonly sagaParticipants?: readonly SagaParticipant[];
  readonly subscriptions?: readonly EventSubscription[];
  /** For how long rows of its own tables are kept, beside those of the platform. */
  readonly retention?: readonly RetentionRule[];
  /** Answers by path, beside `/graphql`, health and metrics. */
  readonly routes?: Readonly<Record<string, HttpHandler>>;
  /** Answers by path to clients from outside: on PUBLIC_PORT alone where that is set, else beside the others. */
  readonly publicRoutes?: Readonly<Record<string, HttpHandler>>;
  /** For how long a request to `publicRoutes` may arrive: large files take their time. @default 300000 */
  readonly publicRequestTimeoutMs?: number;
  /** Starts work of the service's own, once its tables are there; it is stopped before what it uses is closed. */
  readonly background?: () => { readonly stop: () => Promise<unknown> };
  /** Closes what the parts have opened; comes after the workers and consumers that use it have stopped. */
  readonly close?: () => Promise<unknown>;
}

/** Definition of a service: its name, schema, database and parts. */
export interface ServiceDefinition<Config extends ServiceConfig, C extends BaseContext> {
  readonly name: string;
  /** Location of schema.graphql. */
  readonly schema: URL;
  readonly createDataSource: (url: string) => DataSource;
  readonly build: (platform: Platform<Config>) => ServiceParts<C>;
}

/** What a test may put in the place of a neighbour. */
export interface ServiceAdapters {
  /** @default JSON lines on standard output */
  readonly logger?: Logger;
  /** @default a client of GATEWAY_URL */
  readonly gateway?: GatewayClient;
}

/** A service that answers. */
export interface RunningService {
  readonly url: string;
  readonly port: number;
  /** The shutdown ladder of STYLE.md section 10; idempotent. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a service: connections, migrations, streams, outbox relay, workers, event consumers, then HTTP.
 * @throws AppError `UNAVAILABLE` or `BAD_CONFIGURATION`; what had been opened is closed again.
 */
export async function startService<Config extends ServiceConfig, C extends BaseContext>(
  config: Config,
  definition: ServiceDefinition<Config, C>,
  adapters: ServiceAdapters = {},
): Promise<RunningService> {
  const logger = adapters.logger ?? createLogger({ service: definition.name, level: config.LOG_LEVEL });
  const shutdown = createShutdown(logger);
  shutdown.add('traces', flushTraces);
  try {
    // Every loop that is started here serves all workspaces.
    return await acrossWorkspaces(() => assemble(config, definition, { logger, shutdown, adapters }));
  } catch (error) {
    await shutdown.run();
    throw error;
  }
}

interface Assembly {
  readonly logger: Logger;
  readonly shutdown: Shutdown;
  readonly adapters: ServiceAdapters;
}

async function assemble<Config extends ServiceConfig, C extends BaseContext>(
  config: Config,
  definition: ServiceDefinition<Config, C>,
  assembly: Assembly,
): Promise<RunningService> {
  const { logger, shutdown } = assembly;
  const { platform, health, nonces } = await connect(config, definition, assembly);
  const parts = definition.build(platform);
  if (parts.close !== undefined) shutdown.add('parts', parts.close);
  await startBackgroundWork(platform, parts, shutdown);
  const endpoint = await createSubgraphEndpoint({
    service: definition.name,
    typeDefs: await readFile(definition.schema, 'utf8'),
    resolvers: parts.resolvers,
    createContext: parts.createContext,
    signingKeys: config.INTERNAL_SIGNING_KEYS,
    nonces,
    audit: createAuditTrail(platform),
    logger,
  });
  shutdown.add('graphql', endpoint.stop);
  const { HOST: host, PUBLIC_PORT: publicPort } = config;
  const inside = { ...operatorRoutes(health), ...ofNobody(parts.routes), '/graphql': endpoint.handle };
  const outside = ofNobody(parts.publicRoutes);
  const routes = publicPort === undefined ? { ...outside, ...inside } : inside;
  const { publicRequestTimeoutMs: requestTimeoutMs } = parts;
  const own = {
    host,
    port: config.PORT,
    requestTimeoutMs: publicPort === undefined ? requestTimeoutMs : undefined,
  };
  const http = await listen(own, route(routes));
  shutdown.add('http', http.close);
  if (publicPort !== undefined) {
    const open = await listen({ host, port: publicPort, requestTimeoutMs }, route(outside));
    shutdown.add('public http', open.close);
  }
  shutdown.add('readiness', async () => health.stopAccepting());
  logger.info({ url: http.url }, 'ready');
  return { url: http.url, port: http.port, stop: shutdown.run };
}

/** Brings the database of a service to the newest migration, by the role that owns it, and lets go of it. */
export async function runMigrations(
  config: Pick<ServiceConfig, 'DATABASE_URL' | 'MIGRATION_DATABASE_URL'>,
  definition: { readonly createDataSource: (url: string) => DataSource },
): Promise<void> {
  const url = config.MIGRATION_DATABASE_URL ?? config.DATABASE_URL;
  const dataSource = await definition.createDataSource(url).initialize();
  try {
    await migrate(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

async function connect<Config extends ServiceConfig, C extends BaseContext>(
  config: Config,
  definition: ServiceDefinition<Config, C>,
  { logger, shutdown, adapters }: Assembly,
): Promise<{ platform: Platform<Config>; health: Health; nonces: SharedNonces }> {
  const service = definition.name;
  if (config.MIGRATION_DATABASE_URL !== undefined) await runMigrations(config, definition);
  const dataSource = await definition.createDataSource(config.DATABASE_URL).initialize();
  shutdown.add('database', () => dataSource.destroy());
  if (config.MIGRATION_DATABASE_URL === undefined) await migrate(dataSource);
  const redis = connectRedis(config.REDIS_URL, logger);
  shutdown.add('redis', async () => redis.disconnect());
  const messaging = await connectMessaging({
    url: config.NATS_URL,
    name: service,
    namespace: config.NAMESPACE,
  });
  shutdown.add('nats', () => messaging.connection.drain());
  const relay = startRelay({
    databaseUrl: config.DATABASE_URL,
    messaging,
    logger,
    service,
    repairStreams: () => ensureStreams(messaging, { service, replicas: config.STREAM_REPLICAS }),
  });
  shutdown.add('outbox relay', relay.stop);
  const [signingKey = ''] = config.INTERNAL_SIGNING_KEYS;
  const keyPrefix = `${config.NAMESPACE}${service}`;
  const cache = createCache({ redis, logger, keyPrefix });
  const nonces = createSharedNonces({ service, redis, keyPrefix, logger });
  const platform: Platform<Config> = {
    service,
    config,
    logger,
    dataSource,
    messaging,
    transact: createTransact(dataSource, relay.nudge, cache.changes),
    cache,
    gateway:
      adapters.gateway ?? createGatewayClient({ url: config.GATEWAY_URL, service, signingKey, logger }),
  };
  // Without NATS the outbox fills and without Redis the cache misses: the service still answers.
  const health = createHealth(
    { postgres: () => dataSource.query('SELECT 1') },
    { optional: { nats: () => messaging.connection.rtt(), redis: () => redis.ping() } },
  );
  return { platform, health, nonces };
}

async function startBackgroundWork(
  platform: Platform,
  parts: ServiceParts,
  shutdown: Shutdown,
): Promise<void> {
  const { service, messaging, config } = platform;
  const { sagas, tasks, subscriptions } = backgroundOf(platform, parts);
  await ensureStreams(messaging, {
    service,
    listensTo: subscriptions.flatMap(({ handlers }) => handlers.map(({ contract }) => contract.service)),
    replicas: config.STREAM_REPLICAS,
  });
  const sweeper = startSweeper(platform);
  shutdown.add('sweeper', sweeper.stop);
  shutdown.add('saga care', startSagaCare(platform, sagas).stop);
  const rules = [...platformRetention(config), ...(parts.retention ?? [])];
  shutdown.add('retention', startRetention(platform, rules).stop);
  const scheduler = await startScheduler(platform, parts.schedules ?? []);
  shutdown.add('scheduler', scheduler.stop);
  const consumers = await startEventConsumers(platform, subscriptions);
  shutdown.add('event consumers', consumers.stop);
  const workers = await startWorkers(platform, tasks);
  shutdown.add('workers', () => workers.stop(config.SHUTDOWN_GRACE_SECONDS * 1_000));
  if (parts.background !== undefined) shutdown.add('background', parts.background().stop);
  const kinds = [...tasks.map(({ kind }) => kind), ...sagas.kinds];
  shutdown.add('backlog metrics', observeBacklog(platform, kinds));
}

function route(routes: Readonly<Record<string, HttpHandler>>): HttpHandler {
  return async (request, signal) => {
    const [path = '/'] = (request.url ?? '/').split('?');
    const handler = routes[path];
    return handler === undefined
      ? jsonReply(404, { error: 'There is nothing at this path.' })
      : handler(request, signal);
  };
}

/** Sees no row of anybody, until it knows by a token or a key whose they are and says so (ADR-13). */
function ofNobody(routes: Readonly<Record<string, HttpHandler>> = {}): Record<string, HttpHandler> {
  const bound = Object.entries(routes).map(([path, handle]): [string, HttpHandler] => [
    path,
    (request, signal) => inWorkspace(null, () => handle(request, signal)),
  ]);
  return Object.fromEntries(bound);
}

/** Health and metrics, for operators; see docs/operations.md. */
export function operatorRoutes(health: Health): Record<string, HttpHandler> {
  return {
    '/health/liveness': async () => jsonReply(200, { status: 'alive' }),
    '/health/readiness': async () => {
      const readiness = await health.readiness();
      return jsonReply(readiness.status === 'ready' ? 200 : 503, readiness);
    },
    '/metrics': answerMetrics,
  };
}
