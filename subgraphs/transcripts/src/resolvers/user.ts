import type { UserResolvers } from '../generated/resolvers.ts';
import { awaitingConnection, decodeAwaitingPage } from './connections.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ __typename: 'User', id }),
  pendingVerifications: async ({ id }, args, { reads, viewer }) => {
    const page = decodeAwaitingPage(args);
    const isSelf = viewer?.kind === 'user' && viewer.userId === id;
    return awaitingConnection(page, isSelf ? await reads?.awaiting(id, page) : undefined);
  },
};
