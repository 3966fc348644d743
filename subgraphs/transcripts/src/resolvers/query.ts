import type { QueryResolvers } from '../generated/resolvers.ts';

export const Query: QueryResolvers = {
  transcript: async (_root, { id }, { reads }) => (await reads?.transcript.load(id)) ?? null,
};
