import { DateTimeScalar } from '@hoerok/shared/graphql';
import type { Resolvers } from '../generated/resolvers.ts';
import { Meeting } from './meeting.ts';
import { Mutation } from './mutation.ts';
import { AgendaItem, Participant } from './participant.ts';
import { Query } from './query.ts';
import { Task } from './task.ts';
import { User } from './user.ts';

/** The resolvers of the meetings subgraph, by type. */
export const resolvers: Resolvers = {
  DateTime: DateTimeScalar,
  Query,
  Mutation,
  Meeting,
  Participant,
  AgendaItem,
  Task,
  User,
};
