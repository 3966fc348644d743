import { requireSession } from '@hoerok/shared/auth';
import { payloadOf } from '@hoerok/shared/graphql';
import type { MutationResolvers, QueryResolvers } from '../generated/resolvers.ts';

export const calendarFeeds: NonNullable<QueryResolvers['calendarFeeds']> = async (
  _root,
  _args,
  { viewer, services },
) => await services.calendarFeeds.list(requireSession(viewer));

// Whoever has the address reads for as long as it works: a program with an API key must not outlive its key that way.
export const calendarMutations: Pick<MutationResolvers, 'createCalendarFeed' | 'revokeCalendarFeed'> = {
  createCalendarFeed: async (_root, args, { viewer, services }) => {
    const user = requireSession(viewer);
    return await payloadOf({ feed: null, url: null }, () => services.calendarFeeds.create(user, args));
  },
  revokeCalendarFeed: async (_root, { id }, { viewer, services }) => {
    const user = requireSession(viewer);
    return await payloadOf({ feedId: null }, async () => ({
      feedId: await services.calendarFeeds.revoke(user, id),
    }));
  },
};
