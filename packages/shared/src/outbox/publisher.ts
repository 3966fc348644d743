import { JetStreamApiError, type PubAck } from '@nats-io/jetstream';
import { InvalidArgumentError, InvalidSubjectError, headers as natsHeaders, RequestError } from 'nats';
import type pg from 'pg';
import { messageOf } from '../errors/index.ts';
import { faultPoint } from '../faults/index.ts';
import { qualify } from '../messaging/index.ts';
import { meter, SpanKind, traceHeaders, withSpan } from '../telemetry/index.ts';
import { createLedger, type Ledger, type LedgerDeps, type Published } from './ledger.ts';

const BATCH_ROWS = 500;
const PUBLISH_TIMEOUT_MS = 5_000;
/** How long a subject that JetStream refused is left alone. */
const HOLD_MS = 1_000;
const CHECK_INTERVAL_MS = 30_000;
const CHECKS_PER_PASS = 3;
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
export interface PublisherDeps extends LedgerDeps {
  /** How often the streams are compared with what was published, without a reason to. @default 30000 */
  readonly checkIntervalMs?: number;
}

/** The connection to NATS as its owner watches it. */
export interface Link {
  readonly isUp: () => boolean;
  /** Another number after each reconnect: the server may have been restarted, with less than it had. */
  readonly generation: () => number;
}

/** Moves rows of the outbox to JetStream. */
export interface Publisher {
  /** Publishes everything that is there and can be published now. Throws only for the database. */
  readonly publishAll: () => Promise<void>;
}

type PublishOutcome = 'refused' | 'unreachable' | PubAck;

/** What it remembers between passes. */
interface Memory {
  /** Until when, in milliseconds of `performance.now()`, a refused subject is left alone. */
  readonly held: Map<string, number>;
  /** NATS has not been reached yet, or not by the last pass. */
  suspect: boolean;
  /** A publish has found no stream. */
  streamMissing: boolean;
  /** A place is in doubt, or a message was found damaged. */
  doubtful: boolean;
  /** Of the link at the last check. */
  generation: number;
  /** In milliseconds of `performance.now()`. */
  nextCheckAt: number;
  pruning: boolean;
  verifying: boolean;
}

interface Publishing {
  readonly deps: PublisherDeps;
  readonly client: pg.Client;
  readonly ledger: Ledger;
  readonly link: Link;
  readonly memory: Memory;
  readonly stopping: AbortSignal;
}

/** Builds the publisher over a connection that holds the relay lock. */
export function createPublisher(
  deps: PublisherDeps,
  client: pg.Client,
  { link, stopping }: { readonly link: Link; readonly stopping: AbortSignal },
): Publisher {
  const ledger = createLedger(deps, client);
  const memory: Memory = {
    held: new Map(),
    suspect: true,
    streamMissing: false,
    doubtful: false,
    generation: -1,
    nextCheckAt: 0,
    pruning: false,
    verifying: false,
  };
  const publishing: Publishing = { deps, client, ledger, link, memory, stopping };
  return {
    publishAll: async () => {
      let after = '0';
      let checks = 0;
      for (;;) {
        // While NATS is away nothing is handed to its client, which would keep it all in memory until it times out.
        if (!link.isUp()) return;
        if (isCheckDue(publishing)) {
          // What a check does not mend waits for the next pass.
          if (checks === CHECKS_PER_PASS || !(await check(publishing))) return;
          checks += 1;
          // What was put back comes first.
          after = '0';
        }
        const rows = await readBatch(client, after, heldNow(memory));
        const lastRow = rows.at(-1);
        if (lastRow === undefined) break;
        const published = await publishBatch(publishing, rows);
        faultPoint('outbox:after-publish');
        if (!(await ledger.settle(published))) memory.doubtful = true;
        if (memory.suspect) return;
        if (memory.doubtful || memory.streamMissing) continue;
        if (rows.length < BATCH_ROWS) break;
        // Rows that stay must not hide those behind them. A row that commits late with a lower id is not lost: the
        // next pass begins at the start again.
        after = lastRow.id;
      }
      // A batch a pass: nothing waits for long behind what is thrown away.
      if (memory.pruning) memory.pruning = await ledger.prune();
    },
  };
}

function isCheckDue({ memory, link }: Publishing): boolean {
  if (memory.suspect || memory.streamMissing || memory.doubtful) return true;
  return memory.generation !== link.generation() || memory.nextCheckAt <= performance.now();
}

