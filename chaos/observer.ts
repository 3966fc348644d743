import { deadLetterStream, type Messaging, streamNames } from '@hoerok/shared/messaging';
import pg from 'pg';
import { POISON, SERVICE } from './operation.ts';

/** Rows of one query over a connection of its own: whatever was killed meanwhile does not matter. */
export async function query<Row extends pg.QueryResultRow>(
  url: string,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    query_timeout: 15_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Row>(sql, [...parameters])).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** What is not finished yet, in words; empty once the system has come to rest. */
export async function findUnfinished(databaseUrl: string, messaging: Messaging): Promise<string[]> {
  const [rows] = await query<{ tasks: number; outbox: number }>(
    databaseUrl,
    `SELECT (SELECT count(*)::int FROM task WHERE finished_at IS NULL) AS tasks,
       (SELECT count(*)::int FROM outbox) AS outbox`,
  );
  const unfinished: string[] = [];
  if (rows === undefined || rows.tasks > 0) unfinished.push(`${rows?.tasks} tasks not terminal`);
  if (rows === undefined || rows.outbox > 0) unfinished.push(`${rows?.outbox} rows in the outbox`);
  const { tasks, events } = streamNames(messaging.namespace, SERVICE);
  for (const stream of [tasks, events]) {
    for await (const info of messaging.manager.consumers.list(stream)) {
      const left = info.num_pending + info.num_ack_pending;
      if (info.config.durable_name !== undefined && left > 0)
        unfinished.push(`${left} messages of ${info.name}`);
    }
  }
  return unfinished;
}

/** A message of a stream, as far as the checker reads it. */
export interface StreamMessage {
  readonly subject: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly data: Uint8Array;
}

/** Every message that the stream holds, in order. */
export async function readStream(messaging: Messaging, stream: string): Promise<StreamMessage[]> {
  const { messages: total } = (await messaging.manager.streams.info(stream)).state;
  const found: StreamMessage[] = [];
  if (total === 0) return found;
  const consumer = await messaging.jetstream.consumers.get(stream);
  while (found.length < total) {
    const before = found.length;
    for await (const message of await consumer.fetch({ max_messages: 500, expires: 2_000 })) {
      const headers = [...(message.headers ?? [])].map(([name, values]) => [name, values[0] ?? '']);
      found.push({
        subject: message.subject,
        headers: Object.fromEntries(headers) as Record<string, string>,
        data: message.data,
      });
      if (found.length >= total) break;
    }
    if (found.length === before) break;
  }
  await consumer.delete();
  return found;
}

/** Dead letters by cause. */
export async function countDeadLetters(messaging: Messaging): Promise<Record<string, number>> {
  const letters = await readStream(messaging, deadLetterStream(messaging.namespace));
  const counts: Record<string, number> = {};
  for (const { headers } of letters) {
    const cause = headers['x-dead-cause'] ?? '?';
    counts[cause] = (counts[cause] ?? 0) + 1;
  }
  return counts;
}

/** Seconds from the acceptance of an operation to its effect, as the slowest one in a hundred had it, and the slowest. */
export interface Waits {
  readonly p99: number;
  readonly slowest: number;
}

/** How long operations waited that were accepted between the two moments, which are by the clock of the database. */
export async function measureWaits(databaseUrl: string, from: Date, to: Date): Promise<Waits> {
  const [waits] = await query<{ p99: number | null; slowest: number | null }>(
    databaseUrl,
    `SELECT percentile_cont(0.99) WITHIN GROUP (ORDER BY seconds) AS p99, max(seconds) AS slowest FROM (
       SELECT extract(epoch FROM coalesce(min(e.at), clock_timestamp()) - o.at)::float8 AS seconds
       FROM operation o LEFT JOIN effect e ON e.op = o.id WHERE o.at BETWEEN $1 AND $2 AND o.id NOT LIKE '${POISON}%' GROUP BY o.id) each_operation`,
    [from, to],
  );
  return { p99: waits?.p99 ?? 0, slowest: waits?.slowest ?? 0 };
}

/** The time by the clock of the database. */
export async function databaseTime(databaseUrl: string): Promise<Date> {
  const [row] = await query<{ now: Date }>(databaseUrl, 'SELECT now()');
  return row?.now ?? new Date();
}
