import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { JsMsg } from '@nats-io/jetstream';
import type { EntityManager } from 'typeorm';
import { inWorkspace, type Transact } from '../database/index.ts';
import { AppError, messageOf, PermanentError } from '../errors/index.ts';
import { faultPoint } from '../faults/index.ts';
import { messageHeaders, type Messaging, publishDeadLetter } from '../messaging/index.ts';
import { type Logger, meter, SpanKind, withSpan } from '../telemetry/index.ts';
import type { EventHandler, ReceivedEvent } from './event-handler.ts';

/** An event that has been delivered so often and never settled takes its process down each time. */
const MAX_DELIVERIES = 12;

const handled = meter.createCounter('hoerok_events_handled', { description: 'Events handled, by outcome' });

/** How often and how soon a handler that throws is tried again. */
export interface EventRetryPolicy {
  /** Failures after which the event goes to the dead letters; failures of the database itself do not count. */
  readonly maxFailures: number;
  /** Ceiling of the first delay; doubles with every failure, with full jitter. */
  readonly baseMs: number;
  readonly maxMs: number;
  /** A handler that takes longer has failed, and what it wrote is rolled back. @default 30000 */
  readonly timeoutMs?: number;
}

const DEFAULT_RETRY: EventRetryPolicy = Object.freeze({ maxFailures: 12, baseMs: 200, maxMs: 30_000 });
const DEFAULT_TIMEOUT_MS = 30_000;

/** What event consumers need. */
export interface EventConsumerDeps {
  readonly service: string;
  readonly messaging: Messaging;
  readonly transact: Transact;
  readonly logger: Logger;
  /** @default 12 failures, 200 ms to 30 s, 30 s for a handler */
  readonly eventRetry?: EventRetryPolicy;
}

/** One durable consumer: the handlers of one purpose for one aggregate of one service. */
export interface EventSource {
  readonly service: string;
  readonly aggregate: string;
  readonly durable: string;
  readonly handlers: ReadonlyMap<string, EventHandler>;
  /** Names of the events it handles, to tell "not mine" from "a version I do not know". */
  readonly events: ReadonlySet<string>;
}

/** A message and the end of the process. */
interface Delivery {
  readonly message: JsMsg;
  readonly stopping: AbortSignal;
}

/**
 * Handles one message to its end: handled, a duplicate, none of ours, or buried. Never rejects. A handler that throws is
 * tried again here and not by a new delivery, so that the events behind it in the same aggregate wait for it.
 */
export async function handleMessage(
  deps: EventConsumerDeps,
  source: EventSource,
  delivery: Delivery,
): Promise<void> {
  const { message, stopping } = delivery;
  const retry = deps.eventRetry ?? DEFAULT_RETRY;
  let failures = 0;
  while (!stopping.aborted) {
    const error = await attempt(deps, source, message);
    if (error === undefined) return;
    if (!(error instanceof UndecidedError) && (await databaseAnswers(deps))) failures += 1;
    const cause = causeOfDeath(error, message, failures >= retry.maxFailures);
    if (cause !== null && (await bury(deps, source, { message, cause, error }))) return;
    handled.add(1, { service: deps.service, outcome: 'retried' });
    const ceilingMs = Math.min(retry.maxMs, retry.baseMs * 2 ** Math.max(0, failures - 1));
    // Stopping cuts the pause short; that is no failure.
    await delay(ceilingMs * Math.random(), undefined, { signal: stopping }).catch(() => undefined);
  }
  message.nak();
}

/** Undefined when the message is done with, otherwise what was thrown. */
async function attempt(deps: EventConsumerDeps, source: EventSource, message: JsMsg): Promise<unknown> {
  const headers = messageHeaders(message);
  const span = {
    name: `event ${headers['ce-type'] ?? message.subject}`,
    kind: SpanKind.CONSUMER,
    parent: headers,
  };
  try {
    if (message.info.deliveryCount > MAX_DELIVERIES)
      throw new PermanentError('CRASH_LOOP', 'Every process that took this event died of it.');
    const outcome = await withSpan(span, () => dispatch(deps, source, { message, headers }));
    faultPoint('events:after-commit');
    handled.add(1, { service: deps.service, outcome });
    message.ack();
    return undefined;
  } catch (error) {
    const { stream, streamSequence } = message.info;
    deps.logger.warn({ stream, sequence: streamSequence, err: error }, 'event not handled');
    return error ?? new Error('The handler threw nothing.');
  }
}

function causeOfDeath(error: unknown, message: JsMsg, exhausted: boolean): string | null {
  if (message.info.deliveryCount > MAX_DELIVERIES) return 'max-deliver';
  if (error instanceof PermanentError) return error.code === 'BAD_MESSAGE' ? 'schema' : 'permanent';
  return exhausted ? 'exhausted' : null;
}

/** False while the database is away: then the handler is not to blame, and waiting is all that helps. */
async function databaseAnswers(deps: EventConsumerDeps): Promise<boolean> {
  return await deps
    .transact((tx) => tx.query('SELECT 1'))
    .then(
      () => true,
      () => false,
    );
}

