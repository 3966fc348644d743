/** Something that may not take for ever. */
export interface Expiring {
  /** When it is to end, in milliseconds of `performance.now()`. */
  readonly dueAt: number;
  /** Called once when that time has come. It has been taken out by then. */
  expire(): void;
}

/** Ends what is overdue. */
export interface Deadlines {
  /** All that is added has the same lifetime, so that what came first is due first. */
  readonly add: (expiring: Expiring) => void;
  readonly remove: (expiring: Expiring) => void;
}

/** One timer for all: it waits for the oldest, and what is done in time never touches it. */
export function createDeadlines(): Deadlines {
  const running = new Set<Expiring>();
  let timer: NodeJS.Timeout | undefined;

  function check(): void {
    timer = undefined;
    const now = performance.now();
    for (const oldest of running) {
      if (oldest.dueAt > now) {
        timer = setTimeout(check, Math.ceil(oldest.dueAt - now));
        return;
      }
      running.delete(oldest);
      oldest.expire();
    }
  }

  return {
    add: (expiring) => {
      running.add(expiring);
      timer ??= setTimeout(check, Math.ceil(expiring.dueAt - performance.now()));
    },
    remove: (expiring) => {
      running.delete(expiring);
      // A process that has nothing left to wait for is to end.
      if (running.size === 0 && timer !== undefined) {
        clearTimeout(timer);
        timer = undefined;
      }
    },
  };
}
