import { requireSession, requireViewer } from '@hoerok/shared/auth';
import { connectionOf, decodeInput, decodePage } from '@hoerok/shared/graphql';
import type { QueryResolvers } from '../generated/resolvers.ts';
import { userCursor, userFilter } from '../services/user-input.ts';

export const Query: QueryResolvers = {
  viewer: async (_root, _args, { viewer, reads }) =>
    viewer?.kind === 'user' ? ((await reads?.user.load(viewer.userId)) ?? null) : null,
  user: async (_root, { id }, { reads }) => (await reads?.user.load(id)) ?? null,
  users: async (_root, args, { viewer, reads }) => {
    const known = requireViewer(viewer);
    const page = decodePage(args, userCursor);
    const filter = decodeInput(userFilter, args.filter ?? {});
    const { rows, total } = (await reads?.users.list(known, filter, page)) ?? { rows: [], total: 0 };
    return connectionOf(rows, page, { totalCount: total, keyOf: ({ name, id }) => [name, id] });
  },
  apiKeys: async (_root, _args, { viewer, services }) => services.apiKeys.listOf(requireSession(viewer)),
  workspace: async (_root, _args, { viewer, reads }) =>
    viewer === null ? null : ((await reads?.workspaces.find(viewer.workspaceId)) ?? null),
};
