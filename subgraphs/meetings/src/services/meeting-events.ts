import {
  type EventContract,
  meetingCancelled,
  type MeetingChange,
  meetingCreated,
  meetingEnded,
  meetingStarted,
  meetingUpdated,
} from '@hoerok/shared/contracts';
import { addEvent } from '@hoerok/shared/outbox';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { Meeting } from '../entities/meeting.entity.ts';
import type { MeetingEventKind } from '../generated/resolvers.ts';
import { meetingRepository } from '../repositories/meeting-repository.ts';

/** An event that carries the state of a meeting. */
export type MeetingContract = EventContract<z.ZodType<MeetingChange>>;

const KINDS: ReadonlyMap<string, MeetingEventKind> = new Map([
  [meetingCreated.type, 'CREATED'],
  [meetingUpdated.type, 'UPDATED'],
  [meetingStarted.type, 'STARTED'],
  [meetingEnded.type, 'ENDED'],
  [meetingCancelled.type, 'CANCELED'],
]);

/** Tells the other services, and whoever watches it, about a meeting as it is in this transaction. */
export async function announceMeeting(
  tx: EntityManager,
  contract: MeetingContract,
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
      kind: KINDS.get(contract.type),
      meeting: { __typename: 'Meeting', id: meeting.id },
      actor: actorId === null ? null : { __typename: 'User', id: actorId },
    },
  });
}
