import type { UserViewer } from '@hoerok/shared/auth';
import type { Transact } from '@hoerok/shared/database';
import { AppError } from '@hoerok/shared/errors';
import { startSaga } from '@hoerok/shared/sagas';
import type { TaskRow } from '@hoerok/shared/tasks';
import type { Meeting } from '../entities/meeting.entity.ts';
import { findUnfinishedDeletion } from '../repositories/deletion-repository.ts';
import { meetingRepository } from '../repositories/meeting-repository.ts';
import { deleteMeetingSaga } from '../sagas/delete-meeting.ts';

/**
 * Begins to delete a meeting with everything derived from it. Idempotent: until that has ended, the same task is answered.
 * @throws AppError `NOT_FOUND` for a meeting the viewer may not see; `FORBIDDEN` for who is neither its organizer nor ADMIN;
 *   `WRONG_STATE` while it is LIVE; `QUEUE_FULL`.
 */
export function createDeleteMeeting(deps: {
  readonly service: string;
  readonly transact: Transact;
}): (viewer: UserViewer, id: string) => Promise<TaskRow> {
  return (viewer, id) =>
    deps.transact(async (tx) => {
      const { workspaceId, userId } = viewer;
      const meetings = meetingRepository(tx, workspaceId);
      const seen = await meetings.findDeletable(viewer, id);
      if (seen === undefined) throw notFound();
      if (!mayDelete(viewer, seen)) {
        // Who may not delete it does not see that somebody else does.
        if (seen.deletingAt !== null) throw notFound();
        throw refusal('FORBIDDEN', 'Only the organizer or an ADMIN may delete this meeting.');
      }
      const meeting = await meetings.findForUpdate(id);
      if (meeting === null) throw notFound();
      const begun = await findUnfinishedDeletion(tx, { workspaceId, meetingId: id });
      if (begun !== undefined) return begun;
      if (meeting.status === 'LIVE')
        throw refusal('WRONG_STATE', 'The meeting is LIVE: end or cancel it first.');
      return await startSaga(tx, deleteMeetingSaga, {
        service: deps.service,
        workspaceId,
        payload: { workspaceId, meetingId: id },
        requestedBy: userId,
        meetingId: id,
      });
    });
}

/** True for the organizer and ADMIN. */
export function mayDelete(viewer: UserViewer, meeting: Pick<Meeting, 'organizerId'>): boolean {
  return meeting.organizerId === viewer.userId || viewer.role === 'ADMIN';
}

function notFound(): AppError {
  return refusal('NOT_FOUND', 'There is no such meeting, or you do not take part in it.');
}

function refusal(code: 'NOT_FOUND' | 'FORBIDDEN' | 'WRONG_STATE', message: string): AppError {
  return new AppError(code, message, { logLevel: 'debug', extensions: { path: ['id'] } });
}
