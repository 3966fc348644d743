/** Somebody who waits for something on behalf of a client. */
export interface Departing {
  /** The client is gone. */
  leave(): void;
}

/** Tells those who wait when their client is gone. */
export interface Departures {
  readonly watch: (signal: AbortSignal, waiting: Departing) => void;
  readonly forget: (signal: AbortSignal, waiting: Departing) => void;
}

/**
 * One listener per signal, however many fetches are made under it: to add a listener and to take it away again costs
 * more than all else here together.
 */
export function createDepartures(): Departures {
  const bySignal = new WeakMap<AbortSignal, Set<Departing>>();

  function listen(signal: AbortSignal): Set<Departing> {
    const waiting = new Set<Departing>();
    bySignal.set(signal, waiting);
    signal.addEventListener('abort', () => waiting.forEach((one) => one.leave()), { once: true });
    return waiting;
  }

  return {
    watch: (signal, waiting) => void (bySignal.get(signal) ?? listen(signal)).add(waiting),
    forget: (signal, waiting) => void bySignal.get(signal)?.delete(waiting),
  };
}
