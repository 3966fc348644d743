import { AppError, messageOf } from '@hoerok/shared/errors';
import { type Messaging, qualify } from '@hoerok/shared/messaging';
import { decodeEvent, type StoredEvent } from './stored-event.ts';

const NAMES_LIVE_MS = 5_000;

type StoredMessage = NonNullable<Awaited<ReturnType<Messaging['manager']['streams']['getMessage']>>>;

/** Reads what the event streams hold. Subjects come without namespace. Every read may throw `UNAVAILABLE`. */
export interface EventStore {
  /** The newest message of the subject, of every stream that has one. */
  readonly last: (subject: string) => Promise<readonly StoredEvent[]>;
  /** The first message of the subject in `stream` at or after `sequence`. */
  readonly next: (stream: string, subject: string, sequence: number) => Promise<StoredEvent | null>;
  /** The last sequence of every stream that may hold the subject, as of now. */
  readonly heads: (subject: string) => Promise<ReadonlyMap<string, number>>;
}

/**
 * Reads from the leader of each stream (`STREAM.MSG.GET`), never by direct get: in a cluster a follower may not have
 * yet what the leader has published already, and a snapshot that is older than the live stream would be a gap.
 */
export function createEventStore(messaging: Messaging, clock: () => number = Date.now): EventStore {
  const { manager, namespace } = messaging;
  const names = new Map<string, { readonly at: number; readonly streams: Promise<readonly string[]> }>();

  async function listStreams(filter: string): Promise<readonly string[]> {
    const found = await manager.streams.names(qualify(namespace, filter)).next();
    return found.filter((name) => name.startsWith(`${namespace}EVT_`));
  }

  // Streams are cut by service, the second token, so that is all that decides which ones match.
  async function streamsOf(subject: string): Promise<readonly string[]> {
    const filter = `${subject.split('.').slice(0, 2).join('.')}.>`;
    const cached = names.get(filter);
    if (cached !== undefined && clock() - cached.at < NAMES_LIVE_MS) return await cached.streams;
    const streams = listStreams(filter);
    names.set(filter, { at: clock(), streams });
    streams.catch(() => names.delete(filter));
    return await streams;
  }

  async function overStreams<T>(subject: string, read: (stream: string) => Promise<T>): Promise<T[]> {
    try {
      return await Promise.all((await streamsOf(subject)).map(read));
    } catch (error) {
      throw unavailable(error);
    }
  }

  const decode = (stream: string, message: StoredMessage): StoredEvent =>
    decodeEvent({
      stream,
      sequence: message.seq,
      body: () => message.string(),
      header: (name) => message.header.get(name),
    });

  return {
    last: async (subject) => {
      const query = { last_by_subj: qualify(namespace, subject) };
      const found = await overStreams(subject, async (stream) => {
        const message = await manager.streams.getMessage(stream, query);
        return message === null ? [] : [decode(stream, message)];
      });
      return found.flat();
    },
    next: async (stream, subject, sequence) => {
      const query = { seq: sequence, next_by_subj: qualify(namespace, subject) };
      try {
        const message = await manager.streams.getMessage(stream, query);
        return message === null ? null : decode(stream, message);
      } catch (error) {
        throw unavailable(error);
      }
    },
    heads: async (subject) => {
      const heads = await overStreams(subject, async (stream): Promise<[string, number]> => {
        const { state } = await manager.streams.info(stream);
        return [stream, state.last_seq];
      });
      return new Map(heads);
    },
  };
}

function unavailable(error: unknown): AppError {
  const cause = new Error(messageOf(error), { cause: error });
  return new AppError('UNAVAILABLE', 'Events cannot be read at the moment.', {
    retryable: true,
    cause,
    logLevel: 'error',
  });
}
