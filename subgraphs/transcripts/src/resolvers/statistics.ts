import { requireViewer } from '@hoerok/shared/auth';
import { readSpan } from '@hoerok/shared/statistics';
import type { TranscriptStatisticsResolvers, WorkspaceStatisticsResolvers } from '../generated/resolvers.ts';

export const WorkspaceStatistics: WorkspaceStatisticsResolvers = {
  __resolveReference: ({ id }, { viewer }) => readSpan(requireViewer(viewer), id),
  transcripts: (span, _args, { services }) => services.countTranscripts(span),
};

export const TranscriptStatistics: TranscriptStatisticsResolvers = {
  verifiedShare: ({ sections, sectionsVerified }) => (sections === 0 ? null : sectionsVerified / sections),
};
