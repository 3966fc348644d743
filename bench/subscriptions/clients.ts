import { fileURLToPath } from 'node:url';
import { type Child, startChild } from './child.ts';

/** Subscribers to be opened together; socket `i` takes the `i`th authorization and list, from the beginning again after the last. */
export interface GroupRequest {
  readonly group: string;
  readonly url: string;
  readonly count: number;
  readonly query: string;
  /** How many values a complete event has. */
  readonly leaves: number;
  readonly authorizations: readonly string[];
  readonly lists: readonly string[];
}

/** Pings over the sockets of a group. */
export interface PingRequest {
  readonly group: string;
  readonly count: number;
  readonly perSecond: number;
}

/** What a group has got. Revisions tell what is missing: each event of a list has the next one, from 1. */
export interface Counts {
  readonly received: number;
  readonly missing: number;
  readonly repeated: number;
  /** Events whose fetched fields are those of the event before. */
  readonly outdated: number;
  readonly ended: number;
  /** The first three. */
  readonly errors: readonly string[];
  readonly errorCount: number;
}

/** Sockets with one subscription each, opened together. */
export interface Subscribers {
  readonly counts: () => Promise<Counts>;
  /** Waits until so many events have come in all; earlier when something fails or the time is up. */
  readonly untilReceived: (received: number, withinMs?: number) => Promise<Counts>;
  /** Milliseconds from publication to receipt of each event since it was asked last. */
  readonly latencies: () => Promise<number[]>;
  /** Milliseconds of each round trip. */
  readonly ping: (pings: Omit<PingRequest, 'group'>) => Promise<number[]>;
  /** Does not read from the sockets any more. */
  readonly pause: () => Promise<void>;
  readonly resume: () => Promise<void>;
  readonly leave: () => Promise<void>;
}

/** All subscribers of a run, in one process. */
export interface Clients {
  /** Resolves when all are acknowledged and their subscriptions sent. */
  readonly open: (request: Omit<GroupRequest, 'group'>) => Promise<Subscribers>;
  readonly stop: () => Promise<void>;
}

const DEADLINE_MS = 120_000;

/** Starts the process of the subscribers. */
export function startClients(logFile: string): Clients {
  const child: Child = startChild({
    file: fileURLToPath(new URL('clients-process.ts', import.meta.url)),
    logFile,
  });
  let groups = 0;
  return {
    open: async (request) => {
      groups += 1;
      const group = `g${groups}`;
      await child.ask('open', { ...request, group });
      return {
        counts: async () => await child.ask<Counts>('counts', group),
        untilReceived: async (received, withinMs = DEADLINE_MS) =>
          await child.ask<Counts>('untilReceived', { group, received, withinMs }),
        latencies: async () => await child.ask<number[]>('latencies', group),
        ping: async (pings) => await child.ask<number[]>('ping', { ...pings, group }),
        pause: async () => await child.ask('pause', group),
        resume: async () => await child.ask('resume', group),
        leave: async () => await child.ask('leave', group),
      };
    },
    stop: child.stop,
  };
}
