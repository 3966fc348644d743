import { onEventOfMeeting, requireToldMeeting } from '@hoerok/shared/access';
import {
  sectionChanged,
  sectionNoted,
  transcriptCreated,
  transcriptVerified,
} from '@hoerok/shared/contracts';
import type { EventSubscription, ReceivedEvent } from '@hoerok/shared/events';
import type { EntityManager } from 'typeorm';
import { everyoneBut, mayRead, verifiersOf } from '../domain/recipients.ts';
import { notificationRepository } from '../repositories/notification-repository.ts';
import { notify } from '../services/notify.ts';

/**
 * Tells participants of their transcript, verifiers that they are asked, editors and organizer of disputes and comments. Idempotent as
 * notify is; an event that overtakes those of its meeting is delivered again until the meeting is known.
 */
export const transcriptSubscription: EventSubscription = {
  purpose: 'transcript_notices',
  handlers: [
    onEventOfMeeting(transcriptCreated, meetingIdOf, async (event, tx) => {
      const { id, meetingId, wordCount, durationMs } = event.payload;
      const meeting = await requireToldMeeting(tx, event.workspaceId, meetingId);
      const subject = { __typename: 'Transcript' as const, id };
      const { title: meetingTitle, language } = meeting;
      await notify(tx, event, {
        kind: 'TRANSCRIPT_READY',
        // The end of long work is news for whoever started it, too.
        recipients: everyoneBut(meeting.participantUserIds),
        subject,
        meetingId,
        language,
        parametersFor: () => ({ meetingTitle, wordCount, durationMs }),
      });
      await notify(tx, event, {
        kind: 'VERIFICATION_REQUESTED',
        // Not a deed but a request: whoever brought the transcript may have to verify it too.
        recipients: everyoneBut(verifiersOf(meeting)),
        toWebhooks: verifiersOf(meeting).length > 0,
        subject,
        meetingId,
        language,
        parametersFor: () => ({ meetingTitle }),
      });
    }),
    onEventOfMeeting(transcriptVerified, meetingIdOf, async (event, tx) => {
      const meeting = await requireToldMeeting(tx, event.workspaceId, event.payload.meetingId);
      await notify(tx, event, {
        kind: 'TRANSCRIPT_VERIFIED',
        recipients: everyoneBut(meeting.participantUserIds, event.actorId),
        subject: { __typename: 'Transcript', id: event.payload.id },
        meetingId: meeting.id,
        language: meeting.language,
        parametersFor: () => ({ meetingTitle: meeting.title }),
      });
    }),
    onEventOfMeeting(sectionChanged, meetingIdOf, async (event, tx) => {
      const { change, id, meetingId } = event.payload;
      if (change === 'EDITED' && event.actorId !== null)
        await notificationRepository(tx, event.workspaceId).noteEditor({ id, meetingId }, event.actorId);
      if (change === 'DISPUTED') await tellEditors(tx, event, 'SECTION_DISPUTED');
    }),
    onEventOfMeeting(sectionNoted, meetingIdOf, async (event, tx) => {
      if (event.payload.change === 'COMMENTED') await tellEditors(tx, event, 'SECTION_COMMENTED');
    }),
  ],
};

/** Tells those who answer for the text of a section: who edited it and may still read it, and the organizer. */
async function tellEditors(
  tx: EntityManager,
  event: ReceivedEvent<{ readonly id: string; readonly meetingId: string; readonly transcriptId: string }>,
  kind: 'SECTION_DISPUTED' | 'SECTION_COMMENTED',
): Promise<void> {
  const { id, meetingId, transcriptId } = event.payload;
  const meeting = await requireToldMeeting(tx, event.workspaceId, meetingId);
  const editors = await notificationRepository(tx, event.workspaceId).editorsOf(id);
  const now = new Date(event.occurredAt);
  const readers = editors.filter((userId) => mayRead(meeting, userId, now));
  await notify(tx, event, {
    kind,
    recipients: everyoneBut([meeting.organizerId, ...readers], event.actorId),
    subject: { __typename: 'Transcript', id: transcriptId },
    meetingId,
    language: meeting.language,
    parametersFor: () => ({ meetingTitle: meeting.title }),
  });
}

function meetingIdOf({ meetingId }: { readonly meetingId: string }): string {
  return meetingId;
}
