import { requireViewer } from '@hoerok/shared/auth';
import { openSpan, readSpan } from '@hoerok/shared/statistics';
import type { QueryResolvers, WorkspaceStatisticsResolvers } from '../generated/resolvers.ts';

export const workspaceStatistics: NonNullable<QueryResolvers['workspaceStatistics']> = (
  _root,
  span,
  { viewer },
) => openSpan(requireViewer(viewer), span);

export const WorkspaceStatistics: WorkspaceStatisticsResolvers = {
  __resolveReference: ({ id }, { viewer }) => readSpan(requireViewer(viewer), id),
  meetings: (span, _args, { services }) => services.countMeetings(span),
};
