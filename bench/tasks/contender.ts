import type { BenchServers } from './servers.ts';

/** Jobs that a contender's worker runs at once. */
export const CONCURRENCY = 10;
/** Producers that accept jobs at once. */
export const PRODUCERS = 16;
/** Connections to PostgreSQL of every contender that uses it, besides those that listen. */
export const POOL_SIZE = 16;

/** A job queue under test. */
export interface Contender {
  readonly name: string;
  /** Starts from nothing: a database, a namespace or a Redis of its own, without workers. */
  readonly open: (servers: BenchServers) => Promise<Session>;
}

/** One contender, ready to take jobs. Ids are the contender's own. */
export interface Session {
  /** Accepts an empty job; resolves with its id once it is on disk. `producer` is 0 to {@link PRODUCERS} - 1. */
  readonly enqueue: (producer: number) => Promise<string>;
  /** Puts `count` stored jobs there that are no work: finished ones where the contender keeps those. */
  readonly fill: (count: number) => Promise<void>;
  /** Starts {@link CONCURRENCY} workers whose handler does nothing; answers how to stop them. */
  readonly work: (options: WorkOptions) => Promise<() => Promise<void>>;
  /** Tells, over a connection of its own, of every job that has completed; answers how to stop that. */
  readonly watch: (completed: (id: string) => void) => Promise<() => Promise<void>>;
  /** Jobs that are accepted and not handed to the queue yet; 0 where accepting is handing over. */
  readonly unpublished: () => Promise<number>;
  /** Jobs that wait or run, and messages about them that are still to be sent. */
  readonly unfinished: () => Promise<number>;
  /** What a client that polls asks. */
  readonly hasCompleted?: (id: string) => Promise<boolean>;
  /** Ends everything and removes what it stored. */
  readonly close: () => Promise<void>;
}

/** Options of {@link Session.work}. */
export interface WorkOptions {
  /** Called first thing in the handler. */
  readonly started: (id: string) => void;
  /** Whether a client watches: where the contender has no completion event for clients, the worker sends one. */
  readonly tellsClients: boolean;
}
