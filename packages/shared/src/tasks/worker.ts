import { AckPolicy, type Consumer, type ConsumerConfig, type JsMsg } from '@nats-io/jetstream';
import type { Subscription } from 'nats';
import { z } from 'zod';
import type { Transact } from '../database/index.ts';
import { messageOf } from '../errors/index.ts';
import {
  deadLetterSubject,
  type Messaging,
  qualify,
  streamNames,
  taskSubject,
  unqualify,
} from '../messaging/index.ts';
import { type Logger, meter, SpanKind, withSpan } from '../telemetry/index.ts';
import { type AttemptDeps, type AttemptEnd, runAttempt, type StopReason } from './attempt.ts';
import { claimTask } from './lease.ts';
import { LANES, type Lane, type TaskDefinition } from './task-kind.ts';
import { endUnheldTask, type DeadCause } from './transitions.ts';

const PULL_MS = 5_000;
const NANOSECONDS_PER_MS = 1_000_000;
/** Deliveries include those to workers that died; attempts are counted in the row. */
const MAX_DELIVER = 12;

const wakeUp = z.object({ taskId: z.string() });
const duration = meter.createHistogram('hoerok_task_attempt_duration', {
  unit: 'ms',
  description: 'Attempts at tasks',
});

/** The workers of one process. */
export interface Workers {
  /** Takes no more work, lets what runs finish for `graceMs`, then aborts it; resolves when all have let go. */
  readonly stop: (graceMs: number) => Promise<void>;
}

/** What {@link startWorkers} needs. */
export interface WorkerDeps {
  readonly service: string;
  readonly messaging: Messaging;
  readonly transact: Transact;
  readonly logger: Logger;
  /** Between 0 and 1. @default Math.random */
  readonly random?: () => number;
}

interface Running {
  readonly deps: AttemptDeps & { readonly messaging: Messaging };
  readonly stopping: AbortSignal;
  /** Attempts that run now, by task id. */
  readonly attempts: Map<string, AbortController>;
}

/** Starts as many slots per kind and lane as its policy says; each pulls one message at a time. */
export async function startWorkers(
  deps: WorkerDeps,
  definitions: readonly TaskDefinition[],
): Promise<Workers> {
  const stopping = new AbortController();
  const attempts = new Map<string, AbortController>();
  const running: Running = {
    deps: { random: Math.random, ...deps },
    stopping: stopping.signal,
    attempts,
  };
  const slots: Promise<void>[] = [];
  for (const definition of definitions) {
    for (const lane of LANES) {
      const consumer = await ensureConsumer(deps, definition, lane);
      for (let slot = 0; slot < definition.policy.slots[lane]; slot += 1)
        slots.push(runSlot(running, definition, consumer));
    }
  }
  const cancels = listenForCancels(running);
  return {
    stop: async (graceMs) => {
      stopping.abort();
      const grace = setTimeout(() => {
        for (const attempt of attempts.values()) attempt.abort('shutdown' satisfies StopReason);
      }, graceMs);
      await Promise.all(slots);
      clearTimeout(grace);
      cancels.unsubscribe();
    },
  };
}

/** The fast path of a cancellation; the flag in the row is what counts and the heartbeat finds it too. */
export function cancelSubject(namespace: string, taskId: string): string {
  return qualify(namespace, `cancel.${taskId}`);
}

function listenForCancels(running: Running): Subscription {
  const { connection, namespace } = running.deps.messaging;
  return connection.subscribe(cancelSubject(namespace, '*'), {
    callback: (_error, message) => {
      const taskId = message.subject.split('.').at(-1) ?? '';
      running.attempts.get(taskId)?.abort('cancelled' satisfies StopReason);
    },
  });
}

async function ensureConsumer(deps: WorkerDeps, definition: TaskDefinition, lane: Lane): Promise<Consumer> {
  const { manager, jetstream, namespace } = deps.messaging;
  const stream = streamNames(namespace, deps.service).tasks;
  const config: Partial<ConsumerConfig> = {
    durable_name: `w_${definition.kind}_${lane}`,
    filter_subject: qualify(namespace, taskSubject(deps.service, definition.kind, lane)),
    ack_policy: AckPolicy.Explicit,
    ack_wait: definition.policy.leaseMs * NANOSECONDS_PER_MS,
    max_deliver: MAX_DELIVER,
    max_ack_pending: 1_000,
  };
  await manager.consumers.add(stream, config);
  return await jetstream.consumers.get(stream, `w_${definition.kind}_${lane}`);
}

