import { setTimeout as delay } from 'node:timers/promises';
import {
  BrokenCircuitError,
  bulkhead,
  BulkheadRejectedError,
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
  TaskCancelledError,
  timeout,
  TimeoutStrategy,
} from 'cockatiel';
import { AppError, messageOf, RetryAfter } from '../errors/index.ts';
import { type Logger, meter } from '../telemetry/index.ts';
import { untilAborted } from './until-aborted.ts';

const stateGauge = meter.createGauge('hoerok_provider_state', {
  description: 'Circuit of a provider: 0 closed, 1 half open, 2 open',
});
const calls = meter.createCounter('hoerok_provider_calls', { description: 'Calls of providers by outcome' });

/** How soon a call that found every place taken may come again. */
const FULL_RETRY_MS = 1_000;

/** Errors of sockets and name service, as Node and undici name them; `ERR_` is what we did wrong ourselves. */
const NETWORK_ERROR = /^(?!ERR_)(E[A-Z_]+|UND_ERR_(?!INVALID)[A-Z_]+)$/;

/** How a provider is called. */
export interface ProviderOptions {
  readonly name: string;
  /** Of one call, without the time it waits for its place. */
  readonly timeoutMs: number;
  /** Calls at the same time, and calls that may wait for a place. */
  readonly bulkhead: { readonly concurrent: number; readonly queued: number };
  readonly breaker: {
    /** So many failures in a row open the circuit. */
    readonly consecutiveFailures: number;
    /** How long it stays open before one call may try. */
    readonly halfOpenAfterMs: number;
  };
  /**
   * A call that tells whether the provider is back. @default the last call that failed, sent once more: a provider whose
   * calls cost money or must not be repeated needs its own.
   */
  readonly probe?: (signal: AbortSignal) => Promise<unknown>;
  readonly logger: Logger;
}

/**
 * Something outside this process that may be slow or away. Calls are bounded in time and number, and fail at once while
 * the circuit is open. It repeats nothing: that is for tasks.
 */
export interface Provider {
  /**
   * Calls it; `fn` gets a signal that aborts at the timeout and with the caller's.
   * @throws AppError `UNAVAILABLE` (retryable) when it does not answer in time or cannot be reached, RetryAfter while the
   * circuit is open or no place is free, the signal's reason when that aborts; otherwise what `fn` throws.
   */
  readonly call: <T>(
    fn: (signal: AbortSignal) => Promise<T>,
    options?: { readonly signal?: AbortSignal | undefined },
  ) => Promise<T>;
  /**
   * Resolves when the circuit is closed, or the signal aborts. While anybody waits, one probe at a time is sent whenever
   * the circuit is half open. Fits {@link TaskDefinition.ready}.
   */
  readonly ready: (signal: AbortSignal) => Promise<void>;
  readonly state: () => 'closed' | 'half-open' | 'open';
}

/** Whether an error says that the provider is in trouble, rather than that it did not like the request. */
export function isProviderFailure(error: unknown): boolean {
  if (error instanceof RetryAfter) return true;
  if (error instanceof AppError) return error.code === 'UNAVAILABLE' || error.code === 'TIMEOUT';
  return error instanceof TaskCancelledError || NETWORK_ERROR.test(String(codeOf(error)));
}

/** The caller does not want the answer any more: that says nothing about the provider. */
class CallCancelled extends Error {}

