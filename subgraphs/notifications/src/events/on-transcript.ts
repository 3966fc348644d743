import { onEventOfMeeting, requireToldMeeting } from '@hoerok/shared/access';
import { sectionChanged, transcriptCreated, transcriptVerified } from '@hoerok/shared/contracts';
import type { EventSubscription } from '@hoerok/shared/events';
import { everyoneBut, verifiersOf } from '../domain/recipients.ts';
import { notify } from '../services/notify.ts';

/**
 * Tells participants of their transcript, verifiers that they are asked, and the organizer of disputes. Idempotent as
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
      const { change, meetingId, transcriptId } = event.payload;
      if (change !== 'DISPUTED') return;
      const meeting = await requireToldMeeting(tx, event.workspaceId, meetingId);
      await notify(tx, event, {
        kind: 'SECTION_DISPUTED',
        recipients: everyoneBut([meeting.organizerId], event.actorId),
        subject: { __typename: 'Transcript', id: transcriptId },
        meetingId: meeting.id,
        language: meeting.language,
        parametersFor: () => ({ meetingTitle: meeting.title }),
      });
    }),
  ],
};

function meetingIdOf({ meetingId }: { readonly meetingId: string }): string {
  return meetingId;
}
