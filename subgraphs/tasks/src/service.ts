import type { ServiceDefinition } from '@hoerok/shared/service';
import type { TasksConfig } from './config.ts';
import { type Context, createContextBuilder } from './context.ts';
import { createDataSource } from './data-source.ts';
import { deadLetterSubscription } from './events/on-dead-letter.ts';
import { taskViewSubscription } from './events/on-task-changed.ts';
import { resolvers } from './resolvers/resolvers.ts';
import { retentionOf } from './retention.ts';

/** The tasks service: schema, database and parts. */
export const tasksService: ServiceDefinition<TasksConfig, Context> = {
  name: 'tasks',
  schema: new URL('../schema.graphql', import.meta.url),
  createDataSource,
  build: (platform) => ({
    resolvers,
    createContext: createContextBuilder(platform),
    subscriptions: [taskViewSubscription, deadLetterSubscription],
    retention: retentionOf(platform.config),
  }),
};
