import type { TaskResolvers } from '../generated/resolvers.ts';

export const Task: TaskResolvers = {
  __resolveReference: async ({ id }, { reads }) => (await reads?.task.load(id)) ?? null,
  requestedBy: ({ requestedById }) =>
    requestedById === null ? null : { __typename: 'User', id: requestedById },
  meeting: ({ meetingId }) => (meetingId === null ? null : { __typename: 'Meeting', id: meetingId }),
};
