import type { Viewer } from '@hoerok/shared/auth';
import { AppError } from '@hoerok/shared/errors';
import { type Audience, isAudience, notFound } from './event-audience.ts';
import type { EventHub } from './event-hub.ts';
import type { EventStore } from './event-store.ts';
import type { StoredEvent } from './stored-event.ts';

const DELETED = 'deleted';

/** Who may watch a stream, as the last message of another subject says. */
export interface GuardRequest {
  /** Of the messages that say it; filled in, without namespace. */
  readonly subject: string;
  readonly audience: Audience;
  readonly viewer: Viewer | null;
  /** Aborts when the client is gone. */
  readonly signal: AbortSignal;
  /** How long the message that lets the viewer in may take to turn up, in milliseconds. */
  readonly graceMs: number;
  /** Asks the graph whether the viewer may watch, for when the stream no longer holds a message. `null`: nobody knows then. */
  readonly mayWatch: (() => Promise<boolean>) | null;
}

/** What a guard tells once it has let a viewer in. */
export interface GuardOrders {
  /** The viewer may watch no longer. */
  readonly removed: (error: AppError) => void;
  /** What the stream is about is gone. */
  readonly deleted: () => void;
}

/** Somebody who has been let in, and is watched as long as the stream is open. */
export interface EventGuard {
  readonly close: () => void;
}

type Verdict = 'in' | 'out' | 'deleted';

/**
 * Lets a viewer in when the last message of the guarding subject lists it, and follows that subject from then on. A message
 * that lists nobody lets nobody in.
 * @throws AppError `NOT_FOUND` when the viewer may not watch or nothing is there to watch: the same answer after the same
 * time; `UNAVAILABLE` when the stream cannot be read.
 */
export async function openEventGuard(
  request: GuardRequest,
  { hub, store }: { readonly hub: EventHub; readonly store: EventStore },
  orders: GuardOrders,
): Promise<EventGuard> {
  const admitted = Promise.withResolvers<void>();
  let latest: { readonly sequence: number; readonly verdict: Verdict } | null = null;
  let open = false;

  function take(event: StoredEvent): void {
    const verdict = verdictOf(event, request);
    latest = { sequence: event.sequence, verdict };
    if (!open && verdict === 'in') admitted.resolve();
    if (open && verdict === 'out') orders.removed(forbidden());
    // The guarded stream may be of this very subject: its last event goes out first.
    if (open && verdict === 'deleted') queueMicrotask(orders.deleted);
  }

  // What a message has said meanwhile is newer.
  function believe(mayWatch: boolean): void {
    if (!mayWatch || latest !== null) return;
    latest = { sequence: 0, verdict: 'in' };
    admitted.resolve();
  }

  const isAdmitted = (): boolean => latest?.verdict === 'in';
  const attachment = await hub.attach(request.subject, take);
  try {
    const [stored] = await store.last(request.subject);
    if (stored !== undefined && stored.sequence > (latestSequence() ?? 0)) take(stored);
    // Not awaited: what may not be watched and what is not there take the same time to be not found.
    if (stored === undefined) request.mayWatch?.().then(believe, admitted.reject);
    if (!isAdmitted()) await patience(admitted.promise, request);
    if (!isAdmitted()) throw notFound();
    open = true;
    return { close: () => attachment.detach() };
  } catch (error) {
    attachment.detach();
    throw error;
  }

  function latestSequence(): number | undefined {
    return latest?.sequence;
  }
}

function verdictOf(event: StoredEvent, { audience, viewer }: GuardRequest): Verdict {
  if (event.name === DELETED) return 'deleted';
  return isAudience(audience, viewer, event.payload) ? 'in' : 'out';
}

// What was made a moment ago may not have been published yet.
async function patience(admitted: Promise<void>, { signal, graceMs }: GuardRequest): Promise<void> {
  const over = Promise.withResolvers<void>();
  const leave = (): void => over.resolve();
  const timer = setTimeout(leave, graceMs);
  signal.addEventListener('abort', leave);
  if (signal.aborted) leave();
  try {
    await Promise.race([admitted, over.promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', leave);
  }
}

function forbidden(): AppError {
  return new AppError('FORBIDDEN', 'You may watch this no longer.', { logLevel: 'debug' });
}
