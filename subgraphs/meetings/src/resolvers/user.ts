import type { UserResolvers } from '../generated/resolvers.ts';
import { listMeetings } from './query.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ __typename: 'User', id }),
  meetings: ({ id }, args, context) => listMeetings(context, { ...args, participantId: id }),
};
