import { requireViewer } from '@hoerok/shared/auth';
import { decodeHitPage, parseSearch } from '@hoerok/shared/search';
import type {
  QueryResolvers,
  TranscriptHitConnectionResolvers,
  TranscriptHitResolvers,
} from '../generated/resolvers.ts';

export const searchTranscripts: NonNullable<QueryResolvers['searchTranscripts']> = async (
  _root,
  { text, filter, ...page },
  { viewer, services },
) => {
  const wanted = { search: parseSearch(text), filter: filter ?? {}, page: decodeHitPage(page) };
  return await services.searchTranscripts(requireViewer(viewer), wanted);
};

export const TranscriptHit: TranscriptHitResolvers = {
  segment: ({ row }) => row,
  highlights: ({ highlights }) => [...highlights],
};

export const TranscriptHitConnection: TranscriptHitConnectionResolvers = {
  totalCount: ({ totalCount }) => totalCount(),
};
