import type { PubAck, StreamInfo } from '@nats-io/jetstream';
import type pg from 'pg';
import { messageOf } from '../errors/index.ts';
import { faultPoint } from '../faults/index.ts';
import {
  deadLetterStream,
  deleteOvertaking,
  findMissing,
  findStream,
  type Messaging,
  passBrokenEnd,
  streamNames,
} from '../messaging/index.ts';
import { type Logger, meter } from '../telemetry/index.ts';
import {
  findKeptStreams,
  findOldestKept,
  keepPublished,
  pruneKept,
  putBackLost,
  putBackReplaced,
} from './kept-messages.ts';

const republishedCount = meter.createCounter('hoerok_outbox_republished', {
  description: 'Messages put back into the outbox because their stream had lost them',
});

/** What {@link createLedger} needs. */
export interface LedgerDeps {
  readonly messaging: Messaging;
  readonly logger: Logger;
  readonly service: string;
  /** Creates the streams of the service again when NATS has lost them. @default does nothing */
  readonly repairStreams?: () => Promise<void>;
}

/** A message of the outbox that JetStream has stored. */
export interface Published {
  readonly id: string;
  readonly messageId: string;
  readonly subject: string;
  readonly ack: PubAck;
}

/**
 * The books of what is published: each message is kept for a day with the place that its stream gave it, and put back
 * into the outbox when the stream does not hold it any more (ADR-8). For the one active relay of a database.
 */
export interface Ledger {
  /**
   * Takes published messages out of the outbox and keeps them; wake-ups are not kept, for the task's row repairs those.
   * @returns false when {@link Ledger.check} must come before anything else is published. Messages whose place is in
   *   doubt still wait then; JetStream drops their second copy.
   */
  readonly settle: (published: readonly Published[]) => Promise<boolean>;
  /** False for a copy that JetStream has dropped although it has lost the first one: the id outlives the message. */
  readonly holds: (ack: PubAck) => boolean;
  /**
   * Compares every stream with what is kept and puts back what is missing. A stream that is gone is created first.
   * @returns messages put back. Throws when NATS or the database does not answer.
   */
  readonly check: (options: { readonly repair: boolean }) => Promise<number>;
  /**
   * Reads what the streams hold of what is kept, and tells {@link Ledger.check} of messages that a server counts but
   * cannot read: damage on disk shows in no other way.
   * @returns true when there are such.
   */
  readonly verify: (signal: AbortSignal) => Promise<boolean>;
  /** Forgets a batch of what was kept long enough; true when there may be more. */
  readonly prune: () => Promise<boolean>;
}

/** A stream as it was last looked at. */
interface KnownStream {
  /** When it was created, as the server says it: one that was deleted and made again counts from 1 again. */
  readonly epoch: string;
  /** Changes with every loss that is not at the end. */
  readonly extent: string;
  readonly first: number;
  readonly gone: ReadonlySet<number>;
  /** Sequences that cannot be read although the server counts them. */
  readonly damaged: readonly number[];
  /** The highest sequence so far: what is published from now on comes after it. */
  last: number;
  /** A new message was given this sequence, which had been given away: the stream was cut off before it. */
  cutAt?: number;
}

interface Books {
  readonly deps: LedgerDeps;
  readonly client: pg.Client;
  /** `null` until it is looked at. */
  readonly streams: Map<string, KnownStream | null>;
  /** Those whose end could not be mended; not tried again by this relay, for it fills the disk. */
  readonly unmendable: Set<string>;
}

/** Builds the {@link Ledger} over a connection that holds the relay lock. */
export function createLedger(deps: LedgerDeps, client: pg.Client): Ledger {
  const books: Books = { deps, client, streams: new Map(), unmendable: new Set() };
  return {
    settle: (published) => settle(books, published),
    holds: ({ stream, seq }) => {
      const known = books.streams.get(stream);
      return known == null || (seq >= known.first && !known.gone.has(seq));
    },
    check: async ({ repair }) => {
      if (repair) await repairStreams(deps);
      let repaired = repair;
      let back = 0;
      const { namespace } = deps.messaging;
      const own = [streamNames(namespace, deps.service).events, deadLetterStream(namespace)];
      for (const name of new Set([...own, ...books.streams.keys(), ...(await findKeptStreams(client))])) {
        let found = await findStream(deps.messaging, name);
        if (found === null && !repaired) {
          await repairStreams(deps);
          repaired = true;
          found = await findStream(deps.messaging, name);
        }
        // Of a stream that is not ours to create, messages are kept until somebody does.
        if (found === null) books.streams.delete(name);
        else {
          back += await checkStream(books, found);
          await mendEnd(books, found);
        }
      }
      return back;
    },
    verify: (signal) => verify(books, signal),
    prune: () => pruneKept(client),
  };
}

async function repairStreams(deps: LedgerDeps): Promise<void> {
  try {
    await deps.repairStreams?.();
  } catch (error) {
    deps.logger.warn({ reason: messageOf(error) }, 'streams not created again yet');
  }
}

const isKept = ({ subject }: Published): boolean => !subject.startsWith('task.');

