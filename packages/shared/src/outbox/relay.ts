import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { NatsConnection } from 'nats';
import pg from 'pg';
import { messageOf } from '../errors/index.ts';
import { qualify } from '../messaging/index.ts';
import { createPublisher, type Link, type PublisherDeps } from './publisher.ts';
import { createWake, type Wake } from './wake.ts';

const POLL_MS = 1_000;
const CONNECT_TIMEOUT_MS = 5_000;
const QUERY_TIMEOUT_MS = 15_000;
/** Of a session that polls every second, and publishes for five at most. */
const SILENT_MS = 10_000;

/** Publishes the outbox of one database. */
export interface Relay {
  /** There is something to publish, go now. Never throws, never waits. */
  readonly nudge: () => void;
  /** Publishes what is there, then lets go of the database. */
  readonly stop: () => Promise<void>;
}

/** What {@link startRelay} needs; replicas of one `service` share one relay lock and nudge one another. */
export interface RelayDeps extends PublisherDeps {
  readonly databaseUrl: string;
}

/**
 * Starts the relay. One replica per database is active (session advisory lock), the others wait for it to go.
 *
 * Guarantees: at least once; in the order of rows within one aggregate key; a row leaves the outbox only after its
 * PubAck, and comes back when its stream loses the message within a day. A row that cannot be published stays and holds
 * back only its own aggregate.
 */
export function startRelay(deps: RelayDeps): Relay {
  const { connection, namespace } = deps.messaging;
  const nudgeSubject = qualify(namespace, `nudge.${deps.service}.outbox`);
  const wake = createWake();
  const self = randomUUID();
  // Rows may also be written by a replica whose relay only waits: it tells the active one.
  const nudges = connection.subscribe(nudgeSubject, {
    callback: (_error, message) => {
      if (message.string() !== self) wake.signal();
    },
  });
  const stopping = new AbortController();
  const link = watchConnection(connection, wake);
  const done = runUntilStopped(deps, { wake, link, stopping: stopping.signal });
  return {
    nudge: () => {
      wake.signal();
      // A closing connection refuses to publish; the commit that nudges has happened and must not look failed.
      if (!connection.isClosed() && !connection.isDraining()) connection.publish(nudgeSubject, self);
    },
    stop: async () => {
      nudges.unsubscribe();
      stopping.abort();
      wake.signal();
      await done;
    },
  };
}

/** Watches the connection to NATS; when it comes back, the relay is woken. */
function watchConnection(connection: NatsConnection, wake: Wake): Link {
  let up = true;
  let generation = 0;
  // The iterator ends with the connection.
  void (async () => {
    for await (const { type } of connection.status()) {
      if (type === 'disconnect') up = false;
      if (type !== 'reconnect') continue;
      up = true;
      generation += 1;
      wake.signal();
    }
  })();
  return { isUp: () => up, generation: () => generation };
}

interface Run {
  readonly wake: Wake;
  readonly link: Link;
  readonly stopping: AbortSignal;
}

async function runUntilStopped(deps: RelayDeps, run: Run): Promise<void> {
  const { stopping } = run;
  while (!stopping.aborted) {
    const client = openClient(deps);
    try {
      await client.connect();
      // Only here: what it writes is how far it has come. When the end of that is lost, messages are published once
      // more, which JetStream drops, or the check of the streams finds the same ones missing again.
      await client.query('SET synchronous_commit = off');
      // A relay that has vanished without a word must not keep the lock: PostgreSQL ends its session, another one takes over.
      await client.query(`SET idle_session_timeout = ${SILENT_MS}`);
      if (await becomeActive(client, stopping)) await relayUntilStopped(deps, client, run);
    } catch (error) {
      deps.logger.warn({ reason: messageOf(error) }, 'outbox relay lost its database, reconnecting');
      await pause(stopping);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

function openClient(deps: RelayDeps): pg.Client {
  const client = new pg.Client({
    connectionString: deps.databaseUrl,
    application_name: `hoerok ${deps.service} relay`,
    // A connection whose other end has vanished must fail, not hang.
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
  });
  // Without a listener a restart of PostgreSQL would end the process.
  client.on('error', (error) =>
    deps.logger.warn({ reason: error.message }, 'outbox relay connection failed'),
  );
  return client;
}

/** Waits for the relay lock; false when the process stops while another one holds it. */
async function becomeActive(client: pg.Client, stopping: AbortSignal): Promise<boolean> {
  const lock = createHash('sha256').update('hoerok outbox relay').digest().readInt32BE(0);
  for (;;) {
    const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [lock]);
    if (rows[0]?.held === true) return true;
    if (stopping.aborted) return false;
    await pause(stopping);
  }
}

async function relayUntilStopped(deps: RelayDeps, client: pg.Client, run: Run): Promise<void> {
  const publisher = createPublisher(deps, client, run);
  for (;;) {
    // What was committed before the stop is visible to this pass, which is the last.
    const last = run.stopping.aborted;
    // A commit during the pass may come too late for it; its signal starts the next one at once.
    run.wake.reset();
    // While NATS is away nothing else is asked of PostgreSQL, which would take this session for dead.
    if (!run.link.isUp()) await client.query('SELECT 1');
    await publisher.publishAll();
    if (last) return;
    if (!run.stopping.aborted) await run.wake.wait(POLL_MS);
  }
}

async function pause(stopping: AbortSignal): Promise<void> {
  // Stopping cuts the pause short; that is no failure.
  await delay(POLL_MS, undefined, { signal: stopping }).catch(() => undefined);
}
