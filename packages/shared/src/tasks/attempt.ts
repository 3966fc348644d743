import type { JsMsg } from '@nats-io/jetstream';
import { AppError, messageOf, PermanentError, RetryAfter } from '../errors/index.ts';
import type { Logger } from '../telemetry/index.ts';
import type { Transact } from '../database/index.ts';
import { startHeartbeat, type StopReason } from './heartbeat.ts';
import type { Claim } from './lease.ts';
import { createReporter } from './progress-reporter.ts';
import { createSteps, type Steps } from './steps.ts';
import type { Effects, Job, TaskDefinition, TaskPolicy, TaskResult } from './task-kind.ts';
import type { TaskFailure } from './task-row.ts';
import {
  completePlainly,
  completeTask,
  DEADLINE_PASSED,
  failTask,
  FencedError,
  type Holder,
  LONGEST_NAK_MS,
  markCancelled,
  retryTaskLater,
} from './transitions.ts';

/** What the worker does with the message afterwards. */
export type AttemptEnd =
  /** The row has ended or another worker has it: the message is done. */
  | { readonly next: 'ack' }
  /** The row waits; the message comes back after the delay. */
  | { readonly next: 'again'; readonly delayMs: number }
  /** Fenced: say nothing, the other worker's message decides. */
  | { readonly next: 'silence' };

/** How long a handler may take to let go after its signal. */
const LET_GO_MS = 2_000;

/** What {@link runAttempt} needs. */
export interface AttemptDeps {
  readonly service: string;
  readonly transact: Transact;
  readonly logger: Logger;
  /** Between 0 and 1. */
  readonly random: () => number;
}

/** Runs one claimed attempt to its end, whatever that is, and writes the end down under the lease token. */
export async function runAttempt(
  deps: AttemptDeps,
  definition: TaskDefinition,
  attempt: {
    readonly claim: Extract<Claim, { outcome: 'claimed' }>;
    readonly stop: AbortController;
    /** The message that brought the task; undefined when it started without the queue. */
    readonly message: Pick<JsMsg, 'working'> | undefined;
  },
): Promise<AttemptEnd> {
  const { row, token } = attempt.claim;
  const holder: Holder = { service: deps.service, taskId: row.id, token };
  const reporter = createReporter(deps, holder);
  const steps = createSteps(deps, holder, attempt.stop.signal);
  const heart = startHeartbeat(deps, {
    holder,
    leaseMs: definition.policy.leaseMs,
    stop: attempt.stop,
    keepMessage: () => attempt.message?.working(),
  });
  const job: Job<unknown> = {
    taskId: row.id,
    workspaceId: row.workspace_id,
    payload: row.payload,
    attempt: row.attempt,
    requestedBy: row.requested_by,
    meetingId: row.meeting_id,
    signal: attempt.stop.signal,
    progress: reporter.report,
    step: steps.run,
  };
  try {
    const payload = definition.payload.safeParse(row.payload);
    if (!payload.success)
      throw new PermanentError('BAD_MESSAGE', `The stored payload does not fit: ${payload.error.message}`);
    const work = definition.run({ ...job, payload: payload.data });
    const made = await untilAbandoned(work, attempt.stop.signal);
    await reporter.close();
    // Work that is done when the process stops counts; what was cancelled, is late or was lost does not.
    if (attempt.stop.signal.reason !== ('shutdown' satisfies StopReason))
      attempt.stop.signal.throwIfAborted();
    await complete(deps, { holder, steps, made });
    return { next: 'ack' };
  } catch (error) {
    await reporter.close();
    return await concludeFailure(deps, definition.policy, {
      holder,
      attemptNumber: row.attempt,
      maxAttempts: row.max_attempts,
      stop: attempt.stop,
      inQueue: attempt.message !== undefined,
      error,
    });
  } finally {
    await heart.stop();
  }
}

/** Writes down what the handler has made, in as few statements as that takes. */
async function complete(
  { transact }: AttemptDeps,
  done: { readonly holder: Holder; readonly steps: Steps; readonly made: Effects | TaskResult },
): Promise<void> {
  const { holder, steps, made } = done;
  const result = typeof made === 'function' ? null : made;
  if (result !== null && !steps.taken()) {
    const isDone = await transact((tx) => completePlainly(tx, holder, result), { single: true });
    if (isDone) return;
  }
  await transact(async (tx) => {
    await completeTask(tx, holder, typeof made === 'function' ? made : async () => made);
    await steps.forget(tx);
  });
}

