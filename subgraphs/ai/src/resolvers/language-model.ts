import { requireUser, requireViewer } from '@hoerok/shared/auth';
import { fallbackMessage } from '../domain/fallback.ts';
import type {
  LanguageModelUsageResolvers,
  MinutesResolvers,
  QueryResolvers,
} from '../generated/resolvers.ts';

const MICROS = 1_000_000;

/** Who can write minutes, and what the language model has used. */
export const languageModelQueries: Pick<QueryResolvers, 'minutesWriters' | 'languageModelUsage'> = {
  minutesWriters: (_root, _args, { viewer, services }) => {
    requireViewer(viewer);
    return services.minutesWriters();
  },
  languageModelUsage: async (_root, args, { viewer, services }) =>
    await services.languageModelUsage(requireUser(viewer), args),
};

export const LanguageModelUsage: LanguageModelUsageResolvers = {
  costUsd: ({ costUsdMicros }) => (costUsdMicros === null ? null : costUsdMicros / MICROS),
};

/** What minutes tell of the language model that wrote them, or was to. */
export const provenance: Pick<MinutesResolvers, 'fallbackReason'> = {
  fallbackReason: ({ fallbackCode, language }) =>
    fallbackCode === null ? null : { code: fallbackCode, message: fallbackMessage(fallbackCode, language) },
};
