import { isAudience, notFound } from './event-audience.ts';
import type { Attachment } from './event-hub.ts';
import type { EventPlace } from './event-id.ts';
import type { EventQueue } from './event-queue.ts';
import type { EventStreamField } from '../supergraph/event-stream-directive.ts';
import type { EventSourceDeps, EventSourceRequest } from './event-source.ts';
import { movedTo, type Positions, type StreamPosition } from './event-position.ts';
import type { StreamHead } from './event-store.ts';
import { revisionOf, type StoredEvent } from './stored-event.ts';

const MAX_REPLAYED = 10_000;

/** A subscriber that is attached to its subject and wants its first event. */
export interface Starting {
  readonly request: EventSourceRequest;
  readonly queue: EventQueue;
  readonly attachment: Attachment;
  /** Settles with the first event for the viewer, or when the source is closed: nobody needs to wait any longer. */
  readonly stirred: () => Promise<void>;
}

/** Begins with the state of things, if the field says so, and goes on with what happens after it. */
export async function startFresh(starting: Starting, deps: EventSourceDeps): Promise<void> {
  const { request, queue, attachment } = starting;
  const { field, viewer, subject } = request;
  const { base } = attachment;
  if (!field.snapshot) {
    queue.begin({ from: base, live: attachment, delivery: 'live' });
    return;
  }
  const stored = await deps.store.last(subject);
  const newest = newestOf(stored);
  const from = behindThem(stored, starting);
  const visible = newest !== undefined && isAudience(audienceOf(field), viewer, newest.payload);
  if (visible) queue.put(newest, from);
  queue.begin({ from, live: attachment, delivery: 'live' });
  // Who has passed a guard knows that it exists, also when its last event is forgotten.
  if (newest === undefined && field.guard !== null) return;
  // What others may see and what does not exist take the same time to be not found.
  if (!visible)
    await startWithoutEvent(starting, from, newest === undefined ? deps : { ...deps, silent: true });
}

/**
 * Goes on after the last event that the client has got. What is lost for good, or too much, is said: `RESUME_GAP` with the
 * next event, which is the state of things if the field knows one, and else the oldest event that is left.
 */
export async function startAfter(
  starting: Starting,
  place: EventPlace,
  deps: EventSourceDeps,
): Promise<void> {
  const { request, queue, attachment } = starting;
  const { field, viewer, subject } = request;
  if (field.subject.oneObject && field.audience !== null) {
    // It may have become somebody else's since.
    const newest = newestOf(await deps.store.last(subject));
    const isTheirs = newest !== undefined && !isAudience(audienceOf(field), viewer, newest.payload);
    if (isTheirs) throw notFound();
  }
  const heads = await deps.store.heads(subject);
  const { from, gap } = await planReplay(place.positions, heads, {
    count: async (stream, sequence) => await deps.store.count(stream, subject, sequence),
    limit: deps.maxReplayed ?? MAX_REPLAYED,
  });
  if (gap) queue.markGap();
  if (gap && field.snapshot) await startFresh(starting, deps);
  else queue.begin({ from, live: attachment, delivery: 'replay' });
}

/** Who may see the messages of a field. */
export function audienceOf(field: EventStreamField): Parameters<typeof isAudience>[0] {
  return { path: field.audience, roles: field.audienceRoles };
}

interface ReplayLimits {
  /** How many events a stream holds at or after a sequence. */
  readonly count: (stream: string, sequence: number) => Promise<number>;
  readonly limit: number;
}

async function planReplay(
  known: Positions,
  heads: ReadonlyMap<string, StreamHead>,
  { count, limit }: ReplayLimits,
): Promise<{ readonly from: Positions; readonly gap: boolean }> {
  const from = new Map<string, StreamPosition>();
  let gap = [...known.keys()].some((stream) => !heads.has(stream));
  let missed = 0;
  for (const [stream, { epoch, first, last }] of heads) {
    const at = known.get(stream);
    // Made anew, or come back without its end.
    const isOther = at !== undefined && (at.epoch !== epoch || at.sequence > last);
    const sequence = at === undefined || isOther ? 0 : at.sequence;
    if (isOther || (at !== undefined && sequence + 1 < first)) gap = true;
    from.set(stream, { epoch, sequence });
    // Messages of all subjects; the server is asked for ours only when there may be too many.
    if (last - Math.max(sequence, first - 1) > limit - missed) missed += await count(stream, sequence + 1);
  }
  if (missed <= limit) return { from, gap };
  for (const [stream, { epoch, last }] of heads) from.set(stream, { epoch, sequence: last });
  return { from, gap: true };
}

// No stream has a message, as for a task older than the streams' memory: the graph knows, or something happens soon.
async function startWithoutEvent(
  { request, queue, stirred }: Starting,
  positions: Positions,
  { graceMs = 2_000, silent = false }: Pick<EventSourceDeps, 'graceMs'> & { readonly silent?: boolean },
): Promise<void> {
  const silence = Promise.withResolvers<'silence'>();
  const timer = setTimeout(() => silence.resolve('silence'), graceMs);
  try {
    const payload = silent || request.readObject === null ? null : await request.readObject();
    if (payload !== null) queue.put({ id: null, payload, trace: {} }, positions);
    else if ((await Promise.race([stirred(), silence.promise])) === 'silence') queue.fail(notFound());
  } finally {
    clearTimeout(timer);
  }
}

function newestOf(stored: readonly StoredEvent[]): StoredEvent | undefined {
  return stored.toSorted((left, right) => revisionOf(left.payload) - revisionOf(right.payload)).at(-1);
}

// The snapshot was asked for after the listener was attached, so it covers everything up to where that began.
function behindThem(stored: readonly StoredEvent[], { attachment }: Starting): Positions {
  const { base } = attachment;
  let from = base;
  for (const { stream, sequence } of stored) {
    const known = base.get(stream) ?? attachment.positions().get(stream);
    if (known === undefined || sequence > known.sequence)
      from = movedTo(from, stream, { epoch: known?.epoch ?? '', sequence });
  }
  return from;
}
