import { requireViewer } from '@hoerok/shared/auth';
import { AppError } from '@hoerok/shared/errors';
import type { QueryResolvers } from '../generated/resolvers.ts';
import { languageModelQueries } from './language-model.ts';
import { searchMinutes } from './search.ts';

const MAX_IDS = 100;

export const Query: QueryResolvers = {
  ...languageModelQueries,
  searchMinutes,
  minutes: async (_root, { id }, { reads }) => (await reads?.minutes.load(id)) ?? null,
  actionItems: async (_root, { ids }, { viewer, reads }) => {
    requireViewer(viewer);
    if (ids.length > MAX_IDS)
      throw new AppError('BAD_INPUT', `ids: takes at most ${MAX_IDS}.`, { extensions: { path: ['ids'] } });
    const items = await Promise.all(ids.map(async (id) => reads?.item.load(id)));
    return items.map((item) => (item?.kind === 'ACTION' ? item : null));
  },
};
