import { setTimeout as delay } from 'node:timers/promises';
import {
  AckPolicy,
  type Consumer,
  type ConsumerMessages,
  DeliverPolicy,
  type JsMsg,
} from '@nats-io/jetstream';
import { messageOf } from '../errors/index.ts';
import { ensureConsumer, qualify, streamNames } from '../messaging/index.ts';
import { deadLetterDurable, ensureDeadLetterConsumer, handleDeadLetter } from './consume-dead-letters.ts';
import type { EventHandler, EventSubscription } from './event-handler.ts';
import { type EventConsumerDeps, type EventSource, handleMessage } from './handle-event.ts';

const DEFAULT_ACK_WAIT_MS = 30_000;
const NANOSECONDS_PER_MS = 1_000_000;
const RESTART_MS = 500;

/** The event consumers of one process. */
export interface EventConsumers {
  /** Takes no more events and waits for the handlers that run. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts one durable consumer per purpose, source service and aggregate.
 *
 * Guarantees: at least once from JetStream, once into the database (inbox row and effects in one transaction). Within a
 * process events of one aggregate are handled in order, one after the other: one that fails is tried again before those
 * behind it. After a crash, and with several replicas, an older event may still come after a newer one: a handler that
 * keeps state compares revisions. What cannot be decoded, or fails for good, goes to the dead letters.
 */
export async function startEventConsumers(
  deps: EventConsumerDeps,
  subscriptions: readonly EventSubscription[],
): Promise<EventConsumers> {
  const stopping = new AbortController();
  const running: Promise<void>[] = [];
  const stop = async (): Promise<void> => {
    stopping.abort();
    await Promise.all(running);
  };
  try {
    const named = subscriptions.map((subscription) =>
      ofGeneration(subscription, subscription.generation ?? 1),
    );
    for (const feed of named.flatMap((subscription) => feedsOf(deps, subscription))) {
      const consumer = await feed.ensureConsumer();
      running.push(consumeUntilStopped(deps, feed, { consumer, stopping: stopping.signal }));
    }
    for (const subscription of subscriptions) await forgetLowerGenerations(deps, subscription);
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
}

function ofGeneration(subscription: EventSubscription, generation: number): EventSubscription {
  const { purpose } = subscription;
  return generation === 1 ? subscription : { ...subscription, purpose: `${purpose}_${generation}` };
}

/** A replica that has not been replaced yet makes its durable again: what that one then repeats is known as handled. */
async function forgetLowerGenerations(
  deps: EventConsumerDeps,
  subscription: EventSubscription,
): Promise<void> {
  const { consumers } = deps.messaging.manager;
  for (let generation = (subscription.generation ?? 1) - 1; generation >= 1; generation -= 1)
    for (const { service, durable } of sourcesOf(ofGeneration(subscription, generation))) {
      const { events } = streamNames(deps.messaging.namespace, service);
      const deleted = await consumers.delete(events, `${deps.service}__${durable}`).catch(() => false);
      if (deleted) deps.logger.info({ durable }, 'durable of a lower generation deleted');
    }
}

/** A durable consumer that a subscription of a service has, or had before its generation was raised. */
export interface EventDurable {
  /** Service whose event stream it reads; null for the dead letters. */
  readonly source: string | null;
  readonly durable: string;
  /** Of a lower generation: it is only deleted. */
  readonly former: boolean;
}

/** Every durable consumer that {@link startEventConsumers} touches for a subscription: what the service's user at NATS may do. */
export function durablesOf(service: string, subscription: EventSubscription): EventDurable[] {
  const current = subscription.generation ?? 1;
  const found: EventDurable[] = [];
  for (let generation = current; generation >= 1; generation -= 1)
    for (const source of sourcesOf(ofGeneration(subscription, generation)))
      found.push({
        source: source.service,
        durable: `${service}__${source.durable}`,
        former: generation < current,
      });
  if (subscription.deadLetters !== undefined) {
    const { purpose } = ofGeneration(subscription, current);
    found.push({ source: null, durable: deadLetterDurable(service, purpose), former: false });
  }
  return found;
}

/** One durable consumer and what is done with its messages. */
interface Feed {
  readonly ackWaitMs: number;
  readonly ensureConsumer: () => Promise<Consumer>;
  /** Settles the message; never rejects. */
  readonly handle: (message: JsMsg, stopping: AbortSignal) => Promise<void>;
}

function feedsOf(deps: EventConsumerDeps, subscription: EventSubscription): Feed[] {
  const { purpose, deadLetters, ackWaitMs = DEFAULT_ACK_WAIT_MS } = subscription;
  const ackWaitNs = ackWaitMs * NANOSECONDS_PER_MS;
  const feeds = sourcesOf(subscription).map(
    (source): Feed => ({
      ackWaitMs,
      ensureConsumer: () => ensureSourceConsumer(deps, source, ackWaitNs),
      handle: (message, stopping) => handleMessage(deps, source, { message, stopping }),
    }),
  );
  if (deadLetters === undefined) return feeds;
  const letters: Feed = {
    ackWaitMs,
    ensureConsumer: () => ensureDeadLetterConsumer(deps, purpose, ackWaitNs),
    handle: (message) => handleDeadLetter(deps, deadLetters, message),
  };
  return [...feeds, letters];
}

function sourcesOf(subscription: EventSubscription): EventSource[] {
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

/** What is in hand of one consumer: messages by aggregate, each chained behind the one before it. */
interface InHand {
  readonly chains: Map<string, Promise<void>>;
  readonly messages: Set<JsMsg>;
}

async function consumeUntilStopped(
  deps: EventConsumerDeps,
  feed: Feed,
  run: { readonly consumer: Consumer; readonly stopping: AbortSignal },
): Promise<void> {
  const { stopping } = run;
  const inHand: InHand = { chains: new Map(), messages: new Set() };
  // Messages that wait behind a slow one would otherwise be delivered again.
  const keepAlive = setInterval(() => {
    for (const message of inHand.messages) message.working();
  }, feed.ackWaitMs / 3);
  let consumer: Consumer | undefined = run.consumer;
  while (!stopping.aborted) {
    try {
      // One that is gone is not pulled from: NATS would not say so, and the pull be noticed only by its missed heartbeats.
      consumer ??= await feed.ensureConsumer();
      for await (const message of await consume(consumer, stopping))
        enqueueBehind(inHand, message, () => feed.handle(message, stopping));
    } catch (error) {
      deps.logger.debug({ reason: messageOf(error) }, 'event consumer interrupted, starting again');
      consumer = undefined;
      // Stopping cuts the pause short; that is no failure.
      await delay(RESTART_MS, undefined, { signal: stopping }).catch(() => undefined);
    }
  }
  await Promise.all(inHand.chains.values());
  clearInterval(keepAlive);
}

/** The messages of the consumer until `stopping` aborts; throws when the consumer or its stream is gone. */
async function consume(consumer: Consumer, stopping: AbortSignal): Promise<ConsumerMessages> {
  const messages = await consumer.consume({ max_messages: 128, abort_on_missing_resource: true });
  const close = (): void => void messages.close();
  stopping.addEventListener('abort', close, { once: true });
  void messages.closed().then(() => stopping.removeEventListener('abort', close));
  if (stopping.aborted) close();
  return messages;
}

async function ensureSourceConsumer(
  deps: EventConsumerDeps,
  source: EventSource,
  ackWaitNs: number,
): Promise<Consumer> {
  const { namespace } = deps.messaging;
  return await ensureConsumer(deps.messaging, streamNames(namespace, source.service).events, {
    durable_name: `${deps.service}__${source.durable}`,
    filter_subject: qualify(namespace, `evt.${source.service}.*.${source.aggregate}.>`),
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: ackWaitNs,
    // JetStream would silently stop delivering; handleMessage counts and buries instead.
    max_deliver: -1,
    max_ack_pending: 256,
  });
}

/** Chains messages of one aggregate behind one another; other aggregates run beside them. */
function enqueueBehind(inHand: InHand, message: JsMsg, work: () => Promise<void>): void {
  const { chains, messages } = inHand;
  const aggregate = message.subject.split('.').slice(0, -1).join('.');
  messages.add(message);
  const chain = (chains.get(aggregate) ?? Promise.resolve()).then(work).finally(() => {
    messages.delete(message);
    if (chains.get(aggregate) === chain) chains.delete(aggregate);
  });
  chains.set(aggregate, chain);
}
