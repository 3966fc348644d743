import { decodePage } from '@hoerok/shared/graphql';
import type { UserResolvers } from '../generated/resolvers.ts';
import { emptyPage, pageOf } from '../services/inbox-page.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ __typename: 'User', id }),
  notifications: async ({ id }, args, { reads }) => {
    const page = decodePage(args);
    return reads?.recipientId === id
      ? await pageOf(reads.inbox, page, args.unreadOnly ?? false)
      : emptyPage(page);
  },
  notificationPreferences: async ({ id }, _args, { reads }) =>
    reads?.recipientId === id ? await reads.preferences() : null,
};
