import type { userCreated } from '@hoerok/shared/contracts';
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
