import { requireUser } from '@hoerok/shared/auth';
import { payloadOf } from '@hoerok/shared/graphql';
import { snapshotOf } from '@hoerok/shared/tasks';
import type { MutationResolvers } from '../generated/resolvers.ts';

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
  editSection: async (_root, { input }, { viewer, services, reads }) => {
    const user = requireUser(viewer);
    return await payloadOf({ section: null }, async () => {
      const id = await services.editSection(user, input);
      return { section: (await reads?.section.load(id)) ?? null };
    });
  },
  verifySection: async (_root, args, { viewer, services, reads }) => {
    const user = requireUser(viewer);
    return await payloadOf({ section: null }, async () => {
      const id = await services.verifySection(user, args);
      return { section: (await reads?.section.load(id)) ?? null };
    });
  },
};
