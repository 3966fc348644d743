import { meetingAccessSubscription } from '@hoerok/shared/access';
import type { ServiceConfig } from '@hoerok/shared/config';
import type { ServiceDefinition } from '@hoerok/shared/service';
import { type Context, createContextBuilder } from './context.ts';
import { createDataSource } from './data-source.ts';
import { createTranscriptSubscription } from './events/on-transcript.ts';
import { createWriteMinutes } from './jobs/write-minutes.ts';
import { resolvers } from './resolvers/resolvers.ts';
import { createOrderMinutes } from './services/order-minutes.ts';
import { createTranscriptReader } from './services/transcript-reader.ts';

/** The ai service: schema, database and parts. */
export const aiService: ServiceDefinition<ServiceConfig, Context> = {
  name: 'ai',
  schema: new URL('../schema.graphql', import.meta.url),
  createDataSource,
  build: (platform) => {
    const { service, gateway, logger } = platform;
    const transcripts = createTranscriptReader(gateway);
    const writeMinutes = createWriteMinutes({ transcripts, logger, clock: () => new Date() });
    const orderMinutes = createOrderMinutes({ service, definition: writeMinutes });
    return {
      resolvers,
      createContext: createContextBuilder(platform, { transcripts, orderMinutes }),
      tasks: [writeMinutes],
      subscriptions: [meetingAccessSubscription, createTranscriptSubscription(orderMinutes)],
    };
  },
};
