import type { JsMsg } from '@nats-io/jetstream';
import type { Subscription } from 'nats';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { acrossWorkspaces, inWorkspace, type Transact } from '../database/index.ts';
import { messageHeaders, type Messaging, publishDeadLetter, qualify } from '../messaging/index.ts';
import { type Logger, meter, SpanKind, withSpan } from '../telemetry/index.ts';
import { type AttemptDeps, type AttemptEnd, runAttempt } from './attempt.ts';
import { offerEagerStarts } from './eager-start.ts';
import type { StopReason } from './heartbeat.ts';
import { faultPoint } from '../faults/index.ts';
import { createLaneSlots, type LaneSlots } from './lane-slots.ts';
import { type Claim, claimTask, explainRefusal } from './lease.ts';
import { LANES, type TaskDefinition } from './task-kind.ts';
import type { TaskFailure, TaskRow } from './task-row.ts';
import { DEADLINE_PASSED, type DeadCause, endUnheldTask, LONGEST_NAK_MS } from './transitions.ts';
import { ensureWorkQueueConsumer, MAX_DELIVER, pullOne, type WorkQueueLane } from './work-queue.ts';

/** How long a message waits for a slot that a task has taken which came without the queue. */
const PATIENCE_MS = 1_000;
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
  /** Tasks that this process accepts into it may start at once, without the way through the queue. */
  readonly dataSource: DataSource;
  readonly transact: Transact;
  readonly logger: Logger;
  /** Between 0 and 1. @default Math.random */
  readonly random?: () => number;
}

interface Running {
  readonly deps: AttemptDeps & { readonly messaging: Messaging };
  /** What still runs must let go. */
  readonly graceOver: AbortSignal;
  /** Attempts that run now, by task id. */
  readonly attempts: Map<string, AbortController>;
}

/** One lane of one kind, with the slots of this process. */
interface WorkedLane extends WorkQueueLane {
  readonly slots: LaneSlots;
}

/**
 * Starts as many slots per kind and lane as its policy says. A slot works on what the queue gives, one message at a time,
 * or, while the queue is empty, on a task that this process has just accepted.
 */
export async function startWorkers(
  deps: WorkerDeps,
  definitions: readonly TaskDefinition[],
): Promise<Workers> {
  const stopping = new AbortController();
  const graceOver = new AbortController();
  const attempts = new Map<string, AbortController>();
  const running: Running = { deps: { random: Math.random, ...deps }, graceOver: graceOver.signal, attempts };
  const lanes: WorkedLane[] = [];
  for (const definition of definitions)
    for (const lane of LANES) {
      const consumer = await ensureWorkQueueConsumer(deps, definition, lane);
      const slots = createLaneSlots(definition.policy.slots[lane]);
      lanes.push({ definition, lane, consumer, slots, stopping: stopping.signal });
    }
  const pulls = lanes.flatMap((lane) =>
    Array.from({ length: lane.definition.policy.slots[lane.lane] }, () => pullUntilStopped(running, lane)),
  );
  const offers = lanes.map((lane) => offerLane(running, lane, deps.dataSource));
  const cancels = listenForCancels(running);
  return {
    stop: async (graceMs) => {
      stopping.abort();
      for (const takeBack of offers) takeBack();
      const grace = setTimeout(() => {
        graceOver.abort();
        for (const attempt of attempts.values()) attempt.abort('shutdown' satisfies StopReason);
      }, graceMs);
      await Promise.all([...pulls, ...lanes.map(({ slots }) => slots.idle())]);
      clearTimeout(grace);
      cancels.unsubscribe();
    },
  };
}

/** The fast path of a cancellation within the service that owns the task; the flag in the row is what counts and the heartbeat finds it too. */
export function cancelSubject(namespace: string, service: string, taskId: string): string {
  return qualify(namespace, `cancel.${service}.${taskId}`);
}

function listenForCancels(running: Running): Subscription {
  const { service, messaging } = running.deps;
  return messaging.connection.subscribe(cancelSubject(messaging.namespace, service, '*'), {
    callback: (_error, message) => {
      const taskId = message.subject.split('.').at(-1) ?? '';
      running.attempts.get(taskId)?.abort('cancelled' satisfies StopReason);
    },
  });
}

async function pullUntilStopped(running: Running, lane: WorkedLane): Promise<void> {
  const { definition, slots, stopping } = lane;
  while (!stopping.aborted) {
    await definition.ready?.(stopping);
    const message = await slots.pull(() => pullOne(running.deps, lane), stopping);
    if (message === null) continue;
    // A task that started without the queue may have taken the slot meanwhile: the message waits here for the next one,
    // and goes to another process when that takes long.
    const patience = AbortSignal.any([stopping, AbortSignal.timeout(PATIENCE_MS)]);
    if (!(await slots.take(patience))) {
      message.nak(stopping.aborted ? 0 : PATIENCE_MS);
      continue;
    }
    try {
      const end = await measured(definition, () => attend(running, definition, message));
      faultPoint('task:after-commit');
      settle(message, end);
    } finally {
      slots.release();
    }
  }
}