/** True once the dead letter is stored; the message is settled then. */
async function bury(
  deps: EventConsumerDeps,
  source: EventSource,
  dead: { readonly message: JsMsg; readonly cause: string; readonly error: unknown },
): Promise<boolean> {
  const { message, cause, error } = dead;
  const { stream, streamSequence } = message.info;
  const consumer = `${deps.service}__${source.durable}`;
  try {
    await publishDeadLetter(deps.messaging, message, {
      id: `dlq:${consumer}:${stream}:${streamSequence}`,
      cause,
      error: messageOf(error),
      consumer,
    });
    faultPoint('events:after-burial');
    handled.add(1, { service: deps.service, outcome: 'dead' });
    message.ack();
    return true;
  } catch (failure) {
    deps.logger.error(
      { stream, sequence: streamSequence, reason: messageOf(failure) },
      'dead letter not published yet',
    );
    return false;
  }
}

type Outcome = 'handled' | 'duplicate' | 'ignored';

async function dispatch(
  deps: EventConsumerDeps,
  source: EventSource,
  delivery: { readonly message: JsMsg; readonly headers: Readonly<Record<string, string>> },
): Promise<Outcome> {
  const { message, headers } = delivery;
  const type = headers['ce-type'] ?? '';
  const handler = source.handlers.get(type);
  if (handler === undefined) {
    const event = message.subject.split('.').at(-1) ?? '';
    if (!source.events.has(event)) return 'ignored';
    throw new PermanentError('BAD_MESSAGE', `Version not known here: ${type === '' ? 'no ce-type' : type}`);
  }
  const event = decode(handler, message, headers);
  return await inWorkspace(event.workspaceId, () =>
    deps.transact(async (tx) => {
      if (!(await isFresh(tx, source, event))) return 'duplicate';
      await withinTime(deps, tx, handler.handle(event, tx));
      faultPoint('events:before-commit');
      return 'handled';
    }),
  );
}

/** The inbox cannot say yet whether an event was handled: the handler has not run and is not to blame. */
class UndecidedError extends Error {
  override readonly name = 'UndecidedError';
}

async function isFresh(tx: EntityManager, source: EventSource, event: ReceivedEvent): Promise<boolean> {
  try {
    const fresh: unknown[] = await tx.query(
      'INSERT INTO inbox (consumer, message_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING message_id',
      [source.durable, event.id],
    );
    return fresh.length > 0;
  } catch (error) {
    // A process that has vanished without a word may hold the row until PostgreSQL ends its session.
    throw new UndecidedError(messageOf(error), { cause: error });
  }
}

/**
 * Waits for the handler, but not for ever. When it takes too long, the connection of its transaction is closed: PostgreSQL
 * rolls it back, so that it neither holds up the next attempt nor writes anything beside it, whenever the handler goes on.
 */
async function withinTime(deps: EventConsumerDeps, tx: EntityManager, work: Promise<void>): Promise<void> {
  const { timeoutMs = DEFAULT_TIMEOUT_MS } = deps.eventRetry ?? DEFAULT_RETRY;
  const late = Promise.withResolvers<never>();
  const error = new AppError('TIMEOUT', `The handler has not ended within ${timeoutMs / 1_000} seconds.`);
  const giveUp = async (): Promise<void> => {
    // The connection that the transaction has; node-postgres has no other word for closing it at once.
    const client = (await tx.queryRunner?.connect()) as { connection: { stream: Socket } } | undefined;
    client?.connection.stream.destroy(error);
    late.reject(error);
  };
  const timer = setTimeout(() => void giveUp(), timeoutMs);
  try {
    await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function decode(
  handler: EventHandler,
  message: JsMsg,
  headers: Readonly<Record<string, string>>,
): ReceivedEvent {
  const id = headers['ce-id'];
  const workspaceId = headers['x-workspace-id'];
  if (id === undefined || workspaceId === undefined) {
    throw new PermanentError('BAD_MESSAGE', 'The headers ce-id and x-workspace-id are needed.');
  }
  const payload = handler.contract.schema.safeParse(parseJson(message));
  if (!payload.success) {
    const [issue] = payload.error.issues;
    throw new PermanentError(
      'BAD_MESSAGE',
      `${handler.contract.type}: ${issue?.path.join('.')} ${issue?.message}`,
    );
  }
  return {
    id,
    workspaceId,
    type: handler.contract.type,
    aggregateId: headers['ce-subject'] ?? '',
    actorId: headers['x-actor-id'] ?? null,
    occurredAt: headers['ce-time'] ?? message.time.toISOString(),
    payload: payload.data,
  };
}

function parseJson(message: JsMsg): unknown {
  try {
    return message.json();
  } catch (error) {
    throw new PermanentError('BAD_MESSAGE', 'The payload is not JSON.', { cause: error });
  }
}
