import { actorOf, type Viewer } from '@hoerok/shared/auth';
import { messageOf } from '@hoerok/shared/errors';
import type { Logger } from '@hoerok/shared/telemetry';
import type { EventStreamField } from '../supergraph/event-stream-directive.ts';
import { isAudience } from './event-audience.ts';
import { type EventGuard, openEventGuard } from './event-guard.ts';
import type { Attachment, EventHub, EventListener } from './event-hub.ts';
import type { EventIds, EventIdScope, EventPlace } from './event-id.ts';
import type { Delivery, QueuedEvent, Told } from './event-intake.ts';
import { EventQueue, type QueueSubscriber } from './event-queue.ts';
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
  const { subject, viewer, lastEventId } = request;
  const scope: EventIdScope = { subject, workspaceId: viewer?.workspaceId ?? null };
  const place = lastEventId === undefined ? null : deps.eventIds.read(scope, lastEventId);
  if (place?.ended === true) return ENDED;
  const source = new LiveEventSource(request, deps);
  await source.open(request, place);
  return source;
}

/**
 * The events of one subscriber from the streams. A class, because every open subscription has one; what only its opening
 * needs is not kept.
 */
class LiveEventSource implements EventSource, QueueSubscriber {
  readonly field: EventStreamField;
  readonly subject: string;
  readonly #args: NonNullable<EventSourceRequest['args']>;
  readonly #viewer: Viewer | null;
  readonly #deps: EventSourceDeps;
  readonly #queue: EventQueue;
  #guard: EventGuard | null = null;
  #attachment: Attachment | null = null;
  /** There was an event, or it is closed. */
  #hasStirred = false;
  /** Somebody waits for that. */
  #stirred: (() => void) | null = null;

  constructor({ field, subject, args = {}, viewer }: EventSourceRequest, deps: EventSourceDeps) {
    this.field = field;
    this.subject = subject;
    this.#args = args;
    this.#viewer = viewer;
    this.#deps = deps;
    this.#queue = new EventQueue(this, deps);
  }

  /** Call it once, before anything else. */
  async open(request: EventSourceRequest, place: EventPlace | null): Promise<void> {
    const queue = this.#queue;
    this.#guard = await openGuard(request, queue, this.#deps);
    try {
      const take: EventListener = (event, positions) => queue.take(event, positions);
      this.#attachment = await this.#deps.hub.attach(this.subject, take);
    } catch (error) {
      this.#guard?.close();
      throw error;
    }
    // Not awaited: a client that leaves while the snapshot is being read releases the subject at once.
    const stirred = async (): Promise<void> => await this.#untilStirred();
    const starting = { request, queue, attachment: this.#attachment, stirred };
    const started =
      place === null ? startFresh(starting, this.#deps) : startAfter(starting, place, this.#deps);
    started.catch((error: unknown) =>
      queue.fail(error instanceof Error ? error : new Error(messageOf(error))),
    );
  }

  pull(): Promise<SourceEvent | null> {
    return this.#queue.pull().then(
      (queued) => this.#tell(queued),
      (error: unknown) => {
        this.#release();
        throw error;
      },
    );
  }

  close(): void {
    this.#release();
    this.#queue.discard();
    this.taken();
  }

  // On a subject with an argument the newest message says who may see its one object.
  judge({ payload }: Told): 'shown' | 'passed over' | 'refused' {
    const { field } = this;
    if (field.filter?.matches(payload, this.#args) === false) return 'passed over';
    if (isAudience(audienceOf(field), this.#viewer, payload)) return 'shown';
    return field.subject.oneObject ? 'refused' : 'passed over';
  }

  taken(): void {
    this.#hasStirred = true;
    this.#stirred?.();
    this.#stirred = null;
  }

  async #untilStirred(): Promise<void> {
    if (this.#hasStirred) return;
    await new Promise<void>((resolve) => {
      this.#stirred = resolve;
    });
  }

  #release(): void {
    this.#attachment?.detach();
    this.#guard?.close();
  }

  #tell(queued: QueuedEvent | null): SourceEvent | null {
    // Nothing comes after the last word, so nobody needs to stay attached while it is delivered.
    if (queued === null || queued.terminal) this.#release();
    if (queued === null) return null;
    const { key, terminal, event, positions, delivery, gap } = queued;
    const { payload, trace } = event;
    const scope = { subject: this.subject, workspaceId: this.#viewer?.workspaceId ?? null };
    const eventId = this.#deps.eventIds.write(scope, { positions, ended: terminal });
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
  const { audience: path, otherwise } = field.guard;
  const audience = { path, otherwise: otherwise ?? null, roles: field.audienceRoles };
  const request = { subject, audience, viewer, signal, mayWatch, graceMs: deps.graceMs ?? 2_000 };
  return await openEventGuard(request, deps, {
    removed: (error) => queue.fail(error),
    deleted: () => queue.finish(),
  });
}
