import type { MeetingEraser } from '@hoerok/shared/access';
import { meetingDeleted } from '@hoerok/shared/contracts';
import { PermanentError } from '@hoerok/shared/errors';
import { addEvent } from '@hoerok/shared/outbox';
import type { MeetingEventKind } from '../generated/resolvers.ts';
import { meetingRepository } from '../repositories/meeting-repository.ts';

/**
 * What the meetings service itself does when a meeting is deleted. Hiding throws PermanentError `WRONG_STATE` for one that was
 * started in the meantime; deleting its rows tells of it.
 */
export function createMeetingEraser(clock: () => Date): MeetingEraser {
  return {
    hide: async (tx, { workspaceId, meetingId }) => {
      const meetings = meetingRepository(tx, workspaceId);
      const meeting = await meetings.findForUpdate(meetingId);
      if (meeting === null || meeting.deletingAt !== null) return;
      if (meeting.status === 'LIVE')
        throw new PermanentError('WRONG_STATE', 'The meeting was started before it could be deleted.');
      await meetings.update({ ...meeting, deletingAt: clock() });
    },
    show: async (tx, { workspaceId, meetingId }) => {
      const meetings = meetingRepository(tx, workspaceId);
      const meeting = await meetings.findForUpdate(meetingId);
      if (meeting !== null) await meetings.update({ ...meeting, deletingAt: null });
    },
    purge: async (tx, { workspaceId, meetingId }, actorId) => {
      const meetings = meetingRepository(tx, workspaceId);
      const meeting = await meetings.findForUpdate(meetingId);
      if (meeting === null) return;
      await meetings.delete(meetingId);
      await addEvent(tx, {
        contract: meetingDeleted,
        workspaceId,
        aggregateId: meetingId,
        actorId,
        payload: {
          __typename: 'Meeting',
          id: meetingId,
          revision: meeting.revision + 1,
          kind: 'DELETED' satisfies MeetingEventKind,
          meeting: null,
          actor: actorId === null ? null : { __typename: 'User', id: actorId },
        },
      });
    },
  };
}
