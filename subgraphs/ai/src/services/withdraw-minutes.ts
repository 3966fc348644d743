import { holdMeeting } from '@hoerok/shared/access';
import { minutesWithdrawn } from '@hoerok/shared/contracts';
import { addEvent } from '@hoerok/shared/outbox';
import type { EntityManager } from 'typeorm';
import { announceMinutes } from './announce-minutes.ts';
import { minutesRepository } from '../repositories/minutes-repository.ts';

/**
 * Deletes minutes that a bulk analysis has made, unless a person has decided on one of their items: what somebody has worked
 * on stays. Idempotent; says whether they were withdrawn.
 */
export async function withdrawMinutes(
  tx: EntityManager,
  wanted: {
    readonly workspaceId: string;
    readonly sagaId: string;
    readonly requestedBy: string | null;
    readonly meetingId: string;
    readonly minutesId: string;
  },
): Promise<{ readonly withdrawn: boolean }> {
  const { workspaceId, minutesId } = wanted;
  await holdMeeting(tx, wanted.meetingId);
  const repository = minutesRepository(tx, workspaceId);
  const whole = await repository.findWholeForUpdate(minutesId);
  if (whole === null || whole.items.some(({ review }) => review !== 'SUGGESTED')) return { withdrawn: false };
  const { id, revision, meetingId, transcriptId } = whole.minutes;
  await repository.delete(id);
  await addEvent(tx, {
    contract: minutesWithdrawn,
    workspaceId,
    aggregateId: id,
    actorId: wanted.requestedBy,
    causationId: wanted.sagaId,
    payload: { __typename: 'Minutes', id, revision, meetingId, transcriptId },
  });
  await announceMinutes(tx, whole.minutes, {
    change: 'WITHDRAWN',
    itemIds: [],
    actorId: wanted.requestedBy,
    causationId: wanted.sagaId,
  });
  return { withdrawn: true };
}
