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
import { isPresent } from '../domain/attendance.ts';
import type { Meeting } from '../entities/meeting.entity.ts';
import type { MeetingEventKind } from '../generated/resolvers.ts';
import { meetingRepository } from '../repositories/meeting-repository.ts';
import { shareRepository } from '../repositories/share-repository.ts';

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
  change: {
    readonly meeting: Meeting;
    readonly actorId: string | null;
    /** @default what the contract says */
    readonly kind?: MeetingEventKind;
  },
): Promise<void> {
  const { meeting, actorId, kind = KINDS.get(contract.type) } = change;
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
      ...(await doorsOf(tx, meeting)),
      scheduledStart: meeting.scheduledStart.toISOString(),
      startedAt: meeting.startedAt?.toISOString() ?? null,
      endedAt: meeting.endedAt?.toISOString() ?? null,
      verificationPolicy: meeting.verificationPolicy,
      kind,
      meeting: { __typename: 'Meeting', id: meeting.id },
      actor: actorId === null ? null : { __typename: 'User', id: actorId },
    },
  });
}

/** Who may see the meeting, who is or was there, and who agreed to being recorded. */
async function doorsOf(
  tx: EntityManager,
  { id, workspaceId, status }: Meeting,
): Promise<
  Required<
    Pick<
      MeetingChange,
      'participantUserIds' | 'shares' | 'audienceUserIds' | 'presentUserIds' | 'recordingConsents'
    >
  >
> {
  const rows = await meetingRepository(tx, workspaceId).participantsOf([id]);
  const participants = rows.flatMap(({ userId, ...row }) => (userId === null ? [] : [{ ...row, userId }]));
  const shares = await shareRepository(tx, workspaceId).withUsers(id);
  const participantUserIds = participants.map(({ userId }) => userId);
  const holders = shares.filter(({ live }) => live).map(({ userId }) => userId);
  return {
    participantUserIds,
    shares: shares.map(({ userId, access, expiresAt }) => ({
      userId,
      access,
      expiresAt: expiresAt?.toISOString() ?? null,
    })),
    audienceUserIds: [...new Set([...participantUserIds, ...holders])],
    presentUserIds: participants
      .filter((participant) => isPresent(participant, status === 'ENDED'))
      .map(({ userId }) => userId),
    recordingConsents: participants.map(({ userId, recordingConsent }) => ({
      userId,
      state: recordingConsent,
    })),
  };
}
