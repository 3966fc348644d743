import { DateTimeScalar } from '@hoerok/shared/graphql';
import type { Resolvers } from '../generated/resolvers.ts';
import { LanguageModelUsage } from './language-model.ts';
import { Keyword, Minutes } from './minutes.ts';
import {
  ActionItem,
  Decision,
  Evidence,
  MinutesItem,
  OpenQuestion,
  ScheduleSuggestion,
  SummaryPoint,
} from './minutes-item.ts';
import { Mutation } from './mutation.ts';
import { Query } from './query.ts';
import { MinutesHit, MinutesHitConnection } from './search.ts';
import { Meeting, MeetingAnalysis, Task, Transcript } from './references.ts';
import { WorkspaceStatistics } from './statistics.ts';

/** The resolvers of the ai subgraph, by type. */
export const resolvers: Resolvers = {
  DateTime: DateTimeScalar,
  Query,
  Mutation,
  WorkspaceStatistics,
  Minutes,
  MinutesItem,
  SummaryPoint,
  Decision,
  OpenQuestion,
  ActionItem,
  ScheduleSuggestion,
  Evidence,
  MinutesHit,
  MinutesHitConnection,
  Keyword,
  LanguageModelUsage,
  Task,
  MeetingAnalysis,
  Transcript,
  Meeting,
};