/** Compares streams and ledger, before anything is published into a gap; false when NATS does not answer. */
async function check(publishing: Publishing): Promise<boolean> {
  const { deps, client, ledger, link, memory } = publishing;
  const generation = link.generation();
  memory.doubtful = false;
  try {
    if (memory.suspect) await deps.messaging.connection.rtt();
    const back = await ledger.check({ repair: memory.streamMissing });
    // What was refused for want of a stream follows what was put back.
    if (back > 0) memory.held.clear();
  } catch (error) {
    deps.logger.warn({ reason: messageOf(error) }, 'streams not checked yet, nothing is published');
    memory.suspect = true;
    // When it was the database that failed, this throws.
    await client.query('SELECT 1');
    return false;
  }
  memory.suspect = false;
  memory.streamMissing = false;
  if (memory.generation !== generation) void verifyOnce(publishing);
  memory.generation = generation;
  memory.nextCheckAt = performance.now() + (deps.checkIntervalMs ?? CHECK_INTERVAL_MS);
  memory.pruning = true;
  return true;
}

/** A new connection may be to a server that was restarted. Beside the publishing, for it reads what a day has left. */
async function verifyOnce({ deps, ledger, link, memory, stopping }: Publishing): Promise<void> {
  if (memory.verifying) return;
  memory.verifying = true;
  let generation: number;
  do {
    generation = link.generation();
    try {
      if (await ledger.verify(stopping)) memory.doubtful = true;
    } catch (error) {
      deps.logger.warn({ reason: messageOf(error) }, 'streams not verified');
    }
  } while (!stopping.aborted && generation !== link.generation());
  memory.verifying = false;
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

/** The rows that JetStream has stored: aggregates side by side, the rows of each one after the other. */
async function publishBatch(publishing: Publishing, rows: readonly OutboxRow[]): Promise<Published[]> {
  const { deps, memory } = publishing;
  const published: Published[] = [];
  const byAggregate = Map.groupBy(rows, (row) => row.aggregate_key);
  await Promise.all(
    [...byAggregate.values()].map(async (group) => {
      for (const row of group) {
        const outcome = await publishRow(publishing, row);
        if (outcome === 'refused') memory.held.set(row.subject, performance.now() + HOLD_MS);
        if (outcome === 'unreachable' || memory.held.size > MAX_HELD_SUBJECTS) memory.suspect = true;
        if (typeof outcome === 'string') return;
        published.push({ id: row.id, messageId: row.message_id, subject: row.subject, ack: outcome });
      }
    }),
  );
  publishedCount.add(published.length, { service: deps.service });
  return published;
}

async function publishRow(publishing: Publishing, row: OutboxRow): Promise<PublishOutcome> {
  const { deps, ledger, memory } = publishing;
  try {
    const ack = await send(deps, row, row.message_id);
    if (!ack.duplicate || ledger.holds(ack)) return ack;
    // JetStream remembers the id, but has lost the message. Consumers know an event by `ce-id`, which stays the same.
    return await send(deps, row, `${row.message_id}:${ack.seq}`);
  } catch (error) {
    deps.logger.warn({ subject: row.subject, reason: messageOf(error) }, 'outbox message not published yet');
    // No stream listens: it was deleted, or the store of JetStream was lost.
    if (isWithoutStream(error)) memory.streamMissing = true;
    return isRefusal(error) ? 'refused' : 'unreachable';
  }
}

async function send({ messaging }: PublisherDeps, row: OutboxRow, messageId: string): Promise<PubAck> {
  const kind = row.headers['ce-type'] ?? row.subject.split('.').slice(0, 3).join('.');
  const span = { name: `publish ${kind}`, kind: SpanKind.PRODUCER, parent: row.headers };
  return await withSpan(span, async () => {
    const headers = natsHeaders();
    for (const [name, value] of Object.entries({ ...row.headers, ...traceHeaders() }))
      headers.set(name, value);
    return await messaging.jetstream.publish(qualify(messaging.namespace, row.subject), row.payload, {
      msgID: messageId,
      headers,
      timeout: PUBLISH_TIMEOUT_MS,
    });
  });
}

/** True when NATS or its client has said no to this one message; false when nobody answered. */
function isRefusal(error: unknown): boolean {
  if (error instanceof JetStreamApiError || isWithoutStream(error)) return true;
  return error instanceof InvalidArgumentError || error instanceof InvalidSubjectError;
}

function isWithoutStream(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof RequestError && error.cause.isNoResponders();
}
