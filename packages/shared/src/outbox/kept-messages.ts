import type pg from 'pg';

/** Hours that a published message is kept, to be published again should its stream lose it. */
export const OUTBOX_KEEP_HOURS = 24;

const PRUNE_ROWS = 1_000;
/** Putting back a whole day takes longer than any other statement of the relay. */
const PUT_BACK_TIMEOUT_MS = 600_000;
const NANOSECONDS_PER_SECOND = 1_000_000_000;
/** A message is written down a little after it was stored; one that is about to expire is not missed. */
const EXPIRY_SLACK_SECONDS = 60;
const NEVER_SECONDS = 1_000_000_000;

/** Where a message of the outbox lies; `null` for a message that is not kept. */
export interface Placed {
  readonly id: string;
  readonly place: { readonly stream: string; readonly epoch: string; readonly seq: number } | null;
}

/** What a stream holds, to be held against what is kept. */
export interface Holding {
  readonly stream: string;
  readonly epoch: string;
  readonly first: number;
  readonly last: number;
  /** Sequences between the two whose messages are gone. */
  readonly gone: readonly number[];
  /** 0: for ever. */
  readonly maxAgeNs: number;
}

const COLUMNS = 'id, message_id, aggregate_key, subject, headers, payload, created_at';

/** A place that is taken is that of the same message, published twice: {@link putBackReplaced} comes before. */
const KEEP = `
  WITH acked AS (SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[]) AS a (id, stream, epoch, seq)),
  gone AS (DELETE FROM outbox o USING acked a WHERE o.id = a.id RETURNING o.*, a.stream, a.epoch, a.seq)
  INSERT INTO outbox_published (${COLUMNS}, stream, stream_epoch, stream_seq)
  SELECT ${COLUMNS}, stream, epoch, seq FROM gone WHERE stream IS NOT NULL ON CONFLICT DO NOTHING`;

/** Takes published messages out of the outbox, in one statement, and keeps those that have a place. */
export async function keepPublished(client: pg.Client, published: readonly Placed[]): Promise<void> {
  if (published.length === 0) return;
  await client.query(KEEP, [
    published.map(({ id }) => id),
    published.map(({ place }) => place?.stream ?? null),
    published.map(({ place }) => place?.epoch ?? null),
    published.map(({ place }) => place?.seq ?? null),
  ]);
}

/** Puts back what the stream does not hold; under their old ids, so in their old order. @returns how many. */
export async function putBackLost(client: pg.Client, holding: Holding): Promise<number> {
  const { stream, epoch, first, last, gone, maxAgeNs } = holding;
  const maxAge = maxAgeNs === 0 ? NEVER_SECONDS : maxAgeNs / NANOSECONDS_PER_SECOND - EXPIRY_SLACK_SECONDS;
  const before = `stream_seq < $4 AND published_at > now() - make_interval(secs => $6)`;
  // Each line is a range of the primary key.
  const lost = `(stream = $1 AND stream_epoch < $2)
    OR (stream = $1 AND stream_epoch > $2)
    OR (stream = $1 AND stream_epoch = $2 AND stream_seq > $3)
    OR (stream = $1 AND stream_epoch = $2 AND ${before})
    OR (stream = $1 AND stream_epoch = $2 AND stream_seq = ANY($5::bigint[]))`;
  return await putBack(client, lost, [stream, epoch, last, first, gone, maxAge]);
}

/**
 * Puts back messages whose place another one has. JetStream says of a copy that it drops where the first one lies: what
 * the books have there was lost, and its number given away while no acknowledgement came through.
 */
export async function putBackReplaced(
  client: pg.Client,
  copies: {
    readonly stream: string;
    readonly epoch: string;
    readonly seqs: number[];
    readonly ids: string[];
  },
): Promise<number> {
  const replaced =
    'stream = $1 AND stream_epoch = $2 AND stream_seq = ANY($3::bigint[]) AND message_id <> ALL($4::text[])';
  return await putBack(client, replaced, [copies.stream, copies.epoch, copies.seqs, copies.ids]);
}

async function putBack(client: pg.Client, which: string, parameters: readonly unknown[]): Promise<number> {
  const statement = {
    text: `WITH lost AS (DELETE FROM outbox_published WHERE ${which} RETURNING *)
      INSERT INTO outbox (${COLUMNS}) OVERRIDING SYSTEM VALUE SELECT ${COLUMNS} FROM lost ON CONFLICT DO NOTHING`,
    values: [...parameters],
    query_timeout: PUT_BACK_TIMEOUT_MS,
  };
  return (await client.query(statement)).rowCount ?? 0;
}

/** Forgets a batch of what is old enough; true when there may be more. */
export async function pruneKept(client: pg.Client): Promise<boolean> {
  const { rowCount } = await client.query(
    `DELETE FROM outbox_published WHERE ctid = ANY(ARRAY(
       SELECT ctid FROM outbox_published WHERE published_at < now() - interval '${OUTBOX_KEEP_HOURS} hours'
       ORDER BY published_at LIMIT ${PRUNE_ROWS}))`,
  );
  return rowCount === PRUNE_ROWS;
}

/** Streams with kept messages. Goes from name to name by the index: a day of messages has a handful of them. */
export async function findKeptStreams(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ stream: string }>(
    `WITH RECURSIVE name AS (
       SELECT min(stream) AS stream FROM outbox_published
       UNION ALL
       SELECT (SELECT min(p.stream) FROM outbox_published p WHERE p.stream > name.stream) FROM name
       WHERE name.stream IS NOT NULL)
     SELECT stream FROM name WHERE stream IS NOT NULL`,
  );
  return rows.map(({ stream }) => stream);
}

/** Sequence of the oldest message that is kept of a stream; `null` without any. */
export async function findOldestKept(
  client: pg.Client,
  stream: string,
  epoch: string,
): Promise<number | null> {
  const { rows } = await client.query<{ seq: string | null }>(
    'SELECT min(stream_seq) AS seq FROM outbox_published WHERE stream = $1 AND stream_epoch = $2',
    [stream, epoch],
  );
  const seq = rows[0]?.seq ?? null;
  return seq === null ? null : Number(seq);
}
