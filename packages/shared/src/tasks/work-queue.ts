import { setTimeout as delay } from 'node:timers/promises';
import { AckPolicy, type Consumer, type JsMsg } from '@nats-io/jetstream';
import { messageOf } from '../errors/index.ts';
import { ensureConsumer, type Messaging, qualify, streamNames, taskSubject } from '../messaging/index.ts';
import type { Logger } from '../telemetry/index.ts';
import type { Lane, TaskDefinition } from './task-kind.ts';

const PULL_MS = 5_000;
const RETRY_MS = 500;
const NANOSECONDS_PER_MS = 1_000_000;

/** Deliveries of one message at most: those to workers that died count, attempts at the task are counted in its row. */
export const MAX_DELIVER = 12;

/** What the functions of this file need. */
export interface WorkQueueDeps {
  readonly service: string;
  readonly messaging: Messaging;
  readonly logger: Logger;
}

/** Name of the durable consumer of a kind and lane. */
export function workQueueDurable(kind: string, lane: string): string {
  return `w_${kind}_${lane}`;
}

/** Creates the durable consumer of a kind and lane, or changes it to the policy of today. Idempotent. */
export async function ensureWorkQueueConsumer(
  deps: WorkQueueDeps,
  definition: TaskDefinition,
  lane: Lane,
): Promise<Consumer> {
  const { namespace } = deps.messaging;
  return await ensureConsumer(deps.messaging, streamNames(namespace, deps.service).tasks, {
    durable_name: workQueueDurable(definition.kind, lane),
    filter_subject: qualify(namespace, taskSubject(deps.service, definition.kind, lane)),
    ack_policy: AckPolicy.Explicit,
    ack_wait: definition.policy.leaseMs * NANOSECONDS_PER_MS,
    max_deliver: MAX_DELIVER,
    max_ack_pending: 1_000,
  });
}

/** One lane of one kind, as its slots see it. */
export interface WorkQueueLane {
  readonly definition: TaskDefinition;
  readonly lane: Lane;
  readonly consumer: Consumer;
  readonly stopping: AbortSignal;
}

/**
 * The next message of a lane, or null when none came in time or `stopping` has aborted; a message that was on its way
 * then is still handed out. A broken connection is waited out; a consumer that is gone is created again.
 */
export async function pullOne(deps: WorkQueueDeps, lane: WorkQueueLane): Promise<JsMsg | null> {
  try {
    return await fetchOne(lane.consumer, lane.stopping);
  } catch (error) {
    deps.logger.debug({ reason: messageOf(error) }, 'pull failed, trying again');
    // Stopping cuts the pause short; that is no failure.
    await delay(RETRY_MS, undefined, { signal: lane.stopping }).catch(() => undefined);
    if (!lane.stopping.aborted) await recreate(deps, lane);
    return null;
  }
}

async function fetchOne(consumer: Consumer, stopping: AbortSignal): Promise<JsMsg | null> {
  const messages = await consumer.fetch({ max_messages: 1, expires: PULL_MS });
  // Closing gives up the interest in the request: JetStream then keeps the message for another worker.
  const close = (): void => void messages.close();
  stopping.addEventListener('abort', close, { once: true });
  if (stopping.aborted) close();
  try {
    let received: JsMsg | null = null;
    for await (const message of messages) received = message;
    return received;
  } finally {
    stopping.removeEventListener('abort', close);
  }
}

async function recreate(deps: WorkQueueDeps, lane: WorkQueueLane): Promise<void> {
  try {
    await ensureWorkQueueConsumer(deps, lane.definition, lane.lane);
  } catch (error) {
    deps.logger.debug({ reason: messageOf(error) }, 'work queue not there yet');
  }
}