async function settle(books: Books, published: readonly Published[]): Promise<boolean> {
  const doubtful = findDoubtful(books, published.filter(isKept));
  const settled = published.filter((one) => !isKept(one) || !doubtful.has(one.ack.stream));
  const epochOf = (stream: string): string => books.streams.get(stream)?.epoch ?? '';
  let replaced = 0;
  const copies = settled.filter((one) => isKept(one) && one.ack.duplicate);
  for (const [stream, group] of Map.groupBy(copies, ({ ack }) => ack.stream)) {
    const seqs = group.map(({ ack }) => ack.seq);
    const ids = group.map(({ messageId }) => messageId);
    replaced += await putBackReplaced(books.client, { stream, epoch: epochOf(stream), seqs, ids });
  }
  if (replaced > 0) report(books, replaced, 'replaced by others');
  const placed = settled.map((one) => {
    const { stream, seq } = one.ack;
    return { id: one.id, place: isKept(one) ? { stream, epoch: epochOf(stream), seq } : null };
  });
  await keepPublished(books.client, placed);
  if (placed.length > 0) faultPoint('outbox:after-settle');
  return doubtful.size === 0 && replaced === 0;
}

/** Streams that are not known yet, or gave a new message a sequence that had been given away. */
function findDoubtful({ streams }: Books, published: readonly Published[]): Set<string> {
  const doubtful = new Set<string>();
  for (const { ack } of published) {
    const known = streams.get(ack.stream) ?? null;
    if (known === null) {
      streams.set(ack.stream, null);
      doubtful.add(ack.stream);
    } else if (!ack.duplicate && ack.seq <= known.last) {
      known.cutAt = Math.min(ack.seq, known.cutAt ?? ack.seq);
      doubtful.add(ack.stream);
    } else {
      known.last = Math.max(known.last, ack.seq);
    }
  }
  return doubtful;
}

/** Makes a stream that has lost its end fit to be written to, and read by all of its consumers. */
async function mendEnd({ deps, streams, unmendable }: Books, found: StreamInfo): Promise<void> {
  const { messaging, logger } = deps;
  const { name } = found.config;
  const consumers = await deleteOvertaking(messaging, found);
  if (consumers.length > 0)
    logger.warn({ stream: name, consumers }, 'consumers that were ahead of their stream deleted');
  if (unmendable.has(name)) return;
  const filled = await passBrokenEnd(messaging, found);
  if (filled === null) {
    unmendable.add(name);
    logger.error({ stream: name }, 'what is stored in this stream cannot be read');
    return;
  }
  const known = streams.get(name);
  if (filled.length === 0 || known == null) return;
  logger.warn(
    { stream: name, messages: filled.length },
    'damaged end of the stream passed by filling its block',
  );
  streams.set(name, {
    ...known,
    gone: new Set([...known.gone, ...filled]),
    last: filled.at(-1) ?? known.last,
  });
}

async function checkStream(books: Books, found: StreamInfo): Promise<number> {
  const { created: epoch, config, state } = found;
  const { messages, last_seq: last } = state;
  const known = books.streams.get(config.name) ?? null;
  // An operator's limits make room all the time: what they push out is not lost.
  const bounded = config.max_msgs > 0 || config.max_bytes > 0 || config.max_msgs_per_subject > 0;
  const first = bounded ? 0 : state.first_seq;
  const missing = bounded || messages === 0 ? 0 : last - first + 1 - messages;
  const extent = `${epoch} ${first} ${missing}`;
  if (known?.extent === extent && known.cutAt === undefined && last >= known.last) {
    known.last = last;
    return 0;
  }
  const damaged = known?.epoch === epoch ? known.damaged : [];
  const gone = [...(missing === 0 ? [] : await findGone(books, found, missing)), ...damaged];
  const back = await putBackLost(books.client, {
    stream: config.name,
    epoch,
    first,
    last: Math.min(last, (known?.cutAt ?? Infinity) - 1),
    gone,
    maxAgeNs: config.max_age,
  });
  books.streams.set(config.name, { epoch, extent, first, gone: new Set(gone), damaged, last });
  if (back > 0) report(books, back, config.name);
  return back;
}

/** Sequences between the ends of a stream whose messages are gone, as far back as messages are kept. */
async function findGone({ deps, client }: Books, found: StreamInfo, missing: number): Promise<number[]> {
  const { messaging } = deps;
  const detailed = await findStream(messaging, found.config.name, { deletedDetails: true });
  const deleted = detailed?.state.deleted ?? [];
  if (deleted.length >= missing) return deleted;
  // nats-server 2.9 counts a lost block, but does not list it.
  const oldest = await findOldestKept(client, found.config.name, found.created);
  return oldest === null ? [] : await findMissing(messaging, found, { from: oldest });
}

async function verify({ deps, client, streams }: Books, signal: AbortSignal): Promise<boolean> {
  const { messaging, logger } = deps;
  let any = false;
  for (const [name, known] of streams) {
    const from = known === null ? null : await findOldestKept(client, name, known.epoch);
    const found = from === null ? null : await findStream(messaging, name);
    if (from === null || found === null) continue;
    const missing = await findMissing(messaging, found, { from, signal });
    // Meanwhile it may have been looked at again.
    const now = streams.get(name) ?? null;
    const damaged = missing.filter((seq) => now !== null && seq >= now.first && !now.gone.has(seq));
    if (now === null || now.epoch !== found.created || damaged.length === 0) continue;
    logger.error({ stream: name, messages: damaged.length }, 'stored messages cannot be read');
    streams.set(name, { ...now, extent: '', damaged: [...now.damaged, ...damaged] });
    any = true;
  }
  return any;
}

function report({ deps }: Books, messages: number, stream: string): void {
  republishedCount.add(messages, { service: deps.service });
  deps.logger.warn({ stream, messages }, 'messages that their stream has lost are published again');
}
