import { onEventOfMeeting, requireToldMeeting } from '@hoerok/shared/access';
import { meetingShared } from '@hoerok/shared/contracts';
import type { EventSubscription } from '@hoerok/shared/events';
import { everyoneBut } from '../domain/recipients.ts';
import { addInvitation } from '../services/add-deliveries.ts';
import { notify } from '../services/notify.ts';

/**
 * Tells a user of a meeting that was shared with them, and writes to an address that has no account. Idempotent as notify is;
 * delivered again until the meeting is known.
 */
export const shareSubscription: EventSubscription = {
  purpose: 'share_notices',
  handlers: [
    onEventOfMeeting(
      meetingShared,
      ({ meetingId }) => meetingId,
      async (event, tx) => {
        const { id: shareId, meetingId, userId, access, sharedById } = event.payload;
        const meeting = await requireToldMeeting(tx, event.workspaceId, meetingId);
        await notify(tx, event, {
          kind: 'MEETING_SHARED',
          recipients: everyoneBut([userId], sharedById, event.actorId),
          subject: { __typename: 'Meeting', id: meetingId },
          meetingId,
          language: meeting.language,
          parametersFor: () => ({ meetingTitle: meeting.title, access }),
        });
        if (userId === null) await addInvitation(tx, event, { shareId, meetingId });
      },
    ),
  ],
};
