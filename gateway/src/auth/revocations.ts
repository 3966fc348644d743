/** What a person or a program was let in with. */
export interface Access {
  readonly userId: string;
  /** The id of the session, or of the API key. */
  readonly sessionId: string;
  /** Of the user when the access was granted. */
  readonly revision: number;
}

/** Access that ends before its time: of one session or API key, or all of a user granted before a revision. */
export interface Revocation {
  readonly userId: string;
  readonly sessionId: string | null;
  readonly revision: number | null;
  /** From then on the access has ended by itself, in milliseconds since the epoch. */
  readonly accessEndsAtMs: number;
}

/** The access that was withdrawn lately, as far as it would still count. */
export interface Revocations {
  readonly add: (revocation: Revocation) => void;
  readonly has: (access: Access) => boolean;
  /**
   * Calls `end` once, when the access is withdrawn; at once when it has been. `access` may change in the meantime, but not
   * its user.
   * @returns stops watching
   */
  readonly watch: (access: () => Access, end: () => void) => () => void;
  /** How many are held. */
  readonly size: () => number;
}

/** Clocks of services may differ by this much. */
const MARGIN_MS = 60_000;
const CLEANUP_MS = 60_000;

interface Withdrawn {
  readonly revision: number;
  readonly untilMs: number;
}

interface Watcher {
  readonly access: () => Access;
  readonly end: () => void;
}

/** Options of {@link createRevocations}. */
export interface RevocationsOptions {
  /** Milliseconds since the epoch. @default Date.now */
  readonly clock?: () => number;
  /** Beyond so many the oldest are forgotten: nobody signs out that often. @default 500000 */
  readonly capacity?: number;
}

/**
 * Holds revocations in memory until what they are about has ended. It does not matter in which order or how often one
 * comes, so the stream may be read again at any time.
 */
export function createRevocations(options: RevocationsOptions = {}): Revocations {
  const { clock = Date.now } = options;
  const withdrawn = createWithdrawn(options);
  const watchers = new Map<string, Set<Watcher>>();

  return {
    has: withdrawn.has,
    size: withdrawn.size,
    add: (revocation) => {
      withdrawn.add(revocation, clock());
      // Also what comes too late to be remembered: an API key on an open socket does not end by itself.
      for (const watcher of watchers.get(revocation.userId) ?? [])
        if (isAbout(revocation, watcher.access())) watcher.end();
    },
    watch: (access, end) => {
      const { userId } = access();
      const ofUser = watchers.get(userId) ?? new Set<Watcher>();
      watchers.set(userId, ofUser);
      const stop = (): void => {
        ofUser.delete(watcher);
        if (ofUser.size === 0 && watchers.get(userId) === ofUser) watchers.delete(userId);
      };
      const endOnce = (): void => {
        stop();
        end();
      };
      const watcher: Watcher = { access, end: endOnce };
      ofUser.add(watcher);
      if (withdrawn.has(access())) endOnce();
      return stop;
    },
  };
}

interface WithdrawnAccess extends Pick<Revocations, 'has' | 'size'> {
  readonly add: (revocation: Revocation, nowMs: number) => void;
}

function createWithdrawn({ clock = Date.now, capacity = 500_000 }: RevocationsOptions): WithdrawnAccess {
  const sessions = new Map<string, number>();
  const users = new Map<string, Withdrawn>();
  let cleanedAtMs = clock();

  function remember({ userId, sessionId, revision, accessEndsAtMs }: Revocation): void {
    const untilMs = accessEndsAtMs + MARGIN_MS;
    if (sessionId !== null) sessions.set(sessionId, Math.max(untilMs, sessions.get(sessionId) ?? 0));
    if (revision === null) return;
    const known = users.get(userId);
    users.set(userId, {
      revision: Math.max(revision, known?.revision ?? 0),
      untilMs: Math.max(untilMs, known?.untilMs ?? 0),
    });
  }

  function cleanUp(nowMs: number): void {
    if (nowMs - cleanedAtMs >= CLEANUP_MS) {
      cleanedAtMs = nowMs;
      for (const [sessionId, untilMs] of sessions) if (untilMs <= nowMs) sessions.delete(sessionId);
      for (const [userId, { untilMs }] of users) if (untilMs <= nowMs) users.delete(userId);
    }
    for (const held of [sessions, users]) {
      const [oldest] = held.keys();
      if (held.size > capacity && oldest !== undefined) held.delete(oldest);
    }
  }

  return {
    size: () => sessions.size + users.size,
    has: ({ userId, sessionId, revision }) =>
      sessions.has(sessionId) || revision < (users.get(userId)?.revision ?? -Infinity),
    add: (revocation, nowMs) => {
      if (revocation.accessEndsAtMs + MARGIN_MS > nowMs) remember(revocation);
      cleanUp(nowMs);
    },
  };
}

function isAbout(revocation: Revocation, { sessionId, revision }: Access): boolean {
  return (
    revocation.sessionId === sessionId || (revocation.revision !== null && revision < revocation.revision)
  );
}
