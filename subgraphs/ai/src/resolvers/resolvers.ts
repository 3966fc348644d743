import { DateTimeScalar } from '@hoerok/shared/graphql';
import type { Resolvers } from '../generated/resolvers.ts';
import { Keyword, Minutes } from './minutes.ts';
import { ActionItem, Decision, Evidence, MinutesItem, OpenQuestion, SummaryPoint } from './minutes-item.ts';
import { Mutation } from './mutation.ts';
import { Query } from './query.ts';
import { Meeting, MeetingAnalysis, Task, Transcript } from './references.ts';

/** The resolvers of the ai subgraph, by type. */
export const resolvers: Resolvers = {
  DateTime: DateTimeScalar,
  Query,
  Mutation,
  Minutes,
  MinutesItem,
  SummaryPoint,
  Decision,
  OpenQuestion,
  ActionItem,
  Evidence,
  Keyword,
  Task,
  MeetingAnalysis,
  Transcript,
  Meeting,
};
