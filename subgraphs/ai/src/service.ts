import {
  createMeetingEraser,
  meetingAccessSubscription,
  meetingDeletionParticipants,
} from '@hoerok/shared/access';
import { createQuota } from '@hoerok/shared/quotas';
import type { ServiceDefinition } from '@hoerok/shared/service';
import type { AiConfig } from './config.ts';
import { type Context, createContextBuilder } from './context.ts';
import { createDataSource } from './data-source.ts';
import { createTranscriptSubscription } from './events/on-transcript.ts';
import { createAnalysis, createWriteMinutes } from './jobs/write-minutes.ts';
import { resolvers } from './resolvers/resolvers.ts';
import { createBulkMinutes, withdrawMinutesParticipant } from './sagas/bulk-minutes.ts';
import { deleteRowsOfMeeting } from './services/erase-meeting.ts';
import { createOrderMinutes } from './services/order-minutes.ts';
import { createTranscriptReader } from './services/transcript-reader.ts';

/** The ai service: schema, database and parts. */
export const aiService: ServiceDefinition<AiConfig, Context> = {
  name: 'ai',
  schema: new URL('../schema.graphql', import.meta.url),
  createDataSource,
  build: (platform) => {
    const { service, config, gateway, logger } = platform;
    const transcripts = createTranscriptReader(gateway);
    const analysis = createAnalysis();
    const writeMinutes = createWriteMinutes({ transcripts, analysis, logger, clock: () => new Date() });
    const orderMinutes = createOrderMinutes({ service, definition: writeMinutes });
    const bulkMinutes = createBulkMinutes(writeMinutes);
    const quota = createQuota({ name: 'analyses', perDay: config.ANALYSES_PER_DAY });
    const tasks = [writeMinutes];
    const eraser = createMeetingEraser({ ...platform, tasks, deleteRows: deleteRowsOfMeeting });
    return {
      resolvers,
      createContext: createContextBuilder(platform, { transcripts, orderMinutes, bulkMinutes, quota }),
      tasks,
      sagas: [bulkMinutes],
      sagaParticipants: [...meetingDeletionParticipants(eraser), withdrawMinutesParticipant],
      close: analysis.close,
      subscriptions: [meetingAccessSubscription, createTranscriptSubscription(orderMinutes)],
    };
  },
};
