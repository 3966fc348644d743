import {
  createMeetingEraser,
  meetingAccessSubscription,
  meetingDeletionParticipants,
} from '@hoerok/shared/access';
import type { ServiceConfig } from '@hoerok/shared/config';
import type { ServiceDefinition } from '@hoerok/shared/service';
import { type Context, createContextBuilder } from './context.ts';
import { createDataSource } from './data-source.ts';
import { actionItemAcceptedSubscription } from './events/on-action-item-accepted.ts';
import { resolvers } from './resolvers/resolvers.ts';
import { dueTodosSchedule } from './schedules/due-todos.ts';
import { deleteRowsOfMeeting } from './services/erase-meeting.ts';

/** The todos service: schema, database and parts. */
export const todosService: ServiceDefinition<ServiceConfig, Context> = {
  name: 'todos',
  schema: new URL('../schema.graphql', import.meta.url),
  createDataSource,
  build: (platform) => ({
    resolvers,
    sagaParticipants: meetingDeletionParticipants(
      createMeetingEraser({ ...platform, tasks: [], deleteRows: deleteRowsOfMeeting }),
    ),
    createContext: createContextBuilder(platform),
    subscriptions: [meetingAccessSubscription, actionItemAcceptedSubscription],
    schedules: [dueTodosSchedule],
  }),
};
