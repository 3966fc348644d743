import { DateTimeScalar } from '@hoerok/shared/graphql';
import type { Resolvers } from '../generated/resolvers.ts';
import { DeadLetter } from './dead-letter.ts';
import { Meeting } from './meeting.ts';
import { Mutation } from './mutation.ts';
import { OperatorAuditEntry } from './operator-audit-entry.ts';
import { Query } from './query.ts';
import { Task } from './task.ts';

/** The resolvers of the tasks subgraph, by type. Subscriptions are served by the gateway (@eventStream). */
export const resolvers: Resolvers = {
  DateTime: DateTimeScalar,
  Query,
  Mutation,
  Task,
  Meeting,
  DeadLetter,
  OperatorAuditEntry,
};
