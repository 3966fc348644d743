import type { TaskResolvers } from '../generated/resolvers.ts';

export const Task: TaskResolvers = {
  meeting: async ({ meeting }, _args, { reads }) =>
    meeting === null ? null : ((await reads?.meeting.load(meeting.id)) ?? null),
};
