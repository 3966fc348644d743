import {
  createMeetingEraser,
  meetingAccessSubscription,
  meetingDeletionParticipants,
} from '@hoerok/shared/access';
import type { ServiceDefinition } from '@hoerok/shared/service';
import type { TodosConfig } from './config.ts';
import { type Context, createContextBuilder } from './context.ts';
import { createDataSource } from './data-source.ts';
import { accessRevokedSubscription } from './events/on-access-revoked.ts';
import { actionItemAcceptedSubscription } from './events/on-action-item-accepted.ts';
import { calendarRoute } from './http/calendar-route.ts';
import { resolvers } from './resolvers/resolvers.ts';
import { dueTodosSchedule } from './schedules/due-todos.ts';
import { CALENDAR_PATH, createCalendarFeeds } from './services/calendar-feeds.ts';
import { deleteRowsOfMeeting } from './services/erase-meeting.ts';

/** The todos service: schema, database and parts. */
export const todosService: ServiceDefinition<TodosConfig, Context> = {
  name: 'todos',
  schema: new URL('../schema.graphql', import.meta.url),
  createDataSource,
  build: (platform) => {
    const { config, dataSource, transact } = platform;
    const clock = (): Date => new Date();
    const publicUrl = config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`;
    const calendarFeeds = createCalendarFeeds({ transact, manager: dataSource.manager, publicUrl, clock });
    return {
      resolvers,
      sagaParticipants: meetingDeletionParticipants(
        createMeetingEraser({ ...platform, tasks: [], deleteRows: deleteRowsOfMeeting }),
      ),
      createContext: createContextBuilder(platform, calendarFeeds, clock),
      subscriptions: [meetingAccessSubscription, actionItemAcceptedSubscription, accessRevokedSubscription],
      schedules: [dueTodosSchedule],
      publicRoutes: { [CALENDAR_PATH]: calendarRoute(calendarFeeds) },
    };
  },
};
