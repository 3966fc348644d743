import { meetingDeletionParticipants } from '@hoerok/shared/access';
import type { ServiceDefinition } from '@hoerok/shared/service';
import type { MeetingsConfig } from './config.ts';
import { type Context, createContextBuilder } from './context.ts';
import { createDataSource } from './data-source.ts';
import { minutesReadySubscription } from './events/on-minutes-ready.ts';
import { resolvers } from './resolvers/resolvers.ts';
import { deleteMeetingSaga } from './sagas/delete-meeting.ts';
import { expiredSharesSchedule } from './schedules/expired-shares.ts';
import { createMeetingEraser } from './services/erase-meeting.ts';

/** The meetings service: schema, database and parts. */
export const meetingsService: ServiceDefinition<MeetingsConfig, Context> = {
  name: 'meetings',
  schema: new URL('../schema.graphql', import.meta.url),
  createDataSource,
  build: (platform) => ({
    resolvers,
    createContext: createContextBuilder(platform),
    subscriptions: [minutesReadySubscription],
    schedules: [expiredSharesSchedule],
    sagas: [deleteMeetingSaga],
    sagaParticipants: meetingDeletionParticipants(createMeetingEraser(() => new Date())),
  }),
};
