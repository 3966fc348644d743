import type { EventContract, MeetingState } from '@hoerok/shared/contracts';
import { addEvent } from '@hoerok/shared/outbox';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { Meeting } from '../entities/meeting.entity.ts';
import { meetingRepository } from '../repositories/meeting-repository.ts';

/** Tells the other services about a meeting as it is in this transaction. */
export async function announceMeeting(
  tx: EntityManager,
  contract: EventContract<z.ZodType<MeetingState>>,
  change: { readonly meeting: Meeting; readonly actorId: string | null },
): Promise<void> {
  const { meeting, actorId } = change;
  const participants = await meetingRepository(tx, meeting.workspaceId).participantsOf([meeting.id]);
  await addEvent(tx, {
    contract,
    workspaceId: meeting.workspaceId,
    aggregateId: meeting.id,
    actorId,
    payload: {
      __typename: 'Meeting',
      id: meeting.id,
      revision: meeting.revision,
      title: meeting.title,
      status: meeting.status,
      language: meeting.language,
      timeZone: meeting.timeZone,
      organizerId: meeting.organizerId,
      participantUserIds: participants.flatMap(({ userId }) => (userId === null ? [] : [userId])),
      scheduledStart: meeting.scheduledStart.toISOString(),
      startedAt: meeting.startedAt?.toISOString() ?? null,
      endedAt: meeting.endedAt?.toISOString() ?? null,
      verificationPolicy: meeting.verificationPolicy,
    },
  });
}
