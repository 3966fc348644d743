import { requireUser } from '@hoerok/shared/auth';
import { payloadOf } from '@hoerok/shared/graphql';
import type { MarkReadPayloadResolvers, MutationResolvers } from '../generated/resolvers.ts';

export const Mutation: MutationResolvers = {
  markRead: async (_root, args, { viewer, services }) => {
    const user = requireUser(viewer);
    return await payloadOf({ notifications: [] }, () => services.markRead.some(user, args));
  },
  markAllRead: async (_root, _args, { viewer, services }) => {
    const user = requireUser(viewer);
    return await payloadOf({ markedCount: 0 }, async () => ({
      markedCount: await services.markRead.all(user),
    }));
  },
};

export const MarkReadPayload: MarkReadPayloadResolvers = {
  unreadCount: async (_payload, _args, { reads }) => (await reads?.inbox.count(true)) ?? 0,
};
