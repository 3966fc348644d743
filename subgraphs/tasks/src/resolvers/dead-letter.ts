import { isOperator } from '../domain/dead-letter.ts';
import type { DeadLetterResolvers } from '../generated/resolvers.ts';

export const DeadLetter: DeadLetterResolvers = {
  __resolveReference: async ({ id }, { viewer, reads }) =>
    viewer !== null && isOperator(viewer) ? ((await reads?.deadLetter.load(id)) ?? null) : null,
  task: async ({ taskId }, _args, { reads }) =>
    taskId === null ? null : ((await reads?.task.load(taskId)) ?? null),
  replayedBy: ({ replayedById }) => (replayedById === null ? null : { __typename: 'User', id: replayedById }),
};
