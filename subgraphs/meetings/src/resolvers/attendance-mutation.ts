import { requireUser, type UserViewer } from '@hoerok/shared/auth';
import { payloadOf, type UserError } from '@hoerok/shared/graphql';
import type { Context } from '../context.ts';
import type { Meeting } from '../entities/meeting.entity.ts';
import type { MutationResolvers } from '../generated/resolvers.ts';
import type { AttendMeeting } from '../services/attend-meeting.ts';

async function asPayload(
  { viewer: asker, services }: Context,
  work: (attend: AttendMeeting, viewer: UserViewer) => Promise<Meeting>,
): Promise<{ meeting: Meeting | null; userErrors: UserError[] }> {
  const viewer = requireUser(asker);
  return await payloadOf({ meeting: null }, async () => ({
    meeting: await work(services.attendMeeting, viewer),
  }));
}

type Attendance =
  | 'respondToInvitation'
  | 'joinMeeting'
  | 'leaveMeeting'
  | 'giveRecordingConsent'
  | 'setAttendance';

export const attendanceMutations: Pick<MutationResolvers, Attendance> = {
  respondToInvitation: (_root, { meetingId, accept }, context) =>
    asPayload(context, (attend, viewer) => attend.respond(viewer, meetingId, accept)),
  joinMeeting: (_root, { meetingId }, context) =>
    asPayload(context, (attend, viewer) => attend.join(viewer, meetingId)),
  leaveMeeting: (_root, { meetingId }, context) =>
    asPayload(context, (attend, viewer) => attend.leave(viewer, meetingId)),
  giveRecordingConsent: (_root, args, context) =>
    asPayload(context, (attend, viewer) => attend.consent(viewer, args)),
  setAttendance: (_root, args, context) => asPayload(context, (attend, viewer) => attend.set(viewer, args)),
};
