import { requireViewer } from '@hoerok/shared/auth';
import { decodePage } from '@hoerok/shared/graphql';
import type { MeetingResolvers } from '../generated/resolvers.ts';
import { taskKey, toConnection } from './query.ts';

export const Meeting: MeetingResolvers = {
  __resolveReference: ({ id }) => ({ __typename: 'Meeting', id }),
  tasks: async ({ id }, args, { viewer, reads }) => {
    requireViewer(viewer);
    const page = decodePage(args, taskKey);
    return toConnection(await reads?.ofMeeting(page).load(id), page);
  },
};
