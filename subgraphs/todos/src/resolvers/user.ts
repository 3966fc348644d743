import type { UserResolvers } from '../generated/resolvers.ts';
import { pageOfTodos } from './query.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ __typename: 'User', id }),
  todos: ({ id }, args, context) => pageOfTodos(context, { owner: 'assignee', id }, args),
};