async function runSlot(running: Running, definition: TaskDefinition, consumer: Consumer): Promise<void> {
  while (!running.stopping.aborted) {
    const message = await pull(running, consumer);
    if (message === null) continue;
    if (running.stopping.aborted) {
      message.nak();
      return;
    }
    const startedAt = performance.now();
    const end = await attend(running, definition, message);
    duration.record(performance.now() - startedAt, { kind: definition.kind, next: end.next });
    if (end.next === 'ack') message.ack();
    if (end.next === 'again') message.nak(end.delayMs);
  }
}

/** The next message, or null when none came in time; a broken connection is waited out, not thrown. */
async function pull(running: Running, consumer: Consumer): Promise<JsMsg | null> {
  const stopped = Promise.withResolvers<null>();
  const onStop = (): void => stopped.resolve(null);
  running.stopping.addEventListener('abort', onStop, { once: true });
  try {
    return await Promise.race([consumer.next({ expires: PULL_MS }), stopped.promise]);
  } catch (error) {
    running.deps.logger.debug({ reason: messageOf(error) }, 'pull failed, trying again');
    const timer = setTimeout(onStop, 500);
    await stopped.promise;
    clearTimeout(timer);
    return null;
  } finally {
    running.stopping.removeEventListener('abort', onStop);
  }
}

async function attend(running: Running, definition: TaskDefinition, message: JsMsg): Promise<AttemptEnd> {
  const { deps } = running;
  try {
    const decoded = wakeUp.safeParse(parseJson(message));
    if (!decoded.success) return await rejectMalformed(running, message);
    const parent = Object.fromEntries(
      [...(message.headers ?? [])].map(([name, values]) => [name, values[0] ?? '']),
    );
    const span = { name: `task ${definition.kind}`, kind: SpanKind.CONSUMER, parent };
    return await withSpan(span, () => work(running, definition, { message, taskId: decoded.data.taskId }));
  } catch (error) {
    deps.logger.error({ err: error }, 'task message not handled');
    return { next: 'again', delayMs: 1_000 };
  }
}

async function work(
  running: Running,
  definition: TaskDefinition,
  order: { readonly message: JsMsg; readonly taskId: string },
): Promise<AttemptEnd> {
  const { deps, attempts } = running;
  const claim = await deps.transact((tx) => claimTask(tx, order.taskId, definition.policy.leaseMs));
  if (claim.outcome === 'settled') return { next: 'ack' };
  if (claim.outcome === 'held') return { next: 'again', delayMs: claim.retryInMs };
  if (claim.outcome !== 'claimed') {
    const dead = claim.outcome === 'spent' ? deathOf(claim.reason) : null;
    await deps.transact((tx) => endUnheldTask(tx, deps.service, { row: claim.row, dead }));
    return { next: 'ack' };
  }
  const stop = new AbortController();
  attempts.set(order.taskId, stop);
  try {
    return await runAttempt(deps, definition, { claim, stop, keepMessage: () => order.message.working() });
  } finally {
    attempts.delete(order.taskId);
  }
}

function deathOf(reason: 'crash-loop' | 'expired'): {
  cause: DeadCause;
  failure: { code: string; message: string; retryable: boolean };
} {
  if (reason === 'expired') {
    return {
      cause: 'expired',
      failure: { code: 'TIMEOUT', message: 'The task did not finish before its deadline.', retryable: false },
    };
  }
  const message = 'The worker died at every attempt. An operator has to look at it.';
  return { cause: 'crash-loop', failure: { code: 'CRASH_LOOP', message, retryable: false } };
}

/** A message that names no task: there is no row to fail, so it goes to the dead letters as it is. */
async function rejectMalformed(running: Running, message: JsMsg): Promise<AttemptEnd> {
  const { messaging, logger } = running.deps;
  const { stream, streamSequence } = message.info;
  const original = unqualify(messaging.namespace, message.subject);
  await messaging.jetstream.publish(
    qualify(messaging.namespace, deadLetterSubject(stream, 'malformed', original)),
    message.data,
    { msgID: `dlq:${stream}:${streamSequence}` },
  );
  logger.warn({ stream, sequence: streamSequence }, 'malformed task message moved to the dead letters');
  return { next: 'ack' };
}

function parseJson(message: JsMsg): unknown {
  try {
    return message.json();
  } catch {
    return undefined;
  }
}
