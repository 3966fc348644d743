import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { messageOf } from '../errors/index.ts';
import { type Logger, meter } from '../telemetry/index.ts';

/** Twice as long as a signature counts by a clock that is half a minute ahead, and more: clocks of replicas differ. */
const REMEMBERED_MS = 120_000;
/** 132 bits of the MAC. */
const REMEMBERED_LENGTH = 22;

const unshared = meter.createCounter('hoerok_nonces_unshared', {
  description: 'Signed mutations that only their own process remembers, because Redis did not answer',
});

/** What all replicas of a service remember of the signed requests that were served. */
export interface SharedNonces {
  /**
   * Notes a signature that has been verified. False when another process has served it. True as well when Redis does not
   * answer: what a process remembers by itself still counts then, and nobody is refused for want of a cache.
   */
  readonly admit: (signature: string) => Promise<boolean>;
}

/** Remembers signatures in Redis, for two minutes: one round trip for each, so for what changes something only. */
export function createSharedNonces(deps: {
  readonly service: string;
  readonly redis: Redis;
  /** Of the service, as its user at Redis may use it. */
  readonly keyPrefix: string;
  readonly logger: Logger;
}): SharedNonces {
  const { service, redis, keyPrefix, logger } = deps;
  const self = randomUUID();
  return {
    admit: async (signature) => {
      const key = `${keyPrefix}:nonce:${signature.slice(-REMEMBERED_LENGTH)}`;
      try {
        if ((await redis.set(key, self, 'PX', REMEMBERED_MS, 'NX')) !== null) return true;
        // The client sends a command again when its connection breaks: then it is our own mark that is there already.
        return (await redis.get(key)) === self;
      } catch (error) {
        unshared.add(1, { service });
        logger.debug({ reason: messageOf(error) }, 'signature not shared');
        return true;
      }
    },
  };
}
