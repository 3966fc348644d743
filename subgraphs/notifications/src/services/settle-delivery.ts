import type { Transact } from '@hoerok/shared/database';
import { type Logger, meter } from '@hoerok/shared/telemetry';
import type { EntityManager } from 'typeorm';
import { FAILING_ENDPOINT_MS, type Outcome, pauseAfter } from '../domain/attempts.ts';
import { DIGEST_EVENT } from '../domain/event-type.ts';
import type { Delivery } from '../entities/delivery.entity.ts';
import { deliveryRepository } from '../repositories/delivery-repository.ts';
import { webhookRepository } from '../repositories/webhook-repository.ts';
import type { Spool } from '../providers/spool.ts';
import { newDelivery } from './add-deliveries.ts';
import type { Attempt, Held } from './courier.ts';
import type { DisableEndpoint } from './disable-endpoint.ts';

const ended = meter.createCounter('hoerok_deliveries', {
  description: 'Attempts to deliver a notification, by channel and outcome',
});

/** Writes down how an attempt ended. */
export type Settle = (delivery: Delivery, attempt: Attempt) => Promise<void>;

/** What {@link createSettle} needs. */
export interface SettleDeps {
  readonly transact: Transact;
  readonly clock: () => Date;
  /** 0 to 1. */
  readonly random: () => number;
  readonly spool: Spool;
  readonly disableEndpoint: DisableEndpoint;
  readonly logger: Logger;
}

/** Builds {@link Settle}. What another worker has taken meanwhile, and what is deleted, is left alone. */
export function createSettle(deps: SettleDeps): Settle {
  return async (delivery, attempt) => {
    const { outcome, provider } = attempt;
    const { channel, id } = delivery;
    ended.add(1, { channel, outcome: outcome.state });
    if (outcome.state === 'FAILED')
      deps.logger.info(
        { delivery: id, channel, attempt: delivery.attempts, reason: outcome.error },
        'not delivered',
      );
    await deps.transact(async (tx) => {
      if (outcome.state === 'HELD') return await hold(tx, delivery, outcome);
      const changes = { provider, ...changesFor(delivery, outcome, deps) };
      if (!(await deliveryRepository(tx).settle(delivery, changes))) return;
      if (delivery.digestDay !== null && changes.state !== undefined)
        await settleDigest(tx, delivery, { changes, toldIds: attempt.toldIds ?? [], now: deps.clock() });
      if (delivery.endpointId !== null) await noteHealth(tx, delivery, outcome, deps.clock());
    });
    await afterwards(deps, delivery, outcome);
  };
}

function changesFor(
  { channel, attempts }: Delivery,
  outcome: Outcome,
  { clock, random }: Pick<SettleDeps, 'clock' | 'random'>,
): Partial<Delivery> {
  const now = clock();
  switch (outcome.state) {
    case 'LATER':
      return {
        nextAttemptAt: outcome.at,
        attempts: attempts - 1,
        ...(outcome.onTime ? { dueAt: outcome.at } : {}),
      };
    case 'SUPPRESSED':
      return { state: 'SUPPRESSED', lastError: outcome.error, nextAttemptAt: null };
    case 'FAILED': {
      const pause = outcome.retryable ? pauseAfter(channel, attempts, random(), outcome.retryAfterMs) : null;
      const failed = { lastError: outcome.error, responseStatus: outcome.responseStatus ?? null };
      return pause === null
        ? { ...failed, state: 'FAILED', nextAttemptAt: null }
        : { ...failed, nextAttemptAt: new Date(now.getTime() + pause) };
    }
    case 'SENT':
    case 'DELIVERED':
    case 'SPOOLED':
      return {
        state: outcome.state,
        messageId: outcome.messageId,
        responseStatus: outcome.responseStatus ?? null,
        lastError: null,
        nextAttemptAt: null,
        sentAt: outcome.state === 'SPOOLED' ? null : now,
      };
  }
}

/** Leaves an e-mail to the digest of a day, which is made with the first. */
async function hold(tx: EntityManager, delivery: Delivery, { day, at }: Held): Promise<void> {
  const { recipientId, workspaceId, channel, attempts } = delivery;
  if (recipientId === null) return;
  const deliveries = deliveryRepository(tx);
  const digest = newDelivery({
    workspaceId,
    channel,
    event: DIGEST_EVENT,
    recipientId,
    digestDay: day,
    occurredAt: at,
    dueAt: at,
    nextAttemptAt: at,
  });
  await deliveries.insert([digest]);
  const stored = await deliveries.digestOf(recipientId, day);
  const held =
    stored?.state === 'PENDING'
      ? { digestId: stored.id, nextAttemptAt: null }
      : { nextAttemptAt: at, dueAt: at };
  await deliveries.settle(delivery, { ...held, attempts: attempts - 1 });
}

/** What a digest has told shares its fate; what it could not tell, for its meeting is hidden, waits for another one. */
async function settleDigest(
  tx: EntityManager,
  { id }: Delivery,
  end: {
    readonly changes: Partial<Delivery>;
    readonly toldIds: readonly string[];
    readonly now: Date;
  },
): Promise<void> {
  const { state, messageId = null, lastError = null, provider = null, sentAt = null } = end.changes;
  if (state === undefined) return;
  const deliveries = deliveryRepository(tx);
  await deliveries.settleHeld(
    id,
    { state, messageId, lastError, provider, sentAt, attempts: 1 },
    end.toldIds,
  );
  await deliveries.settleHeld(id, { digestId: null, dueAt: end.now, nextAttemptAt: end.now });
}

async function noteHealth(
  tx: EntityManager,
  { endpointId, workspaceId }: Delivery,
  outcome: Outcome,
  now: Date,
): Promise<void> {
  if (endpointId === null) return;
  const webhooks = webhookRepository(tx, workspaceId);
  if (outcome.state === 'DELIVERED') await webhooks.heal(endpointId);
  if (outcome.state === 'FAILED') await webhooks.fail(endpointId, now);
}

async function afterwards(
  { transact, clock, spool, disableEndpoint }: SettleDeps,
  { id, workspaceId, endpointId }: Delivery,
  outcome: Outcome | Held,
): Promise<void> {
  // Deleted while it was being written: its file must not stay either.
  if (outcome.state === 'SPOOLED' && !(await transact((tx) => deliveryRepository(tx).exists(id))))
    await spool.remove([id]);
  if (endpointId === null || outcome.state !== 'FAILED') return;
  const [endpoint] = await transact((tx) => webhookRepository(tx, workspaceId).find([endpointId]));
  if (endpoint === undefined) return;
  const { failingSince } = endpoint;
  const failingMs = failingSince === null ? 0 : clock().getTime() - failingSince.getTime();
  // 410 Gone: the receiver itself asks for no more.
  if (outcome.responseStatus === 410) await disableEndpoint(endpoint, 'GONE');
  else if (failingMs > FAILING_ENDPOINT_MS) await disableEndpoint(endpoint, 'FAILING');
}
