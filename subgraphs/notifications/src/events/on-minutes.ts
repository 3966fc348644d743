import { onEventOfMeeting, requireToldMeeting } from '@hoerok/shared/access';
import { minutesCreated } from '@hoerok/shared/contracts';
import type { EventSubscription } from '@hoerok/shared/events';
import { everyoneBut } from '../domain/recipients.ts';
import { notify } from '../services/notify.ts';

/** Tells participants of their minutes. Idempotent as notify is; delivered again until the meeting is known. */
export const minutesSubscription: EventSubscription = {
  purpose: 'minutes_notices',
  handlers: [
    onEventOfMeeting(
      minutesCreated,
      ({ meetingId }) => meetingId,
      async (event, tx) => {
        const { id, meetingId, actionItemCount, assigneeIds } = event.payload;
        const meeting = await requireToldMeeting(tx, event.workspaceId, meetingId);
        await notify(tx, event, {
          kind: 'MINUTES_READY',
          // The end of long work is news for whoever started it, too.
          recipients: everyoneBut(meeting.participantUserIds),
          subject: { __typename: 'Minutes', id },
          meetingId,
          language: meeting.language,
          parametersFor: (recipientId) => ({
            meetingTitle: meeting.title,
            actionItemCount,
            namesRecipient: assigneeIds.includes(recipientId),
          }),
        });
      },
    ),
  ],
};
