import { requireViewer } from '@hoerok/shared/auth';
import { readSpan } from '@hoerok/shared/statistics';
import type { WorkspaceStatisticsResolvers } from '../generated/resolvers.ts';

export const WorkspaceStatistics: WorkspaceStatisticsResolvers = {
  __resolveReference: ({ id }, { viewer }) => readSpan(requireViewer(viewer), id),
  todos: (span, _args, { services }) => services.countTodos(span),
};
