import { DateTimeScalar } from '@hoerok/shared/graphql';
import type { Resolvers } from '../generated/resolvers.ts';
import { ActionItem } from './action-item.ts';
import { Meeting } from './meeting.ts';
import { Mutation } from './mutation.ts';
import { Query } from './query.ts';
import { Todo, TodoChange, TodoConnection } from './todo.ts';
import { User } from './user.ts';
import { WorkspaceStatistics } from './statistics.ts';

/** The resolvers of the todos subgraph, by type. */
export const resolvers: Resolvers = {
  DateTime: DateTimeScalar,
  Query,
  Mutation,
  WorkspaceStatistics,
  Todo,
  TodoChange,
  TodoConnection,
  Meeting,
  User,
  ActionItem,
};
