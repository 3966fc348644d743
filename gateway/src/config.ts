import { z } from 'zod';
import { limitSettings } from './limits/settings.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const milliseconds = z.coerce.number().int().min(1).max(600_000);
const bytes = z.coerce.number().int().min(1_024);

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);

const webSocketUrls = list
  .transform((entries) => entries.map((entry) => entry.split(/=(.*)/s, 2)))
  .pipe(z.array(z.tuple([z.string().min(1), z.url({ protocol: /^wss?$/ })], 'each entry is name=ws://...')))
  .transform((entries): ReadonlyMap<string, string> => new Map(entries));

/** Apollo Sandbox calls from these origins. */
const SANDBOX_ORIGINS = ['https://studio.apollographql.com', 'https://sandbox.embed.apollographql.com'];

const environment = z.object({
  ...limitSettings,
  /** Path of the supergraph SDL. It is watched; a usable change goes live at once. */
  SUPERGRAPH_FILE: z.string().min(1),
  /** TCP port; 0 lets the system choose. */
  PORT: port.default(4000),
  HOST: z.string().min(1).default('127.0.0.1'),
  /** Port of `GET /metrics`, on HOST; 0 lets the system choose. Without it no metrics are served. */
  METRICS_PORT: port.optional(),
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  /** Where events of `@eventStream` fields come from. Without it such subscriptions answer `UNAVAILABLE`. */
  NATS_URL: z.string().min(1).optional(),
  /** Put before every stream name and subject, as in every service. Letters, digits, `_`. */
  NAMESPACE: z.string().regex(/^\w*$/).default(''),
  /** Public keys that access tokens are verified with. Without it nothing is verified and headers pass through. */
  JWKS_URL: z.url().optional(),
  /** Where the users service tells about API keys (`/internal/api-keys`). Without it none are accepted. */
  API_KEYS_URL: z.url().optional(),
  TOKEN_ISSUER: z.string().min(1).default('hoerok'),
  TOKEN_AUDIENCE: z.string().min(1).default('hoerok'),
  /** Comma-separated HMAC keys of at least 32 characters; the first signs requests to subgraphs, all verify. */
  INTERNAL_SIGNING_KEYS: list
    .pipe(z.array(z.string().min(32, 'each key needs at least 32 characters')))
    .default([]),
  /** Request headers that subgraphs get to see. @default `authorization` without JWKS_URL, none with it */
  PROPAGATE_HEADERS: list.optional(),
  /** A subgraph that has not answered after this many milliseconds is given up. */
  SUBGRAPH_TIMEOUT_MS: milliseconds.default(10_000),
  /** Connections to one subgraph at most. */
  SUBGRAPH_CONNECTIONS: z.coerce.number().int().min(1).max(65_535).default(256),
  /** Fetches that may wait for a connection to one subgraph; those beyond fail at once. */
  SUBGRAPH_QUEUE: z.coerce.number().int().min(0).default(1_024),
  /**
   * Queries on one connection before the first is answered, at most and only while the process is short of CPU: it saves half
   * of a fetch's CPU, and a slow answer holds up those behind it for a tenth of a second. 1: never.
   */
  SUBGRAPH_PIPELINING: z.coerce.number().int().min(1).max(256).default(16),
  /** A query or mutation is answered after this many milliseconds with what has come by then. */
  REQUEST_TIMEOUT_MS: milliseconds.default(15_000),
  /** `name=ws://...`, comma-separated: where subgraphs speak graphql-transport-ws. @default their URL, with `ws:` */
  SUBSCRIPTION_URLS: webSocketUrls.default(new Map<string, string>()),
  /** Largest answer of a subgraph. */
  SUBGRAPH_RESPONSE_BYTES: bytes.default(32 * 1024 * 1024),
  /** Largest request body; beyond it 413. */
  REQUEST_BYTES: bytes.default(2 * 1024 * 1024),
  /** What is done about fields that a viewer may not have: left out, or the whole operation refused. */
  AUTHORIZATION_MODE: z.enum(['filter', 'reject']).default('filter'),
  /** Exact origins of web pages that may call. @default Apollo Sandbox in development, none in production */
  CORS_ORIGINS: list.optional(),
  /** Exact origins of web pages that may open a WebSocket, besides the gateway's own. @default CORS_ORIGINS */
  WEBSOCKET_ORIGINS: list.optional(),
  /** Sockets and streams that one user may have open at once; anonymous ones are counted by address. */
  CONNECTIONS_PER_USER: z.coerce.number().int().min(1).default(200),
  SUBSCRIPTIONS_PER_SOCKET: z.coerce.number().int().min(1).default(100),
  /** A sign of life goes over each socket and stream this often; a peer that is dead is given up within twice that. */
  KEEPALIVE_MS: milliseconds.default(12_000),
  /** How long a stopping gateway is still let in through while it says that it is not ready, in seconds. */
  SHUTDOWN_DELAY_SECONDS: z.coerce.number().min(0).max(600).default(0.2),
  /** How long a stopping gateway lets running requests finish, in seconds. */
  SHUTDOWN_GRACE_SECONDS: z.coerce.number().min(0).max(600).default(8),
});

/** The environment of the gateway. `SUPERGRAPH_FILE`, `PORT` and `HOST` are enough for any supergraph. */
export const gatewayEnvironment = environment.transform((values) => {
  const production = values.NODE_ENV === 'production';
  const corsOrigins = values.CORS_ORIGINS ?? (production ? [] : SANDBOX_ORIGINS);
  return {
    ...values,
    CORS_ORIGINS: corsOrigins,
    WEBSOCKET_ORIGINS: values.WEBSOCKET_ORIGINS ?? corsOrigins,
    PROPAGATE_HEADERS: propagated(
      values.PROPAGATE_HEADERS ?? (values.JWKS_URL === undefined ? ['authorization'] : []),
    ),
    production,
  };
});

/** The decoded environment: complete, with every default filled in. */
export type GatewayConfig = Readonly<z.output<typeof gatewayEnvironment>>;

// Our own trust headers are set by the gateway alone; what comes from outside under these names goes nowhere.
function propagated(names: readonly string[]): readonly string[] {
  return names.map((name) => name.toLowerCase()).filter((name) => !name.startsWith('x-hoerok-'));
}
