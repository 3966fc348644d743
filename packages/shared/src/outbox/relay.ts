import { createHash } from 'node:crypto';
import { headers as natsHeaders } from 'nats';
import pg from 'pg';
import { messageOf } from '../errors/index.ts';
import { type Messaging, qualify } from '../messaging/index.ts';
import { type Logger, meter } from '../telemetry/index.ts';

const BATCH_ROWS = 500;
const POLL_MS = 1_000;
const PUBLISH_TIMEOUT_MS = 5_000;

const publishedCount = meter.createCounter('hoerok_outbox_published', {
  description: 'Outbox messages published',
});

interface OutboxRow {
  readonly id: string;
  readonly message_id: string;
  readonly aggregate_key: string;
  readonly subject: string;
  readonly headers: Record<string, string>;
  readonly payload: string;
}

/** Publishes the outbox of one database. */
export interface Relay {
  /** There is something to publish, go now. Never throws, never waits. */
  readonly nudge: () => void;
  /** Publishes what is there, then lets go of the database. */
  readonly stop: () => Promise<void>;
}

/** What {@link startRelay} needs. */
export interface RelayDeps {
  readonly databaseUrl: string;
  readonly messaging: Messaging;
  readonly logger: Logger;
  /** Name of the service; replicas of it share one relay lock and nudge one another. */
  readonly service: string;
}

/**
 * Starts the relay. One replica per database is active (session advisory lock), the others wait for it to go.
 *
 * Guarantees: at least once; in the order of rows within one aggregate key; a row is deleted only after its PubAck. A
 * row that cannot be published stays and holds back only its own aggregate.
 */
export function startRelay(deps: RelayDeps): Relay {
  const nudgeSubject = qualify(deps.messaging.namespace, `nudge.${deps.service}.outbox`);
  const wake = createWake();
  // Rows may also be written by a replica whose relay only waits: it tells the active one.
  const nudges = deps.messaging.connection.subscribe(nudgeSubject, { callback: () => wake.signal() });
  let stopping = false;
  const done = runUntilStopped(deps, wake, () => stopping);
  return {
    nudge: () => {
      wake.signal();
      if (!deps.messaging.connection.isClosed()) deps.messaging.connection.publish(nudgeSubject);
    },
    stop: async () => {
      stopping = true;
      nudges.unsubscribe();
      wake.signal();
      await done;
    },
  };
}

async function runUntilStopped(deps: RelayDeps, wake: Wake, stopping: () => boolean): Promise<void> {
  while (!stopping()) {
    let client: pg.Client | undefined;
    try {
      client = await connectExclusively(deps, stopping);
      if (client !== undefined) await relayUntilStopped(deps, client, { wake, stopping });
    } catch (error) {
      deps.logger.warn({ reason: messageOf(error) }, 'outbox relay lost its database, reconnecting');
      await wake.wait(POLL_MS);
    } finally {
      await client?.end().catch(() => undefined);
    }
  }
}

/** A connection that holds the relay lock; undefined when the process stops while another one holds it. */
async function connectExclusively(deps: RelayDeps, stopping: () => boolean): Promise<pg.Client | undefined> {
  const client = new pg.Client({
    connectionString: deps.databaseUrl,
    application_name: `hoerok ${deps.service} relay`,
  });
  // Without a listener a restart of PostgreSQL would end the process.
  client.on('error', (error) =>
    deps.logger.warn({ reason: error.message }, 'outbox relay connection failed'),
  );
  await client.connect();
  const lock = createHash('sha256').update('hoerok outbox relay').digest().readInt32BE(0);
  while (!stopping()) {
    const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [lock]);
    if (rows[0]?.held === true) return client;
    await createWake().wait(POLL_MS);
  }
  await client.end();
  return undefined;
}

async function relayUntilStopped(
  deps: RelayDeps,
  client: pg.Client,
  run: { wake: Wake; stopping: () => boolean },
): Promise<void> {
  for (;;) {
    run.wake.reset();
    const { rows } = await client.query<OutboxRow>(
      `SELECT id, message_id, aggregate_key, subject, headers, payload FROM outbox ORDER BY id LIMIT ${BATCH_ROWS}`,
    );
    const published = await publishBatch(deps, rows);
    if (published.length > 0)
      await client.query('DELETE FROM outbox WHERE id = ANY($1::bigint[])', [published]);
    if (run.stopping() && (rows.length === 0 || published.length === 0)) return;
    // A batch that made progress may have more behind it; one that made none waits like an empty one.
    if (rows.length === 0 || published.length === 0) await run.wake.wait(POLL_MS);
  }
}

async function publishBatch(deps: RelayDeps, rows: readonly OutboxRow[]): Promise<string[]> {
  const published: string[] = [];
  const byAggregate = Map.groupBy(rows, (row) => row.aggregate_key);
  await Promise.all(
    [...byAggregate.values()].map(async (group) => {
      for (const row of group) {
        if (!(await publishRow(deps, row))) return;
        published.push(row.id);
      }
    }),
  );
  publishedCount.add(published.length, { service: deps.service });
  return published;
}

async function publishRow(deps: RelayDeps, row: OutboxRow): Promise<boolean> {
  const { messaging, logger } = deps;
  const headers = natsHeaders();
  for (const [name, value] of Object.entries(row.headers)) headers.set(name, value);
  try {
    await messaging.jetstream.publish(qualify(messaging.namespace, row.subject), row.payload, {
      msgID: row.message_id,
      headers,
      timeout: PUBLISH_TIMEOUT_MS,
    });
    return true;
  } catch (error) {
    logger.warn({ subject: row.subject, reason: messageOf(error) }, 'outbox message not published yet');
    return false;
  }
}

interface Wake {
  readonly signal: () => void;
  readonly reset: () => void;
  readonly wait: (timeoutMs: number) => Promise<void>;
}

/** A latch: a signal that comes while nobody waits is kept until the next wait. */
function createWake(): Wake {
  let signalled = false;
  let waiting: (() => void) | undefined;
  return {
    signal: () => {
      signalled = true;
      waiting?.();
    },
    reset: () => {
      signalled = false;
    },
    wait: async (timeoutMs) => {
      if (signalled) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting = resolve;
      const timer = setTimeout(resolve, timeoutMs);
      await promise;
      clearTimeout(timer);
      waiting = undefined;
    },
  };
}
