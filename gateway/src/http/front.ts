import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@hoerok/shared/telemetry';
import type { Authenticator } from '../auth/identify.ts';
import type { GatewayConfig } from '../config.ts';
import type { Pipeline } from '../execution/pipeline.ts';
import type { Admit } from '../limits/admission.ts';
import { createAudit } from '../limits/asker.ts';
import { createClientAddress } from '../limits/client-address.ts';
import type { Subscriptions } from '../subscriptions/subscriptions.ts';
import { type Entrance, openEntrance } from './entrance.ts';
import { createGraphQLEndpoint } from './graphql-endpoint.ts';
import { createHttpServer } from './http-server.ts';
import { createLastingConnections, type LastingConnections } from './lasting-connections.ts';
import type { GatewayReadiness } from './readiness.ts';
import { createAddressCounts } from './sockets-per-address.ts';
import { serveWebSockets } from './websocket.ts';

/** An office behind one address may have many. */
const SOCKETS_PER_ADDRESS = 20_000;

/** A connection that says nothing for this long is not wanted now. */
const SILENCE_MS = 200;

/** What {@link openFront} needs. */
export interface FrontDeps {
  readonly authenticator: Authenticator;
  readonly pipeline: Pipeline;
  readonly admit: Admit;
  readonly subscriptions: Subscriptions;
  readonly readiness: () => Promise<GatewayReadiness>;
  readonly logger: Logger;
}

/** The listening address that clients know. */
export interface Front {
  readonly port: number;
  /** Stops without breaking a request off: see {@link openFront}. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the port of clients with all transports on it.
 *
 * Closing goes in three steps. For the delay everything is served on, while each answer tells its client to use another
 * connection from now on. Then nobody is let in any more, and sockets and streams are told to leave, a few at a time.
 * Requests that still run then have the rest of the grace period.
 * @throws AppError `BAD_CONFIGURATION`: see {@link openEntrance}.
 */
export async function openFront(config: GatewayConfig, deps: FrontDeps): Promise<Front> {
  const connections = createLastingConnections({
    perUser: config.CONNECTIONS_PER_USER,
    countAnonymous: config.JWKS_URL !== undefined,
  });
  const serving = {
    ...deps,
    connections,
    clientAddress: createClientAddress(config.TRUSTED_PROXIES),
    isAuditor: createAudit({ role: config.AUDIT_ROLE, token: config.AUDIT_TOKEN }),
    propagateHeaders: config.PROPAGATE_HEADERS,
    keepAliveMs: config.KEEPALIVE_MS,
  };
  const graphql = createGraphQLEndpoint({ ...serving, maxBodyBytes: config.REQUEST_BYTES });
  const { production, CORS_ORIGINS: corsOrigins } = config;
  const server = createHttpServer({ graphql, readiness: deps.readiness, corsOrigins, production });
  const closeSockets = serveWebSockets(server, {
    ...serving,
    origins: config.WEBSOCKET_ORIGINS,
    maxTokens: config.MAX_TOKENS,
    maxOperations: config.SUBSCRIPTIONS_PER_SOCKET,
    maxMessageBytes: config.SOCKET_MESSAGE_BYTES,
    addresses: createAddressCounts(socketsPerAddress(config)),
  });
  const guests = watchGuests(server);
  const entrance = await openEntrance(server, config);
  const open = { server, entrance, connections, closeSockets, guests };
  return { port: entrance.port, close: async () => await close(open, config) };
}

// Without authentication nobody is told apart, and a proxy would be counted as one client.
function socketsPerAddress({ CONNECTIONS_PER_ADDRESS, JWKS_URL }: GatewayConfig): number | null {
  const limit = CONNECTIONS_PER_ADDRESS ?? (JWKS_URL === undefined ? 0 : SOCKETS_PER_ADDRESS);
  return limit === 0 ? null : limit;
}

interface Closable {
  readonly server: Server;
  readonly entrance: Entrance;
  readonly connections: LastingConnections;
  readonly closeSockets: () => Promise<void>;
  readonly guests: Guests;
}

async function close(
  { server, entrance, connections, closeSockets, guests }: Closable,
  config: GatewayConfig,
): Promise<void> {
  const graceMs = config.SHUTDOWN_GRACE_SECONDS * 1_000;
  guests.sendAway();
  await delay(config.SHUTDOWN_DELAY_SECONDS * 1_000);
  const finished = entrance.close();
  const impatience = setTimeout(() => server.closeAllConnections(), graceMs);
  await Promise.all([connections.drain(graceMs), guests.dismissSilent()]);
  await closeSockets();
  server.closeIdleConnections();
  await finished;
  clearTimeout(impatience);
}

/** The HTTP connections of a server that is about to stop. */
interface Guests {
  /** From now on every answer closes its connection: a client that has been answered looks for another server. */
  readonly sendAway: () => void;
  /** Closes connections that have not said a word, as browsers open some in advance; a request on its way gets in. */
  readonly dismissSilent: () => Promise<void>;
}

function watchGuests(server: Server): Guests {
  const open = new Set<Socket>();
  const unanswered = new Set<ServerResponse>();
  let sendsAway = false;
  const goAway = (response: ServerResponse): void => {
    if (!response.headersSent) response.setHeader('connection', 'close');
  };
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  server.prependListener('request', (_request, response: ServerResponse) => {
    if (sendsAway) goAway(response);
    unanswered.add(response);
    response.once('close', () => {
      unanswered.delete(response);
      // An answer that had begun before says nothing of closing; its connection is idle now.
      if (sendsAway && !server.listening) setImmediate(() => server.closeIdleConnections());
    });
  });
  const silent = (): Socket[] => [...open].filter(({ bytesRead }) => bytesRead === 0);
  return {
    sendAway: () => {
      sendsAway = true;
      for (const response of unanswered) goAway(response);
    },
    dismissSilent: async () => {
      if (silent().length > 0) await delay(SILENCE_MS);
      for (const socket of silent()) socket.destroy();
    },
  };
}
