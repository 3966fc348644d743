import {
  createMeetingEraser,
  meetingAccessSubscription,
  meetingDeletionParticipants,
} from '@hoerok/shared/access';
import type { ServiceConfig } from '@hoerok/shared/config';
import type { ServiceDefinition } from '@hoerok/shared/service';
import { type Context, createContextBuilder } from './context.ts';
import { createDataSource } from './data-source.ts';
import { failedTaskSubscription } from './events/on-failed-task.ts';
import { meetingSubscription } from './events/on-meeting.ts';
import { minutesSubscription } from './events/on-minutes.ts';
import { todoSubscription } from './events/on-todo.ts';
import { transcriptSubscription } from './events/on-transcript.ts';
import { resolvers } from './resolvers/resolvers.ts';
import { deleteRowsOfMeeting } from './services/erase-meeting.ts';

/** The notifications service: schema, database and parts. */
export const notificationsService: ServiceDefinition<ServiceConfig, Context> = {
  name: 'notifications',
  schema: new URL('../schema.graphql', import.meta.url),
  createDataSource,
  build: (platform) => ({
    resolvers,
    sagaParticipants: meetingDeletionParticipants(
      createMeetingEraser({ ...platform, tasks: [], deleteRows: deleteRowsOfMeeting }),
    ),
    createContext: createContextBuilder(platform),
    subscriptions: [
      meetingAccessSubscription,
      meetingSubscription,
      transcriptSubscription,
      minutesSubscription,
      todoSubscription,
      failedTaskSubscription,
    ],
  }),
};
