import { requireViewer } from '@hoerok/shared/auth';
import { AppError } from '@hoerok/shared/errors';
import { decodeHitPage, parseSearch } from '@hoerok/shared/search';
import type {
  MinutesHitConnectionResolvers,
  MinutesHitResolvers,
  QueryResolvers,
} from '../generated/resolvers.ts';

export const searchMinutes: NonNullable<QueryResolvers['searchMinutes']> = async (
  _root,
  { text, filter, ...page },
  { viewer, services },
) => {
  const wanted = { search: parseSearch(text), filter: filter ?? {}, page: decodeHitPage(page) };
  return await services.searchMinutes(requireViewer(viewer), wanted);
};

export const MinutesHit: MinutesHitResolvers = {
  item: ({ row }) => row,
  minutes: async ({ row }, _args, { reads }) => {
    const minutes = await reads?.minutes.load(row.minutesId);
    if (minutes == null) throw new AppError('NOT_FOUND', 'The minutes are not there any more.');
    return minutes;
  },
  highlights: ({ highlights }) => [...highlights],
};

export const MinutesHitConnection: MinutesHitConnectionResolvers = {
  totalCount: ({ totalCount }) => totalCount(),
};
