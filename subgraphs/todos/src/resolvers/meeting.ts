import { NO_TODOS, progressOf } from '../domain/progress.ts';
import type { MeetingResolvers } from '../generated/resolvers.ts';
import { pageOfTodos } from './query.ts';

export const Meeting: MeetingResolvers = {
  __resolveReference: (reference) => reference,
  todos: ({ id }, args, context) => pageOfTodos(context, { owner: 'meeting', id }, args),
  progress: async ({ id, closed }, _args, { reads }) => {
    const [, tally = NO_TODOS] = (await reads?.tally.load(id)) ?? [];
    return progressOf(tally, closed === true);
  },
};
