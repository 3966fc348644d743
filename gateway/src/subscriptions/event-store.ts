import { AppError, messageOf } from '@hoerok/shared/errors';
import { countMessages, type Messaging, qualify } from '@hoerok/shared/messaging';
import { shareReads } from './event-shared-read.ts';
import { takeTurns } from './event-turns.ts';
import { decodeEvent, type StoredEvent } from './stored-event.ts';

const NAMES_LIVE_MS = 5_000;
// Who comes with a crowd waits this much longer, and the crowd costs one question.
const HEAD_PACE_MS = 10;
// A request waits here for its turn, where it cannot time out yet, and not at the server.
const READS_AT_ONCE = 64;

type MessageQuery = Parameters<Messaging['manager']['streams']['getMessage']>[1];
type StoredMessage = NonNullable<Awaited<ReturnType<Messaging['manager']['streams']['getMessage']>>>;

/** What a stream holds. */
export interface StreamHead {
  /** Names the life of the stream; another one for a stream that was made anew. */
  readonly epoch: string;
  /** Sequence of the oldest message that is still held; one above `last` in an empty stream. */
  readonly first: number;
  /** Sequence of the newest message, of whatever subject. */
  readonly last: number;
}

/** Reads what the event streams hold. Subjects come without namespace. Every read may throw `UNAVAILABLE`. */
export interface EventStore {
  /** The newest message of the subject, of every stream that has one. */
  readonly last: (subject: string) => Promise<readonly StoredEvent[]>;
  /** The first message of the subject in `stream` at or after `sequence`. */
  readonly next: (stream: string, subject: string, sequence: number) => Promise<StoredEvent | null>;
  /**
   * Every stream that may hold the subject, as of now.
   * @param options `fresh`: also streams that were made in the last seconds.
   */
  readonly heads: (
    subject: string,
    options?: { readonly fresh: boolean },
  ) => Promise<ReadonlyMap<string, StreamHead>>;
  /** How many messages of the subject `stream` holds at or after `sequence`. */
  readonly count: (stream: string, subject: string, sequence: number) => Promise<number>;
}

/**
 * Reads from the leader of each stream (`STREAM.MSG.GET`), never by direct get: in a cluster a follower may not have
 * yet what the leader has published already, and a snapshot that is older than the live stream would be a gap.
 *
 * Questions that many ask at once are asked once: however many sockets come back together, one request for the head of
 * a stream, for the last message of a subject, or for the next one after a sequence is under way at a time, and 64 reads of
 * messages in all.
 */
export function createEventStore(messaging: Messaging, clock: () => number = Date.now): EventStore {
  const { manager, namespace } = messaging;
  const streamsOf = listStreams(messaging, clock);
  const head = shareReads(
    async (stream) => {
      const { created, state } = await manager.streams.info(stream);
      return { epoch: Date.parse(created).toString(36), first: state.first_seq, last: state.last_seq };
    },
    { paceMs: HEAD_PACE_MS },
  );
  const turns = takeTurns(READS_AT_ONCE);
  const read = async (stream: string, query: MessageQuery): Promise<StoredMessage | null> =>
    await turns(async () => await manager.streams.getMessage(stream, query));
  const last = shareReads(async (key) => {
    const [stream = '', subject = ''] = key.split('\n');
    const message = await read(stream, { last_by_subj: qualify(namespace, subject) });
    return message === null ? null : decode(stream, message);
  });

  const next = shareReads(async (key) => {
    const [stream = '', subject = '', sequence] = key.split('\n');
    for (let from = Number(sequence); ; ) {
      const query = { seq: from, next_by_subj: qualify(namespace, subject) };
      const message = await read(stream, query);
      if (message === null) return null;
      const event = decode(stream, message);
      // What is no event is passed over here as it is when it comes live.
      if (event !== null) return event;
      from = message.seq + 1;
    }
  });

  async function overStreams<T>(
    streams: Promise<readonly string[]>,
    read: (stream: string) => Promise<T>,
  ): Promise<T[]> {
    return await Promise.all((await streams).map(read));
  }

  return {
    last: async (subject) =>
      await orUnavailable(async () => {
        const found = await overStreams(
          streamsOf(subject),
          async (stream) => await last(`${stream}\n${subject}`),
        );
        return found.filter((event) => event !== null);
      }),
    next: async (stream, subject, sequence) =>
      await orUnavailable(async () => await next(`${stream}\n${subject}\n${sequence}`)),
    heads: async (subject, options = { fresh: false }) =>
      await orUnavailable(async () => {
        const streams = streamsOf(subject, options);
        return new Map(
          await overStreams(
            streams,
            async (stream): Promise<[string, StreamHead]> => [stream, await head(stream)],
          ),
        );
      }),
    count: async (stream, subject, sequence) =>
      await orUnavailable(async () => await countMessages(messaging, stream, { subject, from: sequence })),
  };
}

function listStreams(
  { manager, namespace }: Messaging,
  clock: () => number,
): (subject: string, options?: { readonly fresh: boolean }) => Promise<readonly string[]> {
  const names = new Map<string, { readonly at: number; readonly streams: Promise<readonly string[]> }>();
  const list = shareReads(async (filter) => {
    const found = await manager.streams.names(qualify(namespace, filter)).next();
    return found.filter((name) => name.startsWith(`${namespace}EVT_`));
  });
  // Streams are cut by service, the second token, so that is all that decides which ones match.
  return async (subject, { fresh } = { fresh: false }) => {
    const filter = `${subject.split('.').slice(0, 2).join('.')}.>`;
    const cached = names.get(filter);
    if (!fresh && cached !== undefined && clock() - cached.at < NAMES_LIVE_MS) return await cached.streams;
    const streams = list(filter);
    names.set(filter, { at: clock(), streams });
    streams.catch(() => names.delete(filter));
    return await streams;
  };
}

function decode(stream: string, message: StoredMessage): StoredEvent | null {
  try {
    return decodeEvent({
      stream,
      sequence: message.seq,
      subject: message.subject,
      body: () => message.string(),
      header: (name) => message.header.get(name),
    });
  } catch {
    return null;
  }
}

async function orUnavailable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const cause = new Error(messageOf(error), { cause: error });
    throw new AppError('UNAVAILABLE', 'Events cannot be read at the moment.', {
      retryable: true,
      cause,
      logLevel: 'error',
    });
  }
}
