import { minutesChanged } from '@hoerok/shared/contracts';
import { addEvent } from '@hoerok/shared/outbox';
import type { EntityManager } from 'typeorm';
import type { Minutes } from '../entities/minutes.entity.ts';

/** What has happened to minutes, and by whom; `itemIds` is empty when it is all of them. */
export interface MinutesChanged {
  readonly change: 'CREATED' | 'REVIEWED' | 'SCHEDULED' | 'WITHDRAWN';
  readonly itemIds: readonly string[];
  readonly actorId: string | null;
  /** The task that did it, if any. */
  readonly causationId?: string;
}

/** Tells the subscribers of `minutesUpdates`, in the transaction that changes the minutes. */
export async function announceMinutes(
  tx: EntityManager,
  minutes: Pick<Minutes, 'id' | 'workspaceId' | 'meetingId' | 'revision'>,
  { change, itemIds, actorId, causationId }: MinutesChanged,
): Promise<void> {
  await addEvent(tx, {
    contract: minutesChanged,
    workspaceId: minutes.workspaceId,
    aggregateId: minutes.id,
    actorId,
    ...(causationId === undefined ? {} : { causationId }),
    payload: {
      __typename: 'MinutesUpdate',
      id: minutes.id,
      revision: minutes.revision,
      meetingId: minutes.meetingId,
      change,
      minutes: change === 'WITHDRAWN' ? null : { __typename: 'Minutes', id: minutes.id },
      itemIds: [...itemIds],
      actor: actorId === null ? null : { __typename: 'User', id: actorId },
    },
  });
}