/** Lets tasks that this process accepts start in a free slot, with the lease that they were inserted with. */
function offerLane(running: Running, lane: WorkedLane, dataSource: DataSource): () => void {
  const { definition, slots, stopping } = lane;
  const run = async (row: TaskRow, token: string): Promise<void> => {
    try {
      const parent = row.headers;
      const span = { name: `task ${definition.kind}`, kind: SpanKind.CONSUMER, parent };
      const claim = { outcome: 'claimed', row, token } as const;
      await measured(definition, () => withSpan(span, () => runClaimed(running, definition, { claim })));
      faultPoint('task:after-commit');
    } catch (error) {
      // The lease runs out, and the sweeper wakes the row.
      running.deps.logger.error({ taskId: row.id, err: error }, 'attempt broken off');
    } finally {
      slots.release();
    }
  };
  return offerEagerStarts(
    dataSource,
    { kind: definition.kind, lane: lane.lane },
    {
      leaseMs: definition.policy.leaseMs,
      take: () => !stopping.aborted && slots.takeIdle(),
      release: slots.release,
      // Not bound to whom the request is that has accepted it.
      start: (row, token) => void acrossWorkspaces(() => run(row, token)),
    },
  );
}

async function measured(definition: TaskDefinition, work: () => Promise<AttemptEnd>): Promise<AttemptEnd> {
  const startedAt = performance.now();
  const end = await work();
  duration.record(performance.now() - startedAt, { kind: definition.kind, next: end.next });
  return end;
}

function settle(message: JsMsg, end: AttemptEnd): void {
  if (end.next === 'silence') return;
  // JetStream keeps a message that it may not deliver again in the queue for ever. The row is what counts: without a
  // message the sweeper wakes it.
  const again = end.next === 'again' && message.info.deliveryCount < MAX_DELIVER;
  // NATS takes whole nanoseconds only.
  if (again) message.nak(Math.ceil(end.delayMs));
  else message.ack();
}

async function attend(running: Running, definition: TaskDefinition, message: JsMsg): Promise<AttemptEnd> {
  const { deps } = running;
  try {
    const decoded = wakeUp.safeParse(parseJson(message));
    if (!decoded.success) return await rejectMalformed(running, message);
    const parent = messageHeaders(message);
    const span = { name: `task ${definition.kind}`, kind: SpanKind.CONSUMER, parent };
    return await withSpan(span, () => work(running, definition, { message, taskId: decoded.data.taskId }));
  } catch (error) {
    deps.logger.error({ err: error }, 'task message not handled');
    // Mostly a database that is away: deliveries are spread over the better part of a minute.
    return { next: 'again', delayMs: Math.min(5_000, 250 * 2 ** (message.info.deliveryCount - 1)) };
  }
}

async function work(
  running: Running,
  definition: TaskDefinition,
  order: { readonly message: JsMsg; readonly taskId: string },
): Promise<AttemptEnd> {
  const claim = await take(running, definition, order.taskId);
  if (claim.outcome === 'held') return { next: 'again', delayMs: claim.retryInMs };
  if (claim.outcome === 'early' && claim.retryInMs <= LONGEST_NAK_MS)
    return { next: 'again', delayMs: claim.retryInMs };
  if (claim.outcome !== 'claimed') return { next: 'ack' };
  return await runClaimed(running, definition, { claim, message: order.message });
}

/** Works on a task that this process holds; without a `message`, the sweeper brings it back when it must be tried again. */
async function runClaimed(
  { deps, attempts, graceOver }: Running,
  definition: TaskDefinition,
  order: { readonly claim: Extract<Claim, { outcome: 'claimed' }>; readonly message?: JsMsg },
): Promise<AttemptEnd> {
  faultPoint('task:after-claim');
  const { claim, message } = order;
  const stop = new AbortController();
  attempts.set(claim.row.id, stop);
  if (graceOver.aborted) stop.abort('shutdown' satisfies StopReason);
  try {
    return await inWorkspace(claim.row.workspace_id, () =>
      runAttempt(deps, definition, { claim, stop, message }),
    );
  } finally {
    attempts.delete(claim.row.id);
  }
}

/** Claims the task; one that cannot be worked on any more is ended. */
async function take(running: Running, definition: TaskDefinition, taskId: string): Promise<Claim> {
  const { transact, service } = running.deps;
  const wanted = { id: taskId, leaseMs: definition.policy.leaseMs };
  const claimed = await transact((tx) => claimTask(tx, service, wanted), { single: true });
  if (claimed !== null) return claimed;
  const refusal = await transact(async (tx) => {
    const refused = await explainRefusal(tx, taskId);
    if (refused?.outcome === 'cancelled') await endUnheldTask(tx, service, { row: refused.row, dead: null });
    if (refused?.outcome === 'spent')
      await endUnheldTask(tx, service, { row: refused.row, dead: deathOf(refused.reason) });
    return refused;
  });
  return refusal ?? (await take(running, definition, taskId));
}

function deathOf(reason: 'crash-loop' | 'expired'): { cause: DeadCause; failure: TaskFailure } {
  if (reason === 'expired') return { cause: 'expired', failure: DEADLINE_PASSED };
  const message = 'The worker died at every attempt. An operator has to look at it.';
  return { cause: 'crash-loop', failure: { code: 'CRASH_LOOP', message, retryable: false } };
}

/** A message that names no task: there is no row to fail, so it goes to the dead letters as it is. */
async function rejectMalformed(running: Running, message: JsMsg): Promise<AttemptEnd> {
  const { messaging, logger } = running.deps;
  const { stream, streamSequence } = message.info;
  await publishDeadLetter(messaging, message, {
    id: `dlq:${stream}:${streamSequence}`,
    cause: 'malformed',
    error: 'The message names no task.',
    consumer: message.info.consumer,
  });
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
