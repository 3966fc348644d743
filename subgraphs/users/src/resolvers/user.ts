import { maySeeEmailOf } from '../domain/email-visibility.ts';
import type { UserResolvers } from '../generated/resolvers.ts';

export const User: UserResolvers = {
  __resolveReference: async ({ id }, { reads }) => (await reads?.user.load(id)) ?? null,
  email: ({ id, email }, _args, { viewer }) => (maySeeEmailOf(viewer, id) ? email : null),
};
