import { requireUser } from '@hoerok/shared/auth';
import { payloadOf } from '@hoerok/shared/graphql';
import { snapshotOf } from '@hoerok/shared/tasks';
import type { MutationResolvers } from '../generated/resolvers.ts';

export const Mutation: MutationResolvers = {
  analyzeMeetings: async (_root, { input }, { viewer, services }) => {
    const user = requireUser(viewer);
    const nothing = { task: null, refused: [] };
    const { task, refused, userErrors } = await payloadOf(nothing, () =>
      services.analyzeMeetings(user, input),
    );
    return { task: task === null ? null : snapshotOf(task), userErrors: [...userErrors, ...refused] };
  },
  analyzeTranscript: async (_root, { input }, { viewer, services }) => {
    const user = requireUser(viewer);
    return await payloadOf({ task: null }, async () => ({
      task: snapshotOf(await services.analyzeTranscript(user, input)),
    }));
  },
  generateSchedule: async (_root, { input }, { viewer, services }) => {
    const user = requireUser(viewer);
    return await payloadOf({ task: null }, async () => ({
      task: snapshotOf(await services.generateSchedule(user, input)),
    }));
  },
  reviewItems: async (_root, args, { viewer, services }) => {
    const user = requireUser(viewer);
    return await payloadOf({ items: [] }, async () => ({
      items: [...(await services.reviewItems(user, args))],
    }));
  },
  reviewItem: async (_root, args, { viewer, services, reads }) => {
    const user = requireUser(viewer);
    return await payloadOf({ item: null, minutes: null }, async () => {
      const item = await services.reviewItem(user, args);
      return { item, minutes: (await reads?.minutes.load(item.minutesId)) ?? null };
    });
  },
};
