import { onEventOfMeeting } from '@hoerok/shared/access';
import {
  meetingCancelled,
  meetingCreated,
  meetingEnded,
  type MeetingState,
  meetingUpdated,
} from '@hoerok/shared/contracts';
import type { EventSubscription, ReceivedEvent } from '@hoerok/shared/events';
import type { EntityManager } from 'typeorm';
import { everyoneBut } from '../domain/recipients.ts';
import { notificationRepository } from '../repositories/notification-repository.ts';
import { notify } from '../services/notify.ts';

/** Tells participants that they were invited, and that their meeting has ended or is canceled. Idempotent as notify is. */
export const meetingSubscription: EventSubscription = {
  purpose: 'meeting_notices',
  handlers: [
    onEventOfMeeting(meetingCreated, idOf, (event, tx) => invite(event, tx, true)),
    // The workspace has heard of the meeting already.
    onEventOfMeeting(meetingUpdated, idOf, (event, tx) => invite(event, tx, false)),
    onEventOfMeeting(meetingEnded, idOf, (event, tx) => tellParticipants(tx, event, 'MEETING_ENDED')),
    onEventOfMeeting(meetingCancelled, idOf, (event, tx) => tellParticipants(tx, event, 'MEETING_CANCELED')),
  ],
};

function idOf({ id }: MeetingState): string {
  return id;
}

/** Tells those who are new to the meeting; whoever did this knows, and the organizer does too. */
async function invite(
  event: ReceivedEvent<MeetingState>,
  tx: EntityManager,
  toWebhooks: boolean,
): Promise<void> {
  const { payload: meeting, workspaceId, actorId } = event;
  const fresh = await notificationRepository(tx, workspaceId).invite(meeting.id, meeting.participantUserIds);
  await notify(tx, event, {
    kind: 'MEETING_CREATED',
    toWebhooks,
    recipients: everyoneBut(fresh, meeting.organizerId, actorId),
    ...about(meeting),
  });
}

async function tellParticipants(
  tx: EntityManager,
  event: ReceivedEvent<MeetingState>,
  kind: 'MEETING_ENDED' | 'MEETING_CANCELED',
): Promise<void> {
  const { payload: meeting, actorId } = event;
  const recipients = everyoneBut(meeting.participantUserIds, actorId);
  await notify(tx, event, { kind, recipients, ...about(meeting) });
}

// The inferred type fits every kind that a meeting is told of.
function about({ id, title, language, scheduledStart, timeZone }: MeetingState) {
  return {
    subject: { __typename: 'Meeting' as const, id },
    meetingId: id,
    language,
    parametersFor: () => ({ meetingTitle: title, scheduledStart, timeZone }),
  };
}
