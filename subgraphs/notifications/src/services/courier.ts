import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@hoerok/shared/telemetry';
import type { DataSource } from 'typeorm';
import type { Outcome } from '../domain/attempts.ts';
import type { Channel } from '../domain/preferences.ts';
import type { Delivery } from '../entities/delivery.entity.ts';
import { deliveryRepository } from '../repositories/delivery-repository.ts';
import type { Settle } from './settle-delivery.ts';

/** Longer than any attempt takes: what a worker that died had taken is taken again after that. */
const LEASE_MS = 120_000;
const POLL_MS = 1_000;

/** How one attempt ended. */
export interface Attempt {
  readonly provider: string;
  readonly outcome: Outcome | Held;
  /** What a digest has told of. */
  readonly toldIds?: readonly string[];
}

/** It is left to the digest of a day. */
export interface Held {
  readonly state: 'HELD';
  readonly day: string;
  readonly at: Date;
}

/** Sends what was taken together; looks up once what all of it needs. */
export type Prepare = (batch: readonly Delivery[]) => Promise<(delivery: Delivery) => Promise<Attempt>>;

/** What is sent by one channel. */
export interface Lane {
  readonly channel: Channel;
  /** Attempts at the same time in one process. */
  readonly slots: number;
  readonly prepare: Prepare;
}

/** What {@link startCourier} needs. */
export interface CourierDeps {
  readonly dataSource: DataSource;
  readonly logger: Logger;
  readonly clock: () => Date;
  readonly lanes: readonly Lane[];
  readonly settle: Settle;
  /** How long a stopping process lets what is being sent end. */
  readonly graceMs: number;
}

/** Sends deliveries as long as it runs. */
export interface Courier {
  readonly stop: () => Promise<void>;
}

/**
 * Takes deliveries that are due and sends them, each channel by itself, so that none waits for another. Any number of
 * replicas may run it: what one has taken is its own for two minutes. At least once: a worker that dies between the
 * provider's answer and the row has its message sent again, under the same id.
 */
export function startCourier(deps: CourierDeps): Courier {
  const stopping = new AbortController();
  const running = Promise.all(deps.lanes.map((lane) => runLane(deps, lane, stopping.signal)));
  return {
    stop: async () => {
      stopping.abort();
      await Promise.race([running, delay(deps.graceMs, undefined, { ref: false })]);
    },
  };
}

async function runLane(deps: CourierDeps, lane: Lane, stopping: AbortSignal): Promise<void> {
  const inFlight = new Map<string, Delivery>();
  const working = new Set<Promise<void>>();
  let pulse = Promise.withResolvers<void>();
  while (!stopping.aborted) {
    const taken = await take(deps, lane, inFlight);
    for (const delivery of taken) inFlight.set(delivery.id, delivery);
    if (taken.length > 0) {
      const work = sendAll(deps, lane, taken, ({ id }) => {
        inFlight.delete(id);
        pulse.resolve();
      }).finally(() => working.delete(work));
      working.add(work);
    }
    await Promise.race([
      pulse.promise,
      delay(POLL_MS, undefined, { signal: stopping }).catch(() => undefined),
    ]);
    pulse = Promise.withResolvers<void>();
  }
  await Promise.all(working);
}

async function take(
  { dataSource, logger, clock }: CourierDeps,
  { channel, slots }: Lane,
  inFlight: ReadonlyMap<string, Delivery>,
): Promise<Delivery[]> {
  const limit = slots - inFlight.size;
  if (limit <= 0) return [];
  const now = clock();
  const busyEndpoints = [...inFlight.values()].flatMap(({ endpointId }) => endpointId ?? []);
  const until = new Date(now.getTime() + LEASE_MS);
  const claim = randomUUID();
  try {
    // One statement, and nothing that anybody is told of: it needs no transaction and wakes no relay.
    const deliveries = deliveryRepository(dataSource.manager);
    return await deliveries.claim({ channel, limit, now, until, claim, busyEndpoints });
  } catch (error) {
    logger.warn({ channel, err: error }, 'deliveries not taken, trying again');
    return [];
  }
}

async function sendAll(
  deps: CourierDeps,
  lane: Lane,
  batch: readonly Delivery[],
  ended: (delivery: Delivery) => void,
): Promise<void> {
  const prepared = lane.prepare(batch);
  await Promise.all(
    batch.map(async (delivery) => {
      try {
        const send = await prepared;
        await deps.settle(delivery, await send(delivery));
      } catch (error) {
        // Its lease ends, and it is tried again.
        deps.logger.error(
          { delivery: delivery.id, channel: lane.channel, err: error },
          'delivery not settled',
        );
      } finally {
        ended(delivery);
      }
    }),
  );
}
