import type { QueryResolvers } from '../generated/resolvers.ts';
import { speechToTextProviders } from './recording.ts';
import { searchTranscripts } from './search.ts';

export const Query: QueryResolvers = {
  searchTranscripts,
  speechToTextProviders,
  transcript: async (_root, { id }, { reads }) => (await reads?.transcript.load(id)) ?? null,
};
