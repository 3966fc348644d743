import { setTimeout as delay } from 'node:timers/promises';
import { ACCESS_TOKEN_LIFE_SECONDS } from '@hoerok/shared/auth';
import { accessRevoked } from '@hoerok/shared/contracts';
import { messageOf } from '@hoerok/shared/errors';
import { type Messaging, readSince } from '@hoerok/shared/messaging';
import type { Logger } from '@hoerok/shared/telemetry';
import type { Attachment, EventHub } from '../subscriptions/event-hub.ts';
import { readPatiently } from '../subscriptions/event-retry.ts';
import type { Revocations } from './revocations.ts';

const SUBJECT = 'evt.users.*.access.*.revoked';
/** What is older is about access that has ended by itself; clocks and the way here take some of it. */
const LOOK_BACK_MS = (ACCESS_TOKEN_LIFE_SECONDS + 300) * 1_000;
/** A gateway whose stream of events is broken serves all the same after this. */
const START_PATIENCE_MS = 5_000;

/** What {@link followRevocations} needs. */
export interface RevocationFeedDeps {
  readonly messaging: Messaging;
  readonly hub: Pick<EventHub, 'attach'>;
  readonly revocations: Pick<Revocations, 'add'>;
  readonly logger: Logger;
}

/**
 * Fills `revocations` with what the users service has told lately, then with all that it tells. Resolves when the past is
 * read, or after five seconds; it then goes on trying.
 * @returns stops following
 */
export async function followRevocations(deps: RevocationFeedDeps): Promise<() => void> {
  const { hub, logger } = deps;
  let attachment: Attachment | undefined;
  let closed = false;
  const close = (): void => {
    closed = true;
    attachment?.detach();
  };

  async function follow(): Promise<void> {
    // Live first: what is told between the two comes twice, which changes nothing.
    attachment ??= await hub.attach(SUBJECT, ({ payload }) => take(payload, deps));
    if (closed) attachment.detach();
    else await readPast([...attachment.base.keys()], deps);
  }

  const failed = (error: unknown): void =>
    logger.error({ reason: messageOf(error) }, 'Revocations cannot be read; trying again.');
  const followed = readPatiently(follow, { isOver: () => closed, failed });
  const patience = new AbortController();
  await Promise.race([
    followed.finally(() => patience.abort()),
    delay(START_PATIENCE_MS, undefined, { signal: patience.signal }).catch(() => undefined),
  ]);
  return close;
}

async function readPast(streams: readonly string[], deps: RevocationFeedDeps): Promise<void> {
  const since = new Date(Date.now() - LOOK_BACK_MS);
  for (const stream of streams) {
    await readSince(deps.messaging, stream, { subject: SUBJECT, since }, (message) => {
      try {
        take(message.json(), deps);
      } catch (error) {
        refuse(error, deps);
      }
    });
  }
}

function take(payload: unknown, deps: RevocationFeedDeps): void {
  const decoded = accessRevoked.schema.safeParse(payload);
  if (!decoded.success) return refuse(decoded.error, deps);
  const { accessEndsAt, ...revocation } = decoded.data;
  deps.revocations.add({ ...revocation, accessEndsAtMs: Date.parse(accessEndsAt) });
}

function refuse(error: unknown, { logger }: RevocationFeedDeps): void {
  logger.error({ reason: messageOf(error) }, 'A revocation cannot be read and is left out.');
}
