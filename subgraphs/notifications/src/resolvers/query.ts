import type { QueryResolvers } from '../generated/resolvers.ts';

export const Query: QueryResolvers = {
  notification: async (_root, { id }, { reads }) => (await reads?.notification.load(id)) ?? null,
};
