import { DateTimeScalar } from '@hoerok/shared/graphql';
import type { Resolvers } from '../generated/resolvers.ts';
import { Meeting } from './meeting.ts';
import { Mutation } from './mutation.ts';
import { AgendaItem, Participant } from './participant.ts';
import { Query } from './query.ts';
import { MeetingShare, ShareChange } from './share.ts';
import { Task } from './task.ts';
import { User } from './user.ts';
import { WorkspaceStatistics } from './statistics.ts';

/** The resolvers of the meetings subgraph, by type. */
export const resolvers: Resolvers = {
  DateTime: DateTimeScalar,
  Query,
  Mutation,
  WorkspaceStatistics,
  Meeting,
  MeetingShare,
  ShareChange,
  Participant,
  AgendaItem,
  Task,
  User,
};
