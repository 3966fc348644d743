import type { ServiceConfig } from '@hoerok/shared/config';
import type { ServiceDefinition } from '@hoerok/shared/service';
import { type Context, createContextBuilder } from './context.ts';
import { createDataSource } from './data-source.ts';
import { deadLetterSubscription } from './events/on-dead-letter.ts';
import { taskViewSubscription } from './events/on-task-changed.ts';
import { resolvers } from './resolvers/resolvers.ts';

/** The tasks service: schema, database and parts. */
export const tasksService: ServiceDefinition<ServiceConfig, Context> = {
  name: 'tasks',
  schema: new URL('../schema.graphql', import.meta.url),
  createDataSource,
  build: (platform) => ({
    resolvers,
    createContext: createContextBuilder(platform),
    subscriptions: [taskViewSubscription, deadLetterSubscription],
  }),
};
