import type { MeetingShareResolvers, ShareChangeResolvers } from '../generated/resolvers.ts';
import { isLive } from '../domain/share.ts';

const userOf = (id: string): { __typename: 'User'; id: string } => ({ __typename: 'User', id });

export const MeetingShare: MeetingShareResolvers = {
  user: ({ userId }) => (userId === null ? null : userOf(userId)),
  sharedBy: ({ sharedById }) => userOf(sharedById),
  live: (share, _args, { now }) => isLive(share, now),
};

export const ShareChange: ShareChangeResolvers = {
  actor: ({ actorId }) => (actorId === null ? null : userOf(actorId)),
  user: ({ userId }) => (userId === null ? null : userOf(userId)),
};
