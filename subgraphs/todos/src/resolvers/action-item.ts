import type { ActionItemResolvers } from '../generated/resolvers.ts';

export const ActionItem: ActionItemResolvers = {
  __resolveReference: ({ id }) => ({ __typename: 'ActionItem', id }),
  todo: async ({ id }, _args, { reads }) => (await reads?.todoOfSource.load(id)) ?? null,
};
