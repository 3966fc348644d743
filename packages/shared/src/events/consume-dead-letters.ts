import { AckPolicy, type Consumer, DeliverPolicy, type JsMsg } from '@nats-io/jetstream';
import { deadLetterStream, ensureConsumer, isFiller, qualify } from '../messaging/index.ts';
import { type DeadLetterHandler, readDeadLetter } from './dead-letter.ts';
import type { EventConsumerDeps } from './handle-event.ts';

const AGAIN_MS = 5_000;

/** Name of the durable of all dead letters for one purpose. */
export function deadLetterDurable(service: string, purpose: string): string {
  return `${service}__${purpose}__dlq`;
}

/** The durable consumer of all dead letters for one purpose. */
export async function ensureDeadLetterConsumer(
  { messaging, service }: EventConsumerDeps,
  purpose: string,
  ackWaitNs: number,
): Promise<Consumer> {
  return await ensureConsumer(messaging, deadLetterStream(messaging.namespace), {
    durable_name: deadLetterDurable(service, purpose),
    filter_subject: qualify(messaging.namespace, 'dlq.>'),
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: ackWaitNs,
    max_deliver: -1,
    max_ack_pending: 256,
  });
}

/**
 * Hands one dead letter to its handler. Never rejects, and never gives up either: a dead letter cannot die again, it
 * comes back until it is kept.
 */
export async function handleDeadLetter(
  deps: EventConsumerDeps,
  handle: DeadLetterHandler,
  message: JsMsg,
): Promise<void> {
  if (isFiller(message)) {
    message.ack();
    return;
  }
  try {
    const letter = readDeadLetter(message, deps.messaging.namespace);
    await deps.transact((tx) => handle(letter, tx));
    message.ack();
  } catch (error) {
    const { streamSequence } = message.info;
    deps.logger.warn({ sequence: streamSequence, err: error }, 'dead letter not kept yet');
    message.nak(AGAIN_MS);
  }
}
