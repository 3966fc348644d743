/** State of one dependency at the moment of asking. */
export interface ProbeResult {
  readonly status: 'up' | 'down';
  readonly latencyMs: number;
  /** Why it is down; never an address or a secret. */
  readonly reason?: string;
}

/** Answer of `GET /health/readiness`. */
export interface Readiness {
  readonly status: 'ready' | 'not ready';
  readonly dependencies: Readonly<Record<string, ProbeResult>>;
}

/** Asks one dependency; throws when it is down. */
export type Probe = (signal: AbortSignal) => Promise<unknown>;

/** Health of a process: alive from the first moment, ready only while what it cannot do without answers and nobody stops it. */
export interface Health {
  readonly readiness: () => Promise<Readiness>;
  /** Fails readiness from now on, so that balancers stop sending requests. */
  readonly stopAccepting: () => void;
}

/** Options of {@link createHealth}. */
export interface HealthOptions {
  /** Dependencies that are shown and decide nothing. @default none */
  readonly optional?: Readonly<Record<string, Probe>>;
  /** Time that each probe gets. @default 2000 */
  readonly timeoutMs?: number;
}

/** Builds the health of a process: ready while every one of `probes` answers. */
export function createHealth(probes: Readonly<Record<string, Probe>>, options: HealthOptions = {}): Health {
  const { optional = {}, timeoutMs = 2_000 } = options;
  let stopping = false;
  return {
    stopAccepting: () => {
      stopping = true;
    },
    readiness: async () => {
      const entries = await Promise.all(
        Object.entries({ ...probes, ...optional }).map(
          async ([name, probe]) => [name, await ask(probe, timeoutMs)] as const,
        ),
      );
      const up = !stopping && entries.every(([name, { status }]) => name in optional || status === 'up');
      return { status: up ? 'ready' : 'not ready', dependencies: Object.fromEntries(entries) };
    },
  };
}

async function ask(probe: Probe, timeoutMs: number): Promise<ProbeResult> {
  const startedAt = performance.now();
  const signal = AbortSignal.timeout(timeoutMs);
  const expired = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('timeout')), { once: true });
  });
  try {
    await Promise.race([probe(signal), expired]);
    return { status: 'up', latencyMs: Math.round(performance.now() - startedAt) };
  } catch {
    const latencyMs = Math.round(performance.now() - startedAt);
    return { status: 'down', latencyMs, reason: signal.aborted ? 'no answer in time' : 'refused' };
  }
}
