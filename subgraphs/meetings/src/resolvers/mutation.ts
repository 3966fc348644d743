import { requireUser, type UserViewer } from '@hoerok/shared/auth';
import { payloadOf, type UserError } from '@hoerok/shared/graphql';
import { snapshotOf } from '@hoerok/shared/tasks';
import type { Context } from '../context.ts';
import type { Meeting } from '../entities/meeting.entity.ts';
import type { MutationResolvers } from '../generated/resolvers.ts';
import { attendanceMutations } from './attendance-mutation.ts';
import { shareMutations } from './share-mutation.ts';

type MeetingPayload = { meeting: Meeting | null; userErrors: UserError[] };

/** Runs a use case as the signed-in viewer and wraps the meeting it gives back. */
async function asPayload(
  context: Context,
  work: (viewer: UserViewer) => Promise<Meeting>,
): Promise<MeetingPayload> {
  const viewer = requireUser(context.viewer);
  return await payloadOf({ meeting: null }, async () => ({ meeting: await work(viewer) }));
}

export const Mutation: MutationResolvers = {
  ...shareMutations,
  ...attendanceMutations,
  createMeeting: (_root, { input }, context) =>
    asPayload(context, (viewer) => context.services.scheduleMeeting(viewer, input)),
  updateMeeting: (_root, { input }, context) =>
    asPayload(context, (viewer) => context.services.changeMeeting.update(viewer, input)),
  startMeeting: (_root, { id }, context) =>
    asPayload(context, (viewer) => context.services.changeMeeting.start(viewer, id)),
  endMeeting: (_root, { id }, context) =>
    asPayload(context, (viewer) => context.services.changeMeeting.end(viewer, id)),
  cancelMeeting: (_root, args, context) =>
    asPayload(context, (viewer) => context.services.changeMeeting.cancel(viewer, args)),
  deleteMeeting: async (_root, { id }, context) => {
    const viewer = requireUser(context.viewer);
    return await payloadOf({ task: null }, async () => ({
      task: snapshotOf(await context.services.deleteMeeting(viewer, id)),
    }));
  },
  addParticipants: (_root, { meetingId, participants }, context) =>
    asPayload(context, (viewer) =>
      context.services.changeMeeting.addParticipants(viewer, meetingId, participants),
    ),
  removeParticipant: (_root, { meetingId, participantId }, context) =>
    asPayload(context, (viewer) =>
      context.services.changeMeeting.removeParticipant(viewer, meetingId, participantId),
    ),
  saveTemplate: async (_root, args, context) => {
    const viewer = requireUser(context.viewer);
    return await payloadOf({ template: null }, async () => ({
      template: await context.services.saveTemplate(viewer, args),
    }));
  },
};
