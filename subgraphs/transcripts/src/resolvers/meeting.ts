import type { MeetingResolvers } from '../generated/resolvers.ts';

export const Meeting: MeetingResolvers = {
  __resolveReference: ({ id }) => ({ __typename: 'Meeting', id }),
  recordings: async ({ id }, _args, { reads }) => (await reads?.recordings.load(id)) ?? [],
  transcript: async ({ id }, _args, { reads }) => (await reads?.currentTranscript.load(id)) ?? null,
};