/** Wraps cockatiel's bulkhead, circuit breaker and timeout, in this order. */
export function createProvider(options: ProviderOptions): Provider {
  const { name } = options;
  const places = bulkhead(options.bulkhead.concurrent, options.bulkhead.queued);
  const limit = timeout(options.timeoutMs, TimeoutStrategy.Aggressive);
  const circuit = createCircuit(options);
  let lastFailed: (signal: AbortSignal) => Promise<unknown> = async () => undefined;

  const attempt = async <T>(fn: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> =>
    await circuit.breaker.execute(async () => {
      try {
        return await limit.execute((context) => fn(context.signal), signal);
      } catch (error) {
        if (signal?.aborted === true) throw new CallCancelled();
        if (isProviderFailure(error)) lastFailed = fn;
        throw error;
      }
    });
  const probe = async (): Promise<void> => {
    try {
      await attempt(options.probe ?? lastFailed);
      calls.add(1, { name, outcome: 'probe ok' });
    } catch {
      // The breaker has taken note; the circuit opens again.
      calls.add(1, { name, outcome: 'probe failed' });
    }
  };
  return {
    call: async (fn, { signal } = {}) => {
      try {
        const work = places.execute(() => {
          // Cockatiel lets further calls wait for the outcome of the one that tries; a caller had better know at once.
          if (circuit.breaker.state === CircuitState.HalfOpen) throw new BrokenCircuitError();
          return attempt(fn, signal);
        }, signal);
        const answer = await untilAborted(work, signal);
        calls.add(1, { name, outcome: 'ok' });
        return answer;
      } catch (error) {
        calls.add(1, { name, outcome: outcomeOf(error, signal) });
        signal?.throwIfAborted();
        throw explain(options, error, circuit.halfOpenInMs());
      }
    },
    ready: createReady(circuit, probe),
    state: () => circuit.state(),
  };
}

interface Circuit {
  readonly breaker: CircuitBreakerPolicy;
  readonly state: Provider['state'];
  readonly halfOpenInMs: () => number;
}

function createCircuit({
  name,
  breaker: { consecutiveFailures, halfOpenAfterMs },
  logger,
}: ProviderOptions): Circuit {
  const breaker: CircuitBreakerPolicy = circuitBreaker(
    // A cancelled call must not close the circuit that it was to try.
    handleWhen((error) =>
      error instanceof CallCancelled ? breaker.state === CircuitState.HalfOpen : isProviderFailure(error),
    ),
    { halfOpenAfter: halfOpenAfterMs, breaker: new ConsecutiveBreaker(consecutiveFailures) },
  );
  const state: Provider['state'] = () => {
    if (breaker.state === CircuitState.Closed) return 'closed';
    return breaker.state === CircuitState.HalfOpen ? 'half-open' : 'open';
  };
  let openedAt = 0;
  breaker.onStateChange(() => stateGauge.record(['closed', 'half-open', 'open'].indexOf(state()), { name }));
  breaker.onReset(() => logger.info({ provider: name }, 'provider answers again'));
  breaker.onBreak((failure) => {
    openedAt = Date.now();
    const reason = 'error' in failure ? messageOf(failure.error) : 'isolated';
    logger.warn({ provider: name, reason }, 'provider is not called for now');
  });
  stateGauge.record(0, { name });
  return { breaker, state, halfOpenInMs: () => Math.max(0, openedAt + halfOpenAfterMs - Date.now()) };
}

/** All who wait share one round of probes, which ends when nobody waits any more. */
function createReady(circuit: Circuit, probe: () => Promise<void>): Provider['ready'] {
  let waiting = 0;
  let recovery: Promise<void> | undefined;
  const recover = async (): Promise<void> => {
    while (waiting > 0 && circuit.state() !== 'closed') {
      // The timer of a process that has nothing else to do must not keep it alive.
      await delay(circuit.halfOpenInMs(), undefined, { ref: false });
      if (waiting > 0) await probe();
    }
  };
  return async (signal) => {
    waiting += 1;
    try {
      while (!signal.aborted && circuit.state() !== 'closed') {
        recovery ??= recover().finally(() => (recovery = undefined));
        await untilAborted(recovery, signal).catch(() => undefined);
      }
    } finally {
      waiting -= 1;
    }
  };
}

function explain({ name, timeoutMs }: ProviderOptions, error: unknown, halfOpenInMs: number): unknown {
  if (error instanceof AppError) return error;
  if (error instanceof BrokenCircuitError)
    return new RetryAfter(Math.max(halfOpenInMs, FULL_RETRY_MS), `${name} is away and not called for now.`);
  if (error instanceof BulkheadRejectedError)
    return new RetryAfter(FULL_RETRY_MS, `${name} is called by too many at the same time.`);
  if (!isProviderFailure(error)) return error;
  const what =
    error instanceof TaskCancelledError ? `does not answer within ${timeoutMs} ms` : 'cannot be reached';
  return new AppError('UNAVAILABLE', `${name} ${what}.`, { retryable: true, cause: error });
}

function outcomeOf(error: unknown, signal: AbortSignal | undefined): string {
  if (signal?.aborted === true) return 'cancelled';
  if (error instanceof BrokenCircuitError) return 'open';
  if (error instanceof BulkheadRejectedError) return 'full';
  return isProviderFailure(error) ? 'failed' : 'refused';
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
