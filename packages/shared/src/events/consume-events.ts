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
import { ensureDeadLetterConsumer, handleDeadLetter } from './consume-dead-letters.ts';
import type { EventHandler, EventSubscription } from './event-handler.ts';
import { type EventConsumerDeps, type EventSource, handleMessage } from './handle-event.ts';
import { startInboxCare } from './inbox.ts';

const ACK_WAIT_MS = 30_000;
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
  const inbox = startInboxCare(deps);
  const stop = async (): Promise<void> => {
    stopping.abort();
    await Promise.all([...running, inbox.stop()]);
  };
  try {
    for (const feed of subscriptions.flatMap((subscription) => feedsOf(deps, subscription))) {
      const consumer = await feed.ensureConsumer();
      running.push(consumeUntilStopped(deps, feed, { consumer, stopping: stopping.signal }));
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
}

/** One durable consumer and what is done with its messages. */
interface Feed {
  readonly ensureConsumer: () => Promise<Consumer>;
  /** Settles the message; never rejects. */
  readonly handle: (message: JsMsg, stopping: AbortSignal) => Promise<void>;
}

function feedsOf(deps: EventConsumerDeps, subscription: EventSubscription): Feed[] {
  const { purpose, deadLetters } = subscription;
  const feeds = sourcesOf(subscription).map(
    (source): Feed => ({
      ensureConsumer: () => ensureSourceConsumer(deps, source),
      handle: (message, stopping) => handleMessage(deps, source, { message, stopping }),
    }),
  );
  if (deadLetters === undefined) return feeds;
  const ackWaitNs = ACK_WAIT_MS * NANOSECONDS_PER_MS;
  const letters: Feed = {
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
  }, ACK_WAIT_MS / 3);
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

async function ensureSourceConsumer(deps: EventConsumerDeps, source: EventSource): Promise<Consumer> {
  const { namespace } = deps.messaging;
  return await ensureConsumer(deps.messaging, streamNames(namespace, source.service).events, {
    durable_name: `${deps.service}__${source.durable}`,
    filter_subject: qualify(namespace, `evt.${source.service}.*.${source.aggregate}.>`),
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: ACK_WAIT_MS * NANOSECONDS_PER_MS,
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
