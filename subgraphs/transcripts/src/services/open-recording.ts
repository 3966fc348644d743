import type { MeetingAccess } from '@hoerok/shared/access';
import { mayChangeMeeting } from '@hoerok/shared/access';
import type { UserViewer } from '@hoerok/shared/auth';
import type { MeetingState } from '@hoerok/shared/contracts';
import type { DataSource } from 'typeorm';
import type { Recording } from '../entities/recording.entity.ts';
import { recordingRepository } from '../repositories/recording-repository.ts';
import { refusal } from './refusals.ts';

/**
 * A recording, complete or not, of a meeting that the viewer takes part in, and the meeting.
 * @throws AppError `NOT_FOUND` naming `path`, the same for what is not there and for what is hidden, also from who holds a share.
 */
export async function requireRecordingOf(
  deps: { readonly dataSource: DataSource; readonly access: MeetingAccess },
  viewer: UserViewer,
  lookup: { readonly id: string; readonly path: string },
): Promise<{ readonly recording: Recording; readonly meeting: MeetingState }> {
  const recording = await recordingRepository(deps.dataSource.manager, viewer.workspaceId).findAny(lookup.id);
  const meetings = await deps.access.visible(viewer, recording === null ? [] : [recording.meetingId]);
  const meeting = meetings.get(recording?.meetingId ?? '');
  if (
    recording !== null &&
    meeting !== undefined &&
    mayChangeMeeting(viewer, meeting, { right: 'PARTICIPATE' })
  )
    return { recording, meeting };
  throw refusal('NOT_FOUND', 'There is no such recording, or you do not take part in its meeting.', [
    lookup.path,
  ]);
}
