import {
  AckPolicy,
  type Consumer,
  type ConsumerMessages,
  DeliverPolicy,
  type JsMsg,
} from '@nats-io/jetstream';
import type { Transact } from '../database/index.ts';
import { messageOf, PermanentError } from '../errors/index.ts';
import { deadLetterSubject, type Messaging, qualify, streamNames, unqualify } from '../messaging/index.ts';
import { type Logger, meter, SpanKind, withSpan } from '../telemetry/index.ts';
import type { EventHandler, EventSubscription, ReceivedEvent } from './event-handler.ts';

const MAX_DELIVER = 12;
const ACK_WAIT_NS = 30_000_000_000;
const MAX_RETRY_MS = 30_000;

const handled = meter.createCounter('hoerok_events_handled', { description: 'Events handled, by outcome' });

/** The event consumers of one process. */
export interface EventConsumers {
  /** Takes no more events and waits for the handlers that run. */
  readonly stop: () => Promise<void>;
}

/** What {@link startEventConsumers} needs. */
export interface EventConsumerDeps {
  readonly service: string;
  readonly messaging: Messaging;
  readonly transact: Transact;
  readonly logger: Logger;
}

interface Source {
  readonly service: string;
  readonly aggregate: string;
  readonly durable: string;
  readonly handlers: ReadonlyMap<string, EventHandler>;
  /** Versions that this code knows, by event name, to tell "not mine" from "too new". */
  readonly events: ReadonlySet<string>;
}

/**
 * Starts one durable consumer per purpose, source service and aggregate.
 *
 * Guarantees: at least once from JetStream, once into the database (inbox row and effects in one transaction), events
 * of one aggregate one after the other. What cannot be decoded, or fails for good, goes to the dead letters.
 */
export async function startEventConsumers(
  deps: EventConsumerDeps,
  subscriptions: readonly EventSubscription[],
): Promise<EventConsumers> {
  const running = await Promise.all(
    subscriptions.flatMap(sourcesOf).map((source) => startSource(deps, source)),
  );
  return {
    stop: async () => {
      await Promise.all(running.map((stop) => stop()));
    },
  };
}

function sourcesOf(subscription: EventSubscription): Source[] {
  const groups = Map.groupBy(
    subscription.handlers,
    ({ contract }) => `${contract.service}_${contract.aggregate}`,
  );
  return [...groups.values()].map((handlers) => {
    const [{ contract }] = handlers as [EventHandler];
    return {
      service: contract.service,
      aggregate: contract.aggregate,
      durable: `${subscription.purpose}__${contract.aggregate}`,
      handlers: new Map(handlers.map((handler) => [handler.contract.type, handler])),
      events: new Set(handlers.map((handler) => handler.contract.event)),
    };
  });
}

async function startSource(deps: EventConsumerDeps, source: Source): Promise<() => Promise<void>> {
  const consumer = await ensureConsumer(deps, source);
  const state = { stopping: false, messages: undefined as ConsumerMessages | undefined };
  const chains = new Map<string, Promise<void>>();
  const loop = (async () => {
    while (!state.stopping) {
      try {
        state.messages = await consumer.consume({ max_messages: 128 });
        for await (const message of state.messages)
          enqueueBehind(chains, message, () => handleMessage(deps, source, message));
      } catch (error) {
        deps.logger.debug({ reason: messageOf(error) }, 'event consumer interrupted, starting again');
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  })();
  return async () => {
    state.stopping = true;
    await state.messages?.close();
    await loop;
    await Promise.all(chains.values());
  };
}

async function ensureConsumer(deps: EventConsumerDeps, source: Source): Promise<Consumer> {
  const { manager, jetstream, namespace } = deps.messaging;
  const stream = streamNames(namespace, source.service).events;
  const durable = `${deps.service}__${source.durable}`;
  await manager.consumers.add(stream, {
    durable_name: durable,
    filter_subject: qualify(namespace, `evt.${source.service}.*.${source.aggregate}.>`),
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: ACK_WAIT_NS,
    max_deliver: MAX_DELIVER,
    max_ack_pending: 256,
  });
  return await jetstream.consumers.get(stream, durable);
}

/** Chains messages of one aggregate behind one another; other aggregates run beside them. */
function enqueueBehind(chains: Map<string, Promise<void>>, message: JsMsg, work: () => Promise<void>): void {
  const aggregate = message.subject.split('.').slice(0, -1).join('.');
  const chain = (chains.get(aggregate) ?? Promise.resolve()).then(work).finally(() => {
    if (chains.get(aggregate) === chain) chains.delete(aggregate);
  });
  chains.set(aggregate, chain);
}

async function handleMessage(deps: EventConsumerDeps, source: Source, message: JsMsg): Promise<void> {
  const headers = Object.fromEntries(
    [...(message.headers ?? [])].map(([name, values]) => [name, values[0] ?? '']),
  );
  try {
    const outcome = await withSpan(
      { name: `event ${headers['ce-type'] ?? message.subject}`, kind: SpanKind.CONSUMER, parent: headers },
      () => dispatch(deps, source, { message, headers }),
    );
    handled.add(1, { service: deps.service, outcome });
    message.ack();
  } catch (error) {
    await rejectMessage(deps, message, error);
  }
}

type Outcome = 'handled' | 'duplicate' | 'ignored';

async function dispatch(
  deps: EventConsumerDeps,
  source: Source,
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
  return await deps.transact(async (tx) => {
    const fresh: unknown[] = await tx.query(
      'INSERT INTO inbox (consumer, message_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING message_id',
      [source.durable, event.id],
    );
    if (fresh.length === 0) return 'duplicate';
    await handler.handle(event, tx);
    return 'handled';
  });
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

async function rejectMessage(deps: EventConsumerDeps, message: JsMsg, error: unknown): Promise<void> {
  const { messaging, logger, service } = deps;
  const { stream, streamSequence, deliveryCount } = message.info;
  const dead = error instanceof PermanentError || deliveryCount >= MAX_DELIVER;
  handled.add(1, { service, outcome: dead ? 'dead' : 'retried' });
  logger.warn({ stream, sequence: streamSequence, deliveryCount, err: error }, 'event not handled');
  if (!dead) {
    message.nak(Math.min(MAX_RETRY_MS, 200 * 2 ** deliveryCount) * Math.random());
    return;
  }
  const cause = error instanceof PermanentError ? 'schema' : 'max-deliver';
  const original = unqualify(messaging.namespace, message.subject);
  try {
    const subject = qualify(messaging.namespace, deadLetterSubject(stream, cause, original));
    await messaging.jetstream.publish(subject, message.data, {
      msgID: `dlq:${service}:${stream}:${streamSequence}`,
    });
    message.ack();
  } catch (failure) {
    // Not acknowledged: it comes back after ack_wait and is buried then.
    logger.error(
      { stream, sequence: streamSequence, reason: messageOf(failure) },
      'dead letter not published',
    );
  }
}
