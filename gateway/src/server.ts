import { jsonReply, listen as listenInternally, type RunningHttpServer } from '@hoerok/shared/http';
import { connectMessaging, type Messaging } from '@hoerok/shared/messaging';
import { answerMetrics, createLogger, flushTraces, type Logger } from '@hoerok/shared/telemetry';
import { openAuthenticator } from './auth/open-authenticator.ts';
import type { GatewayConfig } from './config.ts';
import { createSourcesOf } from './datasources/sources-of.ts';
import { createSubgraphClient, type SubgraphClient } from './datasources/subgraph-client.ts';
import { createPipeline } from './execution/pipeline.ts';
import { openFront } from './http/front.ts';
import { openAdmission } from './limits/open-admission.ts';
import { readManifest } from './persisted/manifest.ts';
import { planPersisted } from './persisted/plan-persisted.ts';
import { createReadiness } from './http/readiness.ts';
import { createEventHub } from './subscriptions/event-hub.ts';
import { createEventIds } from './subscriptions/event-id.ts';
import type { EventSourceDeps } from './subscriptions/event-source.ts';
import { createEventStore } from './subscriptions/event-store.ts';
import { createSubscriptions } from './subscriptions/subscriptions.ts';
import { openSupergraphFile } from './supergraph/supergraph-file.ts';
import { createUpstreams, type Upstreams } from './upstream/upstreams.ts';

/** A socket to a subgraph outlives its last subscription by this much: clients come back, pages are reloaded. */
const UPSTREAM_LINGER_MS = 5_000;

/** A running gateway. */
export interface Gateway {
  /** `http://host:port`, without a path. */
  readonly url: string;
  readonly port: number;
  /** Port of `GET /metrics`; `null` without METRICS_PORT. */
  readonly metricsPort: number | null;
  /** How many event subjects it is subscribed to. */
  readonly interest: () => number;
  /**
   * Stops: readiness fails, after the delay no connection is accepted, sockets close with 1001 and streams end a few at a
   * time, running requests get the grace period, then everything that was opened is closed. Idempotent.
   */
  readonly close: () => Promise<void>;
}

/** What a test may replace. */
export interface GatewayDeps {
  /** @default JSON lines on standard output */
  readonly logger?: Logger;
}

/**
 * Starts a gateway.
 * @throws AppError `BAD_CONFIGURATION` when the supergraph cannot be served or the address is taken, `UNAVAILABLE` when
 * NATS does not answer; nothing stays open then.
 */
export async function startGateway(config: GatewayConfig, deps: GatewayDeps = {}): Promise<Gateway> {
  const logger = deps.logger ?? createLogger({ service: 'gateway', level: config.LOG_LEVEL });
  // What has been opened, in order; it is closed in the reverse of it.
  await using opened = new AsyncDisposableStack();
  opened.defer(flushTraces);
  const file = config.PERSISTED_OPERATIONS_FILE;
  const manifest = file === undefined ? [] : readManifest(file);
  const supergraph = await openSupergraphFile(config.SUPERGRAPH_FILE, logger, {
    mode: config.AUTHORIZATION_MODE,
    prepare: async (schema) => await planPersisted(manifest, schema, logger),
  });
  opened.defer(supergraph.close);
  const client = openSubgraphClient(config, logger);
  opened.defer(client.close);
  const sourcesOf = createSourcesOf({ client, signingKey: config.INTERNAL_SIGNING_KEYS[0], logger });
  const events = await openEvents(config, logger);
  if (events !== null) opened.defer(events.close);
  const { MAX_TOKENS: maxTokens, REQUEST_TIMEOUT_MS: timeoutMs, production } = config;
  const execution = { supergraph, sourcesOf, logger };
  const pipeline = await createPipeline({ ...execution, maxTokens, timeoutMs, production });
  opened.defer(pipeline.close);
  const upstreams = openUpstreams(config, logger);
  opened.defer(upstreams.close);
  const subscriptions = createSubscriptions({ ...execution, events, upstreams });
  opened.defer(subscriptions.close);
  const health = createReadiness({ supergraph, client, probeNats: events?.probe ?? null });
  const { readiness } = health;
  const { authenticator, close: closeAuthenticator } = await openAuthenticator(config, {
    source: events,
    logger,
  });
  opened.defer(closeAuthenticator);
  const { admit, close: closeAdmission } = await openAdmission(config, { supergraph, manifest, logger });
  opened.defer(closeAdmission);
  const serving = { authenticator, admit, pipeline, subscriptions };
  const front = await openFront(config, { ...serving, readiness, logger });
  opened.defer(front.close);
  const metrics = await openMetrics(config);
  if (metrics !== null) opened.defer(metrics.close);
  opened.defer(health.stopAccepting);
  const running = opened.move();
  const { port } = front;
  const url = `http://${config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST}:${port}`;
  logger.info({ url, supergraph: supergraph.current().hash }, 'The gateway is listening.');
  let closing: Promise<void> | undefined;
  return {
    url,
    port,
    metricsPort: metrics?.port ?? null,
    interest: () => events?.hub.interest() ?? 0,
    close: async () => {
      closing ??= running.disposeAsync();
      await closing;
    },
  };
}

function openSubgraphClient(config: GatewayConfig, logger: Logger): SubgraphClient {
  return createSubgraphClient({
    timeoutMs: config.SUBGRAPH_TIMEOUT_MS,
    maxResponseBytes: config.SUBGRAPH_RESPONSE_BYTES,
    connections: config.SUBGRAPH_CONNECTIONS,
    queued: config.SUBGRAPH_QUEUE,
    pipelining: config.SUBGRAPH_PIPELINING,
    logger,
  });
}

/** Metrics are for operators, so they never share the port of clients. */
async function openMetrics({ HOST, METRICS_PORT }: GatewayConfig): Promise<RunningHttpServer | null> {
  if (METRICS_PORT === undefined) return null;
  return await listenInternally({ host: HOST, port: METRICS_PORT }, async (request, signal) =>
    request.url === '/metrics' ? await answerMetrics(request, signal) : jsonReply(404, {}),
  );
}

interface Events extends EventSourceDeps {
  readonly messaging: Messaging;
  readonly probe: () => Promise<unknown>;
  readonly close: () => Promise<void>;
}

async function openEvents(config: GatewayConfig, logger: Logger): Promise<Events | null> {
  if (config.NATS_URL === undefined) return null;
  const messaging: Messaging = await connectMessaging({
    url: config.NATS_URL,
    name: 'gateway',
    namespace: config.NAMESPACE,
  });
  const store = createEventStore(messaging);
  const hub = createEventHub({ messaging, store, logger });
  return {
    messaging,
    hub,
    store,
    eventIds: createEventIds(config.INTERNAL_SIGNING_KEYS),
    logger,
    probe: async () => await messaging.connection.flush(),
    close: async () => {
      hub.close();
      await messaging.connection.close();
    },
  };
}

function openUpstreams(config: GatewayConfig, logger: Logger): Upstreams {
  return createUpstreams({
    urls: config.SUBSCRIPTION_URLS,
    signing: { signingKey: config.INTERNAL_SIGNING_KEYS[0], clock: Date.now },
    limits: {
      timeoutMs: config.SUBGRAPH_TIMEOUT_MS,
      maxMessageBytes: config.SUBGRAPH_RESPONSE_BYTES,
      keepAliveMs: config.KEEPALIVE_MS,
      lingerMs: UPSTREAM_LINGER_MS,
    },
    logger,
  });
}
