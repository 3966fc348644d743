/** Options of {@link createCircuitBreaker}. */
export interface CircuitBreakerOptions {
  /** This share of all that ended within the window opens the circuit. @default 0.5 */
  readonly failureShare?: number;
  /** If it is so many failures at least. @default 5 */
  readonly minFailures?: number;
  /** What ended longer ago than this, or at most twice this, does not count any more, in milliseconds. @default 1000 */
  readonly windowMs?: number;
  /**
   * So many failures without a success between them open it as well: at once when there were many good answers just
   * before, and in the end when calls are rarer than the window is long. @default 10
   */
  readonly failuresInARow?: number;
  /** While open, one call is let through this often, in milliseconds. @default 1000 */
  readonly probeEveryMs?: number;
  readonly onChange?: (state: 'open' | 'closed') => void;
}

/** How a call may go: as any other, to find out whether the circuit can close, or not at all. */
export type Admission = 'closed' | 'probe' | 'refused';

/** Stops calls to what fails most of the time. Both methods are synchronous and cost next to nothing: they run per fetch. */
export interface CircuitBreaker {
  /** Asks whether a call may be made. `now` in milliseconds, of any monotonic clock. */
  readonly admit: (now: number) => Admission;
  /** Tells how an admitted call ended. A call that was cancelled says nothing and is not told. */
  readonly record: (admission: Admission, ok: boolean, now: number) => void;
  /** Whether an answer is still worth the work of reading it: not one that was asked for before the circuit opened. */
  readonly isWorthReading: (admission: Admission) => boolean;
}

/**
 * A circuit breaker over a share of failures. It has no half-open state in which everybody waits for one probe: a probe
 * may hang for as long as its deadline, so the next one goes a second later all the same, and the first to succeed
 * closes the circuit.
 */
export function createCircuitBreaker(options: CircuitBreakerOptions = {}): CircuitBreaker {
  const { failureShare = 0.5, minFailures = 5, windowMs = 1_000, failuresInARow = 10 } = options;
  const { probeEveryMs = 1_000, onChange } = options;
  let [failures, calls, failuresBefore, callsBefore] = [0, 0, 0, 0];
  let inARow = 0;
  let windowFrom = Number.NEGATIVE_INFINITY;
  let open = false;
  let probedAt = 0;

  function turn(now: number): void {
    if (now - windowFrom < windowMs) return;
    const isNext = now - windowFrom < 2 * windowMs;
    [failuresBefore, callsBefore] = isNext ? [failures, calls] : [0, 0];
    [failures, calls, windowFrom] = [0, 0, now];
  }

  function change(to: boolean, now: number): void {
    open = to;
    probedAt = now;
    [failures, calls, failuresBefore, callsBefore, inARow] = [0, 0, 0, 0, 0];
    onChange?.(open ? 'open' : 'closed');
  }

  return {
    admit: (now) => {
      if (!open) return 'closed';
      if (now - probedAt < probeEveryMs) return 'refused';
      probedAt = now;
      return 'probe';
    },
    isWorthReading: (admission) => !open || admission === 'probe',
    record: (admission, ok, now) => {
      if (open) {
        // What had begun before the circuit opened does not count: half of that may well have succeeded.
        if (admission === 'probe' && ok) change(false, now);
        return;
      }
      turn(now);
      calls += 1;
      inARow = ok ? 0 : inARow + 1;
      if (ok) return;
      failures += 1;
      const failed = failures + failuresBefore;
      const isShare = failed >= minFailures && failed >= failureShare * (calls + callsBefore);
      if (isShare || inARow >= failuresInARow) change(true, now);
    },
  };
}
