import type { Viewer } from '@hoerok/shared/auth';
import { AppError } from '@hoerok/shared/errors';

/** So many are told to leave in a second, unless the grace period is too short for that. */
const LEAVING_PER_SECOND = 500;
/** The last ones need time to leave in order. */
const SHARE_OF_GRACE = 0.75;

/** A socket or a stream: a connection that stays open. */
export interface LastingConnection {
  readonly viewer: Viewer | null;
  /** Address of the peer; it stands for the user where there is none. */
  readonly address: string | undefined;
  /** Ends the connection in a way that lets its client come back elsewhere. Called at most once. */
  readonly leave: () => void;
}

/** All connections of this process that stay open: sockets and streams of every transport alike. */
export interface LastingConnections {
  /**
   * Counts a connection in; the returned function counts it out and may be called more than once.
   * @returns `null` when the gateway stops: break it off.
   * @throws AppError `TOO_MANY_CONNECTIONS` when its user has as many as allowed.
   */
  readonly enter: (connection: LastingConnection) => (() => void) | null;
  /** Lets nobody in any more and tells everybody to leave, one after the other, within three quarters of the grace. */
  readonly drain: (graceMs: number) => Promise<void>;
}

/** Options of {@link createLastingConnections}. */
export interface LastingConnectionsOptions {
  /** How many one user may have at once. */
  readonly perUser: number;
  /** Anonymous ones are counted by address. Without authentication everybody is anonymous, and nobody is counted. */
  readonly countAnonymous: boolean;
}

/** Keeps the connections that stay open. */
export function createLastingConnections(options: LastingConnectionsOptions): LastingConnections {
  const open = new Set<LastingConnection>();
  const counts = new Map<string, number>();
  let stopping = false;

  function keyOf({ viewer, address }: LastingConnection): string | null {
    if (viewer?.kind === 'service') return null;
    if (viewer !== null) return `user ${viewer.workspaceId} ${viewer.userId}`;
    return options.countAnonymous && address !== undefined ? `address ${address}` : null;
  }

  function count(key: string | null): void {
    if (key === null) return;
    const before = counts.get(key) ?? 0;
    if (before >= options.perUser) throw tooMany(options.perUser);
    counts.set(key, before + 1);
  }

  function discount(key: string | null): void {
    if (key === null) return;
    const left = (counts.get(key) ?? 0) - 1;
    if (left > 0) counts.set(key, left);
    else counts.delete(key);
  }

  return {
    enter: (connection) => {
      if (stopping) return null;
      const key = keyOf(connection);
      count(key);
      open.add(connection);
      return () => {
        if (open.delete(connection)) discount(key);
      };
    },
    drain: async (graceMs) => {
      stopping = true;
      const leaving = [...open];
      const spreadMs = Math.min(graceMs * SHARE_OF_GRACE, (leaving.length / LEAVING_PER_SECOND) * 1_000);
      const startedAt = performance.now();
      for (const [index, connection] of leaving.entries()) {
        const waitMs = (index / leaving.length) * spreadMs - (performance.now() - startedAt);
        if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs));
        if (open.has(connection)) connection.leave();
      }
    },
  };
}

function tooMany(limit: number): AppError {
  const message = `One user may have ${limit} sockets and streams open at once; close one first.`;
  return new AppError('TOO_MANY_CONNECTIONS', message, { retryable: true });
}
