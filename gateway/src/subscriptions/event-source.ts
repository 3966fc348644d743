import { actorOf, type Viewer } from '@hoerok/shared/auth';
import { AppError, messageOf } from '@hoerok/shared/errors';
import type { EventStreamField } from '../supergraph/event-stream-directive.ts';
import { createEventBuffer, type EventBuffer } from './event-buffer.ts';
import type { EventHub } from './event-hub.ts';
import type { EventStore } from './event-store.ts';
import { type EventPayload, eventIdOf, type StoredEvent } from './stored-event.ts';

/** One event for one subscriber. */
export interface SourceEvent {
  readonly key: string;
  readonly terminal: boolean;
  readonly payload: EventPayload;
  /** Opaque; says where the event stands in its stream. */
  readonly eventId: string;
  /** Whether it says how things stood at the beginning or tells what has just happened. */
  readonly delivery: 'snapshot' | 'live';
  readonly trace: Readonly<Record<string, string>>;
}

/** The events of one subscriber. One pull at a time. */
export interface EventSource {
  /** The next event, `null` at the end. @throws what the subscriber should see. */
  readonly pull: () => Promise<SourceEvent | null>;
  /** Ends the source at once, also while a pull waits, and releases the subject. */
  readonly close: () => void;
}

/** What {@link openEventSource} needs to know. */
export interface EventSourceRequest {
  readonly field: EventStreamField;
  /** Filled in, without namespace. */
  readonly subject: string;
  readonly viewer: Viewer | null;
  /** Asks the graph for the object's state; `null` when there is no such object for the viewer. */
  readonly readObject: (() => Promise<EventPayload | null>) | null;
}

/** What {@link openEventSource} works with. */
export interface EventSourceDeps {
  readonly hub: EventHub;
  readonly store: EventStore;
  /** How long an object that neither stream nor graph knows may take to turn up, in milliseconds. @default 2000 */
  readonly graceMs?: number;
}

/**
 * Opens the events of one subscriber: attached to the live events first, then the snapshot, then what came live in the
 * meantime, without a gap and without a repetition.
 *
 * An object that the viewer may not see and one that does not exist are answered alike, with `NOT_FOUND`.
 * @throws AppError `UNAVAILABLE` when the streams cannot be read.
 */
export async function openEventSource(
  request: EventSourceRequest,
  deps: EventSourceDeps,
): Promise<EventSource> {
  const buffer = createEventBuffer<SourceEvent>();
  const gate = createGate(request, buffer);
  // Settles with the first live event, or when the source is closed: either way nobody needs to wait any longer.
  const stirred = Promise.withResolvers<void>();
  let early: StoredEvent[] | null = [];
  const detach = await deps.hub.attach(request.subject, (event) => {
    stirred.resolve();
    if (early === null) gate.admit(event, 'live');
    else early.push(event);
  });

  function goLive(after: ReadonlyMap<string, number>): void {
    const waiting = early ?? [];
    early = null;
    for (const event of waiting)
      if (event.sequence > (after.get(event.stream) ?? 0)) gate.admit(event, 'live');
  }

  async function begin(): Promise<void> {
    if (!request.field.snapshot) return goLive(new Map());
    const stored = await deps.store.last(request.subject);
    const newest = stored
      .toSorted((left, right) => revisionOf(left.payload) - revisionOf(right.payload))
      .at(-1);
    const visible = newest !== undefined && isAudience(request.field, request.viewer, newest.payload);
    if (visible) gate.admit(newest, 'snapshot');
    goLive(new Map(stored.map(({ stream, sequence }) => [stream, sequence])));
    if (visible) return undefined;
    // What others may see and what does not exist take the same time to be not found.
    const readObject = newest === undefined ? request.readObject : null;
    const patience = { stirred: stirred.promise, graceMs: deps.graceMs ?? 2_000 };
    return await beginWithoutEvent(readObject, gate, patience);
  }

  // Not awaited: a client that leaves while the snapshot is being read releases the subject at once.
  void begin().catch((error: unknown) => gate.refuse(asError(error)));
  return {
    pull: async () => {
      const event = await buffer.pull().catch((error: unknown) => {
        detach();
        throw error;
      });
      // Nothing comes after the last word, so nobody needs to stay attached while it is delivered.
      if (event === null || event.terminal) detach();
      return event;
    },
    close: () => {
      detach();
      buffer.discard();
      stirred.resolve();
    },
  };
}

type Admit = (event: StoredEvent, delivery: SourceEvent['delivery']) => void;

interface Gate {
  readonly admit: Admit;
  /** For what the graph itself has shown to this viewer. */
  readonly admitAuthorized: Admit;
  readonly refuse: (error: Error) => void;
}

// Decides what of a subject this viewer gets: nothing twice, nothing that is for others, nothing after the end.
function createGate({ field, viewer }: EventSourceRequest, buffer: EventBuffer<SourceEvent>): Gate {
  let latest = Number.NEGATIVE_INFINITY;

  function admitAuthorized(event: StoredEvent, delivery: SourceEvent['delivery']): void {
    const { payload } = event;
    const revision = payload['revision'];
    if (field.subject.oneObject && typeof revision === 'number') {
      if (revision <= latest) return;
      latest = revision;
    }
    const { end } = field;
    const terminal = end !== null && end.values.includes(String(payload[end.field]));
    const key = `${String(payload['__typename'])}:${String(payload['id'])}`;
    buffer.push({ key, terminal, payload, eventId: eventIdOf(event), delivery, trace: event.trace });
    if (terminal) buffer.end();
  }

  return {
    admitAuthorized,
    admit: (event, delivery) => {
      if (isAudience(field, viewer, event.payload)) admitAuthorized(event, delivery);
      else if (field.subject.oneObject) buffer.fail(notFound());
    },
    refuse: (error) => buffer.fail(error),
  };
}

// No stream has a message, as for a task older than the streams' memory: the graph knows, or something happens soon.
async function beginWithoutEvent(
  readObject: EventSourceRequest['readObject'],
  gate: Gate,
  { stirred, graceMs }: { readonly stirred: Promise<void>; readonly graceMs: number },
): Promise<void> {
  const silence = Promise.withResolvers<'silence'>();
  const timer = setTimeout(() => silence.resolve('silence'), graceMs);
  try {
    const payload = readObject === null ? null : await readObject();
    if (payload !== null) gate.admitAuthorized({ stream: '', sequence: 0, payload, trace: {} }, 'snapshot');
    else if ((await Promise.race([stirred, silence.promise])) === 'silence') gate.refuse(notFound());
  } finally {
    clearTimeout(timer);
  }
}

function isAudience(field: EventStreamField, viewer: Viewer | null, payload: EventPayload): boolean {
  if (field.audience === null || viewer?.kind === 'service') return true;
  if (viewer === null) return false;
  if (field.audienceRoles.includes(viewer.role)) return true;
  let value: unknown = payload;
  for (const name of field.audience) {
    value = typeof value === 'object' && value !== null ? (value as EventPayload)[name] : undefined;
  }
  const viewerId = actorOf(viewer);
  return Array.isArray(value) ? value.includes(viewerId) : value === viewerId;
}

function revisionOf(payload: EventPayload): number {
  const revision = payload['revision'];
  return typeof revision === 'number' ? revision : 0;
}

function notFound(): AppError {
  return new AppError('NOT_FOUND', 'There is no such object here, or none that you may see.', {
    logLevel: 'debug',
  });
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(messageOf(error));
}
