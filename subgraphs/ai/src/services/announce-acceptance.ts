import { actionItemAccepted } from '@hoerok/shared/contracts';
import { addEvent } from '@hoerok/shared/outbox';
import type { EntityManager } from 'typeorm';
import type { MinutesItem } from '../entities/minutes-item.entity.ts';

/** Tells the todos domain that an action item is to become a todo, of whom; in the transaction that accepts it. */
export async function announceAcceptance(
  tx: EntityManager,
  item: MinutesItem,
  acceptedById: string,
): Promise<void> {
  await addEvent(tx, {
    contract: actionItemAccepted,
    workspaceId: item.workspaceId,
    aggregateId: item.id,
    actorId: acceptedById,
    payload: {
      __typename: 'ActionItem',
      id: item.id,
      revision: item.revision,
      meetingId: item.meetingId,
      minutesId: item.minutesId,
      text: item.text,
      assigneeId: item.assigneeId,
      dueAt: item.dueAt?.toISOString() ?? null,
      acceptedById,
    },
  });
}
