import { ACCESS_TOKEN_LIFE_SECONDS } from '@hoerok/shared/auth';
import { accessRevoked, type userCreated } from '@hoerok/shared/contracts';
import { addEvent } from '@hoerok/shared/outbox';
import type { EntityManager } from 'typeorm';
import type { User } from '../entities/user.entity.ts';

/** Tells the other services about a person as it is in this transaction. */
export async function announceUser(
  tx: EntityManager,
  contract: typeof userCreated,
  change: { readonly user: User; readonly actorId: string },
): Promise<void> {
  const { user, actorId } = change;
  await addEvent(tx, {
    contract,
    workspaceId: user.workspaceId,
    aggregateId: user.id,
    actorId,
    payload: { __typename: 'User', id: user.id, revision: user.revision },
  });
}

/** Access that is withdrawn: one session or API key, or all that a user was granted before a revision. */
export interface RevokedAccess {
  readonly workspaceId: string;
  readonly userId: string;
  readonly sessionId: string | null;
  readonly revision: number | null;
}

/**
 * Tells every gateway to refuse access from now on and to close what it has open. Call it after the row that withdraws it
 * was written in `tx`.
 */
export async function announceRevocation(tx: EntityManager, access: RevokedAccess, now: Date): Promise<void> {
  const { workspaceId, userId, sessionId, revision } = access;
  const accessEndsAt = new Date(now.getTime() + ACCESS_TOKEN_LIFE_SECONDS * 1_000).toISOString();
  await addEvent(tx, {
    contract: accessRevoked,
    workspaceId,
    aggregateId: sessionId ?? userId,
    actorId: userId,
    payload: { userId, sessionId, revision, accessEndsAt },
  });
}
