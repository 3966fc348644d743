import { jetstream, jetstreamManager, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from 'nats';
import { AppError, messageOf } from '../errors/index.ts';

/** One connection of this process to NATS, with its JetStream client and manager. */
export interface Messaging {
  readonly connection: NatsConnection;
  readonly jetstream: JetStreamClient;
  readonly manager: JetStreamManager;
  /** Put before every stream name and, as a token of its own, before every subject; '' in production. */
  readonly namespace: string;
}

/** Options of {@link connectMessaging}. */
export interface MessagingOptions {
  /** `nats://user:password@host:port`, several separated by commas. */
  readonly url: string;
  /** Shown in the server's connection list. */
  readonly name: string;
  /** @default '' */
  readonly namespace?: string;
}

/**
 * Connects to NATS and keeps reconnecting for ever after that.
 * @throws AppError `UNAVAILABLE` when the first connection fails.
 */
export async function connectMessaging(options: MessagingOptions): Promise<Messaging> {
  let connection: NatsConnection | undefined;
  try {
    const server = serversOf(options.url);
    connection = await connect({
      ...server,
      // Answers to one user must not be readable by another, so each may subscribe to inboxes of its own only.
      ...(server.user === undefined ? {} : { inboxPrefix: inboxPrefixOf(server.user) }),
      name: options.name,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 250,
      reconnectJitter: 250,
      pingInterval: 10_000,
      timeout: 5_000,
    });
    return {
      connection,
      jetstream: jetstream(connection, { timeout: 5_000 }),
      manager: await jetstreamManager(connection, { timeout: 5_000 }),
      namespace: options.namespace ?? '',
    };
  } catch (error) {
    // NATS may answer while its JetStream does not.
    await connection?.close();
    const hosts = serversOf(options.url).servers.join(', ');
    throw new AppError(
      'UNAVAILABLE',
      `NATS with JetStream does not answer at ${hosts}: ${messageOf(error)}`,
      {
        retryable: true,
        cause: error,
      },
    );
  }
}

/** What the subjects of all answers to a user begin with. */
export function inboxPrefixOf(user: string): string {
  return `_INBOX_${user}`;
}

function serversOf(urls: string): { servers: string[]; user?: string; pass?: string; token?: string } {
  const parsed = urls.split(',').map((url) => new URL(url.trim()));
  const servers = parsed.map((url) => `${url.protocol}//${url.host}`);
  const [first] = parsed;
  if (first === undefined || first.username === '') return { servers };
  const user = decodeURIComponent(first.username);
  if (first.password === '') return { servers, token: user };
  return { servers, user, pass: decodeURIComponent(first.password) };
}

/** What servers take when they say nothing else. */
const USUAL_MAX_PAYLOAD_BYTES = 1024 * 1024;

/** The largest message that the server takes, headers included, in bytes. */
export function maxPayloadBytes({ connection }: Messaging): number {
  return connection.info?.max_payload ?? USUAL_MAX_PAYLOAD_BYTES;
}
