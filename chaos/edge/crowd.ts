import { fileURLToPath } from 'node:url';
import { type Child, startChild } from '../../bench/subscriptions/child.ts';
import { waitFor } from '../wait-for.ts';

/** Subscribers to be opened together; socket `i` takes the `i`th authorization and task, from the beginning again after the last. */
export interface CrowdRequest {
  readonly name: string;
  /** Address of the gateway. */
  readonly url: string;
  readonly count: number;
  readonly authorizations: readonly string[];
  /** Tasks to watch. */
  readonly ids: readonly string[];
  /** A socket that is closed comes back within so long, at a moment of its own; 0: never. */
  readonly jitterMs: number;
}

/** Pings over the sockets of a crowd. */
export interface PingRequest {
  readonly name: string;
  readonly count: number;
  readonly perSecond: number;
}

/** What a crowd has seen. Revisions tell what is missing: each event of a task has the next one. */
export interface CrowdCounts {
  /** Sockets that have subscribed and are not closed. */
  readonly open: number;
  /** The lowest revision that one of them stands at. */
  readonly oldest: number;
  readonly events: number;
  readonly missing: number;
  readonly repeated: number;
  /** Connections that were lost before they were acknowledged. */
  readonly refused: number;
  /** How often an open socket was closed with each code. */
  readonly closes: Readonly<Record<string, number>>;
  /** The first three. */
  readonly errors: readonly string[];
  readonly errorCount: number;
  /** The most connections that were tried within one second. */
  readonly peakAttempts: number;
}

/** Sockets with one subscription each. */
export interface Crowd {
  readonly count: () => Promise<CrowdCounts>;
  /** Waits until so many are open; milliseconds that took, null when it took too long. */
  readonly untilOpen: (open: number, withinMs: number) => Promise<number | null>;
  /** Waits until each has seen that revision; false when it took too long. */
  readonly untilSeen: (revision: number, withinMs: number) => Promise<boolean>;
  /** Milliseconds from publication to receipt of each event since it was asked last. */
  readonly latencies: () => Promise<readonly number[]>;
  readonly ping: (pings: Omit<PingRequest, 'name'>) => Promise<readonly number[]>;
  /** Attempts to connect are counted from here on. */
  readonly forgetAttempts: () => Promise<void>;
  /** Reads nothing any more. */
  readonly pause: () => Promise<void>;
  readonly leave: () => Promise<void>;
}

/** All crowds of a run, in one process. */
export interface Crowds extends AsyncDisposable {
  /** Resolves when each has been acknowledged or refused. */
  readonly gather: (request: Omit<CrowdRequest, 'name'>) => Promise<Crowd>;
}

/** Starts the process of the subscribers. */
export function startCrowds(logFile: string): Crowds {
  const child: Child = startChild({
    file: fileURLToPath(new URL('crowd-process.ts', import.meta.url)),
    logFile,
  });
  let crowds = 0;
  return {
    gather: async (request) => {
      crowds += 1;
      const name = `crowd ${crowds}`;
      const url = `${request.url.replace(/^http/, 'ws')}/graphql`;
      await child.ask('open', { ...request, url, name });
      const count = async (): Promise<CrowdCounts> => await child.ask('count', name);
      return {
        count,
        untilOpen: async (open, withinMs) => {
          const from = performance.now();
          const areOpen = async (): Promise<boolean> => (await count()).open >= open;
          return await waitFor('the crowd to be open', areOpen, withinMs).then(
            () => performance.now() - from,
            () => null,
          );
        },
        untilSeen: async (revision, withinMs) => {
          const haveSeen = async (): Promise<boolean> => (await count()).oldest >= revision;
          return await waitFor('the crowd to see it', haveSeen, withinMs).then(
            () => true,
            () => false,
          );
        },
        latencies: async () => await child.ask('latencies', name),
        ping: async (pings) => await child.ask('ping', { ...pings, name }),
        forgetAttempts: async () => await child.ask('forgetAttempts', name),
        pause: async () => await child.ask('pause', name),
        leave: async () => await child.ask('leave', name),
      };
    },
    [Symbol.asyncDispose]: child.stop,
  };
}
