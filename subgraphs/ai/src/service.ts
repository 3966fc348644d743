import {
  createMeetingAccess,
  createMeetingEraser,
  meetingAccessSubscription,
  meetingDeletionParticipants,
} from '@hoerok/shared/access';
import { EXPORT_PATH } from '@hoerok/shared/exports';
import { createQuota } from '@hoerok/shared/quotas';
import type { ServiceDefinition } from '@hoerok/shared/service';
import type { AiConfig } from './config.ts';
import { type Context, createContextBuilder } from './context.ts';
import { createDataSource } from './data-source.ts';
import { createTranscriptSubscription } from './events/on-transcript.ts';
import { createFindSchedule } from './jobs/find-schedule.ts';
import { createAnalysis, createWriteMinutes } from './jobs/write-minutes.ts';
import { createMinutesWriters } from './minutes-writers.ts';
import { resolvers } from './resolvers/resolvers.ts';
import { createBulkMinutes, withdrawMinutesParticipant } from './sagas/bulk-minutes.ts';
import { deleteRowsOfMeeting } from './services/erase-meeting.ts';
import { createMinutesExports } from './services/export-minutes.ts';
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
    const writers = createMinutesWriters(platform, analysis);
    const writeMinutes = createWriteMinutes({ transcripts, writers, logger, clock: () => new Date() });
    const findSchedule = createFindSchedule({ transcripts, analysis, logger });
    const orderMinutes = createOrderMinutes({ service, definition: writeMinutes });
    const bulkMinutes = createBulkMinutes(writeMinutes);
    const access = createMeetingAccess(platform);
    const exports = createMinutesExports({
      ...platform,
      access,
      clock: () => new Date(),
      publicUrl: config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`,
    });
    const quota = createQuota({ name: 'analyses', perDay: config.ANALYSES_PER_DAY });
    const tasks = [writeMinutes, findSchedule];
    const eraser = createMeetingEraser({ ...platform, tasks, deleteRows: deleteRowsOfMeeting });
    return {
      resolvers,
      createContext: createContextBuilder(platform, {
        transcripts,
        writers,
        orderMinutes,
        bulkMinutes,
        findSchedule,
        access,
        exports,
        quota,
      }),
      tasks,
      sagas: [bulkMinutes],
      sagaParticipants: [...meetingDeletionParticipants(eraser), withdrawMinutesParticipant],
      close: analysis.close,
      publicRoutes: { [EXPORT_PATH]: exports.route },
      subscriptions: [meetingAccessSubscription, createTranscriptSubscription(orderMinutes)],
    };
  },
};
