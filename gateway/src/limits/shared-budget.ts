import { messageOf } from '@hoerok/shared/errors';
import { type Logger, meter } from '@hoerok/shared/telemetry';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible';
import { createUsages, type Usage, usedOf } from './usages.ts';

const WINDOW_SECONDS = 60;
/** How long points may be known to this process alone. */
const FLUSH_MS = 50;
/** Of its budget a key may use this share before each of its operations is counted in Redis first. */
const UNCOUNTED_SHARE = 0.5;
/** Redis is asked again this long after it failed. */
const REDIS_PAUSE_MS = 1_000;

const redisFailures = meter.createCounter('hoerok_gateway_rate_limit_redis_failures', {
  description: 'Times that Redis could not count; this gateway counts alone for a second',
});

/** Milliseconds to wait before anything is left; `null` when the points were there and are taken. */
export type Wait = number | null;

/** So many points for each key in each minute, for all gateways together. */
export interface SharedBudget {
  /** Takes points. It answers at once as long as the key is far from its limit. */
  readonly take: (key: string, points: number) => Wait | Promise<Wait>;
  /** How long a key that has nothing left has to wait; `null` when it may have something. Takes nothing. */
  readonly waitOf: (key: string) => Wait;
  /** Tells Redis what it does not know yet. */
  readonly close: () => Promise<void>;
}

/** Options of {@link createSharedBudget}. */
export interface SharedBudgetOptions {
  readonly pointsPerMinute: number;
  /** `null`: each process counts alone. */
  readonly redis: Redis | null;
  /** Keys are `<prefix>:<key>`. */
  readonly prefix: string;
  readonly logger: Logger;
  readonly clock?: () => number;
}

/**
 * A budget a minute, counted by rate-limiter-flexible in Redis. The first operation of a key in a minute asks Redis; up to
 * half of the budget the next ones are counted here and told within 50 ms, all keys together; beyond that each asks Redis
 * first. So two gateways never let more than the budget through, and more of them go beyond it by what they let in within
 * 50 ms. A key that has used its budget up is refused without a question until its minute is over.
 *
 * Without Redis, each gateway counts alone with the same budget: nothing is open, nothing waits.
 */
export function createSharedBudget(options: SharedBudgetOptions): SharedBudget {
  const { pointsPerMinute: limit, clock = Date.now } = options;
  const told = createTelling(counterOf({ ...options, clock }), clock);
  const usages = createUsages({ windowMs: WINDOW_SECONDS * 1_000, clock, forget: told.atOnce });

  async function takeCounted(key: string, usage: Usage, points: number): Promise<Wait> {
    usage.pending += points;
    await told.atOnce(key, usage);
    return usage.consumed > limit ? waitOf(usage) : null;
  }

  function waitOf({ resetAtMs }: Usage): number {
    return Math.max(1, resetAtMs - clock());
  }

  return {
    waitOf: (key) => {
      const usage = usages.find(key);
      return usage !== undefined && usedOf(usage) >= limit ? waitOf(usage) : null;
    },
    take: (key, points) => {
      const usage = usages.find(key) ?? usages.begin(key);
      const after = usedOf(usage) + points;
      if (usage.isKnown && after > limit) return waitOf(usage);
      if (!usage.isKnown || after > limit * UNCOUNTED_SHARE) return takeCounted(key, usage, points);
      usage.pending += points;
      told.soon(key, usage);
      return null;
    },
    close: told.close,
  };
}

interface Telling {
  /** Counts what is pending, with all that other keys have by then, in a moment. */
  readonly soon: (key: string, usage: Usage) => void;
  /** Counts what is pending now; what Redis says is in the usage then. */
  readonly atOnce: (key: string, usage: Usage) => Promise<void>;
  readonly close: () => Promise<void>;
}

function createTelling(count: Counter, clock: () => number): Telling {
  const waiting = new Map<string, Usage>();
  let timer: NodeJS.Timeout | undefined;

  async function atOnce(key: string, usage: Usage): Promise<void> {
    const points = usage.pending;
    if (points === 0) return;
    usage.pending = 0;
    usage.sent += points;
    const { consumedPoints, msBeforeNext } = await count(key, points);
    usage.isKnown = true;
    usage.sent -= points;
    usage.consumed = Math.max(usage.consumed, consumedPoints);
    usage.resetAtMs = clock() + msBeforeNext;
  }

  async function all(): Promise<void> {
    timer = undefined;
    const keys = [...waiting];
    waiting.clear();
    await Promise.all(keys.map(async ([key, usage]) => await atOnce(key, usage)));
  }

  return {
    atOnce,
    soon: (key, usage) => {
      waiting.set(key, usage);
      timer ??= setTimeout(() => void all(), FLUSH_MS).unref();
    },
    close: async () => {
      clearTimeout(timer);
      await all();
    },
  };
}

type Counter = (key: string, points: number) => Promise<RateLimiterRes>;

function counterOf({
  pointsPerMinute: points,
  redis,
  prefix: keyPrefix,
  logger,
  clock,
}: SharedBudgetOptions & { readonly clock: () => number }): Counter {
  const settings = { points, duration: WINDOW_SECONDS, keyPrefix };
  const alone = new RateLimiterMemory(settings);
  if (redis === null) return async (key, taken) => await alone.penalty(key, taken);
  const together = new RateLimiterRedis({ ...settings, storeClient: redis });
  let pausedUntilMs = 0;
  return async (key, taken) => {
    if (clock() < pausedUntilMs) return await alone.penalty(key, taken);
    try {
      return await together.penalty(key, taken);
    } catch (error) {
      if (clock() >= pausedUntilMs) {
        redisFailures.add(1);
        logger.warn({ reason: messageOf(error) }, 'Redis cannot count requests; this gateway counts alone.');
      }
      pausedUntilMs = clock() + REDIS_PAUSE_MS;
      return await alone.penalty(key, taken);
    }
  };
}