/**
 * What the handler makes, or a rejection with the reason of the stop when it does not let go: a handler that ignores its
 * signal must not keep its slot for ever. Whatever it does later, the lease token refuses.
 */
async function untilAbandoned<T>(work: Promise<T>, stop: AbortSignal): Promise<T> {
  const abandoned = Promise.withResolvers<never>();
  let timer: NodeJS.Timeout | undefined;
  const onAbort = (): void => {
    timer = setTimeout(() => abandoned.reject(stop.reason), LET_GO_MS);
  };
  stop.addEventListener('abort', onAbort, { once: true });
  if (stop.aborted) onAbort();
  try {
    return await Promise.race([work, abandoned.promise]);
  } finally {
    stop.removeEventListener('abort', onAbort);
    clearTimeout(timer);
  }
}

interface Failure {
  readonly holder: Holder;
  readonly attemptNumber: number;
  readonly maxAttempts: number;
  readonly stop: AbortController;
  /** Its message waits in the queue and comes back when it is told to. */
  readonly inQueue: boolean;
  readonly error: unknown;
}

async function concludeFailure(deps: AttemptDeps, policy: TaskPolicy, failed: Failure): Promise<AttemptEnd> {
  try {
    return await writeFailure(deps, policy, failed);
  } catch (error) {
    if (error instanceof FencedError) return { next: 'silence' };
    // The database cannot take the end down now; the lease runs out and the message comes back.
    deps.logger.error(
      { taskId: failed.holder.taskId, reason: messageOf(error) },
      'end of attempt not written',
    );
    return { next: 'again', delayMs: 5_000 };
  }
}

async function writeFailure(deps: AttemptDeps, policy: TaskPolicy, failed: Failure): Promise<AttemptEnd> {
  const { holder, stop, inQueue, error } = failed;
  if (error instanceof FencedError) return { next: 'silence' };
  const reason = stop.signal.aborted ? (stop.signal.reason as StopReason) : undefined;
  if (reason === 'lost') return { next: 'silence' };
  if (reason === 'cancelled') {
    await deps.transact((tx) => markCancelled(tx, holder));
    return { next: 'ack' };
  }
  if (reason === 'shutdown') {
    await deps.transact((tx) =>
      retryTaskLater(tx, holder, { delayMs: 0, failure: null, countAttempt: false, inQueue }),
    );
    return { next: 'again', delayMs: 0 };
  }
  if (reason === 'expired') {
    await deps.transact((tx) => failTask(tx, holder, { cause: 'expired', failure: DEADLINE_PASSED }));
    return { next: 'ack' };
  }
  const failure = describe(error);
  deps.logger.warn(
    { taskId: holder.taskId, attempt: failed.attemptNumber, code: failure.code, err: error },
    'attempt failed',
  );
  if (!failure.retryable || failed.attemptNumber >= failed.maxAttempts) {
    const cause = failure.retryable ? 'exhausted' : 'permanent';
    await deps.transact((tx) => failTask(tx, holder, { cause, failure: { ...failure, retryable: false } }));
    return { next: 'ack' };
  }
  const delayMs =
    error instanceof RetryAfter ? error.delayMs : backoffMs(policy, failed.attemptNumber, deps.random());
  await deps.transact((tx) => retryTaskLater(tx, holder, { delayMs, failure, countAttempt: true, inQueue }));
  return delayMs <= LONGEST_NAK_MS ? { next: 'again', delayMs } : { next: 'ack' };
}

/** Full jitter over an exponentially growing ceiling, in milliseconds. */
export function backoffMs(policy: TaskPolicy, attempt: number, random: number): number {
  return Math.round(Math.min(policy.backoffMaxMs, policy.backoffBaseMs * 2 ** (attempt - 1)) * random);
}

function describe(error: unknown): TaskFailure {
  if (error instanceof PermanentError) return { code: error.code, message: error.message, retryable: false };
  if (error instanceof AppError) return { code: error.code, message: error.message, retryable: true };
  // The text of an unknown error may hold anything; it goes to the log, not to clients.
  return { code: 'INTERNAL', message: 'The worker failed unexpectedly.', retryable: true };
}
