import { actorOf, type Viewer } from '@hoerok/shared/auth';
import { messageOf } from '@hoerok/shared/errors';
import type { Logger } from '@hoerok/shared/telemetry';
import type { EventStreamField } from '../supergraph/event-stream-directive.ts';
import { isAudience } from './event-audience.ts';
import { type EventGuard, openEventGuard } from './event-guard.ts';
import type { EventHub } from './event-hub.ts';
import type { EventIds, EventIdScope } from './event-id.ts';
import type { Delivery, Told } from './event-intake.ts';
import { createEventQueue, type EventQueue } from './event-queue.ts';
import { audienceOf, startAfter, startFresh } from './event-start.ts';
import type { EventStore } from './event-store.ts';
import type { EventPayload } from './stored-event.ts';

/** One event for one subscriber. */
export interface SourceEvent {
  readonly key: string;
  readonly terminal: boolean;
  readonly payload: EventPayload;
  /** Opaque: what to go on after. `null` where nobody can. */
  readonly eventId: string | null;
  readonly delivery: Delivery;
  /** Events before it are lost. */
  readonly resume?: 'RESUME_GAP';
  readonly trace: Readonly<Record<string, string>>;
}

/** The events of one subscriber. One pull at a time. */
export interface EventSource {
  /** The next event, `null` at the end. @throws what the subscriber should see. */
  readonly pull: () => Promise<SourceEvent | null>;
  /** Ends the source at once, also while a pull waits, and releases the subject. */
  readonly close: () => void;
  /** Nothing will come: what the client has got was the last word. */
  readonly isOver?: true;
}

/** What {@link openEventSource} needs to know. */
export interface EventSourceRequest {
  readonly field: EventStreamField;
  /** Filled in, without namespace. */
  readonly subject: string;
  /** The field's arguments, coerced; filter and guard read them. @default none */
  readonly args?: Readonly<Record<string, unknown>>;
  readonly viewer: Viewer | null;
  /** The last event that the client has got; the stream goes on after it. */
  readonly lastEventId?: string | undefined;
  /** Aborts when the client is gone. */
  readonly signal: AbortSignal;
  /** Asks the graph for the object's state; `null` when there is no such object for the viewer. */
  readonly readObject: (() => Promise<EventPayload | null>) | null;
  /** Asks the graph whether the viewer may watch, when no message of the guard is left. @default nobody knows then */
  readonly mayWatch?: (() => Promise<boolean>) | null;
}

/** What {@link openEventSource} works with. */
export interface EventSourceDeps {
  readonly hub: EventHub;
  readonly store: EventStore;
  readonly eventIds: EventIds;
  readonly logger: Logger;
  /** How long an object that neither stream nor graph knows may take to turn up, in milliseconds. @default 2000 */
  readonly graceMs?: number;
  /** Who has missed more events than this gets the state of things instead of them. @default 10000 */
  readonly maxReplayed?: number;
}

const ENDED: EventSource = Object.freeze({
  pull: async () => null,
  close: () => undefined,
  isOver: true,
});

/**
 * Opens the events of one subscriber: attached to the live events first, then the snapshot or what the client has missed,
 * then what came live in the meantime, without a gap and without a repetition.
 *
 * An object that the viewer may not see and one that does not exist are answered alike, with `NOT_FOUND`.
 * @throws AppError `UNAVAILABLE` when the streams cannot be read, `NOT_FOUND` when the field's guard does not let the viewer
 * in, `BAD_INPUT` for a last event id that is not of this subject and workspace.
 */
export async function openEventSource(
  request: EventSourceRequest,
  deps: EventSourceDeps,
): Promise<EventSource> {
  const { field, subject, viewer, lastEventId } = request;
  const scope: EventIdScope = { subject, workspaceId: viewer?.workspaceId ?? null };
  const place = lastEventId === undefined ? null : deps.eventIds.read(scope, lastEventId);
  if (place?.ended === true) return ENDED;
  const judge = (event: Told): ReturnType<typeof judgeEvent> => judgeEvent(event, request);
  const stirred = Promise.withResolvers<void>();
  const { store, logger } = deps;
  const queue = createEventQueue({ field, subject, store, judge, taken: stirred.resolve, logger });
  const guard = await openGuard(request, queue, deps);
  const attachment = await deps.hub.attach(subject, queue.live).catch((error: unknown) => {
    guard?.close();
    throw error;
  });
  const release = (): void => {
    attachment.detach();
    guard?.close();
  };
  // Not awaited: a client that leaves while the snapshot is being read releases the subject at once.
  const starting = { request, queue, attachment, stirred: stirred.promise };
  const started = place === null ? startFresh(starting, deps) : startAfter(starting, place, deps);
  started.catch((error: unknown) => queue.fail(error instanceof Error ? error : new Error(messageOf(error))));
  return {
    pull: async () => await pull(queue, { scope, ids: deps.eventIds, release }),
    close: () => {
      release();
      queue.discard();
      stirred.resolve();
    },
  };
}

interface Pulling {
  readonly scope: EventIdScope;
  readonly ids: EventIds;
  readonly release: () => void;
}

async function pull(queue: EventQueue, { scope, ids, release }: Pulling): Promise<SourceEvent | null> {
  const queued = await queue.pull().catch((error: unknown) => {
    release();
    throw error;
  });
  // Nothing comes after the last word, so nobody needs to stay attached while it is delivered.
  if (queued === null || queued.terminal) release();
  if (queued === null) return null;
  const { key, terminal, event, positions, delivery, gap } = queued;
  const { payload, trace } = event;
  const eventId = ids.write(scope, { positions, ended: terminal });
  return {
    key,
    terminal,
    payload,
    eventId,
    delivery,
    ...(gap ? { resume: 'RESUME_GAP' as const } : {}),
    trace,
  };
}

// On a subject with an argument the newest message says who may see its one object.
function judgeEvent({ payload }: Told, request: EventSourceRequest): 'shown' | 'passed over' | 'refused' {
  const { field, viewer, args = {} } = request;
  if (field.filter?.matches(payload, args) === false) return 'passed over';
  if (isAudience(audienceOf(request), viewer, payload)) return 'shown';
  return field.subject.oneObject ? 'refused' : 'passed over';
}

async function openGuard(
  { field, viewer, args = {}, signal, mayWatch = null }: EventSourceRequest,
  queue: EventQueue,
  deps: EventSourceDeps,
): Promise<EventGuard | null> {
  if (field.guard === null) return null;
  const subject = field.guard.subject.render({
    workspaceId: viewer?.workspaceId ?? null,
    viewerId: viewer === null ? null : actorOf(viewer),
    args,
  });
  const audience = { path: field.guard.audience, roles: field.audienceRoles };
  const request = { subject, audience, viewer, signal, mayWatch, graceMs: deps.graceMs ?? 2_000 };
  return await openEventGuard(request, deps, { removed: queue.fail, deleted: queue.finish });
}
