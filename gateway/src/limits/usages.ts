/** What one key has used of its budget in its minute, as far as this process knows. */
export interface Usage {
  /** Whether the counter that all gateways share has said anything of this minute. */
  isKnown: boolean;
  /** What it said last; it never falls within a minute. */
  consumed: number;
  /** Taken here, and not told to it. */
  pending: number;
  /** On its way to it. */
  sent: number;
  resetAtMs: number;
}

/** All points that are known to be taken. */
export function usedOf({ consumed, pending, sent }: Usage): number {
  return consumed + pending + sent;
}

/** Usages by key. */
export interface Usages {
  /** The usage of the minute that runs; undefined when there is none. */
  readonly find: (key: string) => Usage | undefined;
  readonly begin: (key: string) => Usage;
}

/** Options of {@link createUsages}. */
export interface UsagesOptions {
  readonly windowMs: number;
  readonly clock: () => number;
  /** Gets each usage that has to go while its minute runs. */
  readonly forget: (key: string, usage: Usage) => Promise<void>;
}

/** So many keys are known at once; the oldest makes room, and the shared counter still knows it. */
const MAX_KEYS = 50_000;

/** Keeps usages, in the order in which their minutes began. */
export function createUsages({ windowMs, clock, forget }: UsagesOptions): Usages {
  const usages = new Map<string, Usage>();

  function dropOldest(): void {
    const [oldest] = usages;
    if (oldest === undefined) return;
    usages.delete(oldest[0]);
    void forget(...oldest);
  }

  return {
    find: (key) => {
      const usage = usages.get(key);
      return usage !== undefined && clock() < usage.resetAtMs ? usage : undefined;
    },
    begin: (key) => {
      const usage = { isKnown: false, consumed: 0, pending: 0, sent: 0, resetAtMs: clock() + windowMs };
      usages.delete(key);
      usages.set(key, usage);
      // Minutes that are over make room by the way, two for each that begins.
      const [one, other] = usages;
      for (const entry of [one, other])
        if (entry !== undefined && clock() >= entry[1].resetAtMs) usages.delete(entry[0]);
      if (usages.size > MAX_KEYS) dropOldest();
      return usage;
    },
  };
}
