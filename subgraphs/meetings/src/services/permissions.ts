import { mayChangeMeeting } from '@hoerok/shared/access';
import type { Viewer } from '@hoerok/shared/auth';
import { isClosed } from '../domain/meeting-status.ts';
import { mayShare } from '../domain/share.ts';
import type { Meeting } from '../entities/meeting.entity.ts';
import type { MeetingShare } from '../entities/meeting-share.entity.ts';
import type { Participant } from '../entities/participant.entity.ts';
import type { MeetingPermissions } from '../generated/resolvers.ts';
import { mayEdit } from './change-meeting.ts';
import { mayDelete } from './delete-meeting.ts';

/** What a viewer may do with a meeting in the state it is in; a service may do none of it. */
export function permissionsOf(
  viewer: Viewer | null,
  meeting: Meeting,
  people: {
    readonly participants: readonly Participant[];
    readonly shares: readonly MeetingShare[];
    readonly now: Date;
  },
): Omit<MeetingPermissions, '__typename'> {
  if (viewer?.kind !== 'user') return NOTHING;
  const { participants, shares, now } = people;
  const open = !isClosed(meeting.status);
  const edit = mayEdit(viewer, meeting);
  const isParticipant = participants.some(({ userId }) => userId === viewer.userId);
  const doors = {
    organizerId: meeting.organizerId,
    participantUserIds: participants.flatMap(({ userId }) => userId ?? []),
    shares: shares.flatMap(({ userId, access, expiresAt }) =>
      userId === null ? [] : [{ userId, access, expiresAt: expiresAt?.toISOString() ?? null }],
    ),
  };
  const can = (right: Parameters<typeof mayChangeMeeting>[2]['right']): boolean =>
    mayChangeMeeting(viewer, doors, { right, now });
  const bring = viewer.role !== 'GUEST' && meeting.status !== 'CANCELED' && can('PARTICIPATE');
  return {
    edit: edit && open,
    start: edit && meeting.status === 'SCHEDULED',
    end:
      edit &&
      (meeting.status === 'LIVE' || (meeting.status === 'SCHEDULED' && meeting.scheduledStart <= now)),
    importTranscript: bring,
    uploadRecording: bring,
    delete: mayDelete(viewer, meeting) && meeting.status !== 'LIVE',
    verify: can('VERIFY'),
    comment: can('COMMENT'),
    share: mayShare(viewer, meeting),
    respond: isParticipant && open,
    join: isParticipant && meeting.status === 'LIVE',
  };
}

const NOTHING = {
  edit: false,
  start: false,
  end: false,
  importTranscript: false,
  uploadRecording: false,
  delete: false,
  verify: false,
  comment: false,
  share: false,
  respond: false,
  join: false,
};
