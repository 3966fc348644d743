import { requireUser } from '@hoerok/shared/auth';
import { payloadOf } from '@hoerok/shared/graphql';
import { snapshotOf } from '@hoerok/shared/tasks';
import type { MutationResolvers } from '../generated/resolvers.ts';
import { recordingMutations } from './recording.ts';
import { sectionMutations, transcriptMutations } from './section-mutations.ts';

export const Mutation: MutationResolvers = {
  importTranscript: async (_root, { input }, { viewer, services }) => {
    const user = requireUser(viewer);
    return await payloadOf({ task: null }, async () => {
      return { task: snapshotOf(await services.importTranscript(user, input)) };
    });
  },
  createUpload: async (_root, args, { viewer, services }) => {
    const user = requireUser(viewer);
    return await payloadOf({ ticket: null }, async () => ({
      ticket: await services.createUpload(user, args),
    }));
  },
  assignSpeaker: async (_root, args, { viewer, services, reads }) => {
    const user = requireUser(viewer);
    return await payloadOf({ transcript: null }, async () => {
      const id = await services.assignSpeaker(user, args);
      return { transcript: (await reads?.transcript.load(id)) ?? null };
    });
  },
  ...recordingMutations,
  ...sectionMutations,
  ...transcriptMutations,
};
