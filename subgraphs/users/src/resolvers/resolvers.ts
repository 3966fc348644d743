import { DateTimeScalar } from '@hoerok/shared/graphql';
import type { Resolvers } from '../generated/resolvers.ts';
import { ApiKey } from './api-key.ts';
import { Invitation } from './invitation.ts';
import { Mutation } from './mutation.ts';
import { Query } from './query.ts';
import { User } from './user.ts';

/** The resolvers of the users subgraph, by type. */
export const resolvers: Resolvers = { DateTime: DateTimeScalar, Query, Mutation, User, Invitation, ApiKey };
