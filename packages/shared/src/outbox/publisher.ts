import { JetStreamApiError } from '@nats-io/jetstream';
import { InvalidArgumentError, InvalidSubjectError, headers as natsHeaders, RequestError } from 'nats';
import type pg from 'pg';
import { messageOf } from '../errors/index.ts';
import { faultPoint } from '../faults/index.ts';
import { type Messaging, qualify } from '../messaging/index.ts';
import { type Logger, meter, SpanKind, traceHeaders, withSpan } from '../telemetry/index.ts';

const BATCH_ROWS = 500;
const PUBLISH_TIMEOUT_MS = 5_000;
/** How long a subject that JetStream refused is left alone. */
const HOLD_MS = 1_000;
/** More refused subjects than this are no trouble of single streams any more. */
const MAX_HELD_SUBJECTS = 200;

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

/** What {@link createPublisher} needs. */
export interface PublisherDeps {
  readonly messaging: Messaging;
  readonly logger: Logger;
  readonly service: string;
  /** Creates the streams of the service again when NATS has lost them. @default does nothing */
  readonly repairStreams?: () => Promise<void>;
}

/** Moves rows of the outbox to JetStream. */
export interface Publisher {
  /** Publishes everything that is there and can be published now. Throws only for the database. */
  readonly publishAll: () => Promise<void>;
}

type PublishOutcome = 'published' | 'refused' | 'unreachable';

/** What it remembers between passes. */
interface Memory {
  /** Until when, in milliseconds of `performance.now()`, a refused subject is left alone. */
  readonly held: Map<string, number>;
  /** NATS has not been reached yet, or not by the last pass. */
  suspect: boolean;
}

/** Builds the publisher over a connection that holds the relay lock; `isConnected` tells of the connection to NATS. */
export function createPublisher(
  deps: PublisherDeps,
  client: pg.Client,
  isConnected: () => boolean,
): Publisher {
  const memory: Memory = { held: new Map(), suspect: true };
  return {
    publishAll: async () => {
      // While NATS is away nothing is handed to its client, which would keep it all in memory until it times out.
      if (!isConnected() || (memory.suspect && !(await reaches(deps)))) return;
      memory.suspect = false;
      let after = '0';
      for (;;) {
        const rows = await readBatch(client, after, heldNow(memory));
        const lastRow = rows.at(-1);
        if (lastRow === undefined) return;
        const published = await publishBatch(deps, rows, memory);
        faultPoint('outbox:after-publish');
        if (published.length > 0)
          await client.query('DELETE FROM outbox WHERE id = ANY($1::bigint[])', [published]);
        if (memory.suspect || rows.length < BATCH_ROWS) return;
        // Rows that stay must not hide those behind them. A row that commits late with a lower id is not lost: the
        // next pass begins at the start again.
        after = lastRow.id;
      }
    },
  };
}

async function reaches(deps: PublisherDeps): Promise<boolean> {
  return await deps.messaging.connection.rtt().then(
    () => true,
    () => false,
  );
}

function heldNow(memory: Memory): string[] {
  for (const [subject, until] of memory.held) if (until <= performance.now()) memory.held.delete(subject);
  return [...memory.held.keys()];
}

/** The next rows, without those of aggregates whose turn is a message that is left alone for now. */
async function readBatch(client: pg.Client, after: string, held: readonly string[]): Promise<OutboxRow[]> {
  const columns = 'id, message_id, aggregate_key, subject, headers, payload';
  const free =
    held.length === 0
      ? ''
      : `AND NOT EXISTS (SELECT 1 FROM outbox b
           WHERE b.aggregate_key = o.aggregate_key AND b.id <= o.id AND b.subject = ANY($2))`;
  const { rows } = await client.query<OutboxRow>(
    `SELECT ${columns} FROM outbox o WHERE id > $1 ${free} ORDER BY id LIMIT ${BATCH_ROWS}`,
    held.length === 0 ? [after] : [after, held],
  );
  return rows;
}

/** Ids of the rows that JetStream has stored: aggregates side by side, the rows of each one after the other. */
async function publishBatch(
  deps: PublisherDeps,
  rows: readonly OutboxRow[],
  memory: Memory,
): Promise<string[]> {
  const published: string[] = [];
  const byAggregate = Map.groupBy(rows, (row) => row.aggregate_key);
  await Promise.all(
    [...byAggregate.values()].map(async (group) => {
      for (const row of group) {
        const outcome = await publishRow(deps, row);
        if (outcome === 'refused') memory.held.set(row.subject, performance.now() + HOLD_MS);
        if (outcome === 'unreachable' || memory.held.size > MAX_HELD_SUBJECTS) memory.suspect = true;
        if (outcome !== 'published') return;
        published.push(row.id);
      }
    }),
  );
  publishedCount.add(published.length, { service: deps.service });
  return published;
}

async function publishRow(deps: PublisherDeps, row: OutboxRow): Promise<PublishOutcome> {
  const { messaging, logger } = deps;
  try {
    const kind = row.headers['ce-type'] ?? row.subject.split('.').slice(0, 3).join('.');
    const span = { name: `publish ${kind}`, kind: SpanKind.PRODUCER, parent: row.headers };
    await withSpan(span, async () => {
      const headers = natsHeaders();
      for (const [name, value] of Object.entries({ ...row.headers, ...traceHeaders() }))
        headers.set(name, value);
      await messaging.jetstream.publish(qualify(messaging.namespace, row.subject), row.payload, {
        msgID: row.message_id,
        headers,
        timeout: PUBLISH_TIMEOUT_MS,
      });
    });
    return 'published';
  } catch (error) {
    logger.warn({ subject: row.subject, reason: messageOf(error) }, 'outbox message not published yet');
    // No stream listens: it was deleted, or the store of JetStream was lost.
    if (isWithoutStream(error)) await repair(deps);
    return isRefusal(error) ? 'refused' : 'unreachable';
  }
}

/** True when NATS or its client has said no to this one message; false when nobody answered. */
function isRefusal(error: unknown): boolean {
  if (error instanceof JetStreamApiError || isWithoutStream(error)) return true;
  return error instanceof InvalidArgumentError || error instanceof InvalidSubjectError;
}

function isWithoutStream(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof RequestError && error.cause.isNoResponders();
}

async function repair(deps: PublisherDeps): Promise<void> {
  try {
    await deps.repairStreams?.();
  } catch (error) {
    deps.logger.warn({ reason: messageOf(error) }, 'streams not created again yet');
  }
}
