import { Redis } from 'ioredis';
import { connect } from 'nats';
import pg from 'pg';
import { parseVersion } from './versions.ts';

const TIMEOUT_MS = 5_000;

/** Connects to PostgreSQL and answers its version. */
export async function probePostgres(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: TIMEOUT_MS });
  // A connection that breaks between two calls would otherwise end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    return versionIn(rows[0]?.server_version ?? '');
  } finally {
    await client.end();
  }
}

/** Connects to NATS and answers its version. @throws when the server has no JetStream */
export async function probeNats(url: string): Promise<string> {
  const connection = await connect({ ...natsOptions(url), timeout: TIMEOUT_MS, reconnect: false });
  try {
    if (!connection.info?.jetstream) throw new Error('JetStream is off: start it with "nats-server -js"');
    return versionIn(connection.info.version);
  } finally {
    await connection.close();
  }
}

/** What the NATS client wants in place of a URL with credentials, which it does not read by itself. */
export function natsOptions(url: string): {
  servers: string[];
  user?: string;
  pass?: string;
  token?: string;
} {
  // Several servers may stand in one variable, separated by commas, as NATS' own tools take them.
  const urls = url.split(',').map((each) => new URL(each.trim()));
  const user = decodeURIComponent(urls[0]?.username ?? '');
  const pass = decodeURIComponent(urls[0]?.password ?? '');
  const servers = urls.map((each) => `${each.hostname}:${each.port || 4222}`);
  if (user && pass) return { servers, user, pass };
  return user ? { servers, token: user } : { servers };
}

/** Connects to Redis or Valkey and answers the Redis version it speaks. */
export async function probeRedis(url: string): Promise<string> {
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: TIMEOUT_MS,
    commandTimeout: TIMEOUT_MS,
    retryStrategy: () => null,
  });
  let cause: unknown;
  client.on('error', (error: unknown) => {
    cause = error;
  });
  try {
    await client.connect();
    return versionIn(/redis_version:(\S+)/.exec(await client.info('server'))?.[1] ?? '');
  } catch (error) {
    // connect() only says "Connection is closed."; the event carries the reason.
    throw cause ?? error;
  } finally {
    client.disconnect();
  }
}

function versionIn(text: string): string {
  const version = parseVersion(text);
  if (version === undefined) throw new Error(`the server tells no version ("${text}")`);
  return version;
}
