import {
  createMeetingEraser,
  meetingAccessSubscription,
  meetingDeletionParticipants,
} from '@hoerok/shared/access';
import type { Platform, ServiceDefinition } from '@hoerok/shared/service';
import type { NotificationsConfig } from './config.ts';
import { type Context, createContextBuilder } from './context.ts';
import { createDataSource } from './data-source.ts';
import { failedTaskSubscription } from './events/on-failed-task.ts';
import { meetingSubscription } from './events/on-meeting.ts';
import { minutesSubscription } from './events/on-minutes.ts';
import { shareSubscription } from './events/on-share.ts';
import { todoSubscription } from './events/on-todo.ts';
import { transcriptSubscription } from './events/on-transcript.ts';
import { createSecretBox } from './providers/secret-box.ts';
import { createSpool } from './providers/spool.ts';
import { resolvers } from './resolvers/resolvers.ts';
import { retentionOf } from './retention.ts';
import { unsubscribeRoute } from './routes/unsubscribe.ts';
import { reachOf, startSending } from './senders.ts';
import { createAddressees } from './services/addressees.ts';
import { createDeliveries } from './services/delivery-log.ts';
import { createDeleteRowsOfMeeting } from './services/erase-meeting.ts';
import { createMarkRead } from './services/mark-read.ts';
import { createSetPreferences } from './services/set-preferences.ts';
import { createUnsubscribeLinks, UNSUBSCRIBE_PATH } from './services/unsubscribe-links.ts';
import { createWebhooks } from './services/webhooks.ts';

/** The notifications service: schema, database and parts. */
export const notificationsService: ServiceDefinition<NotificationsConfig, Context> = {
  name: 'notifications',
  schema: new URL('../schema.graphql', import.meta.url),
  createDataSource,
  build: (platform) => {
    const { transact, dataSource, gateway, config } = platform;
    const clock = (): Date => new Date();
    const keys = config.NOTIFICATION_KEYS ?? config.INTERNAL_SIGNING_KEYS;
    const spool = createSpool(config.SPOOL_DIR);
    const secrets = createSecretBox([...keys]);
    const links = createUnsubscribeLinks(publicUrlOf(platform), [...keys]);
    const preferences = createSetPreferences({ transact, clock });
    const deleteRows = createDeleteRowsOfMeeting(spool);
    return {
      resolvers,
      sagaParticipants: meetingDeletionParticipants(
        createMeetingEraser({ ...platform, tasks: [], deleteRows }),
      ),
      createContext: createContextBuilder(platform, {
        markRead: createMarkRead({ transact, clock }),
        preferences,
        webhooks: createWebhooks({ transact, clock, secrets, reach: reachOf(config) }),
        deliveries: createDeliveries({ dataSource, transact, clock }),
      }),
      subscriptions: [
        meetingAccessSubscription,
        meetingSubscription,
        shareSubscription,
        transcriptSubscription,
        minutesSubscription,
        todoSubscription,
        failedTaskSubscription,
      ],
      retention: retentionOf(config),
      publicRoutes: { [UNSUBSCRIBE_PATH]: unsubscribeRoute({ links, preferences }) },
      background: () =>
        startSending({ platform, addressees: createAddressees(gateway), links, secrets, spool, clock }),
    };
  },
};

function publicUrlOf({ config }: Platform<NotificationsConfig>): string {
  return config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`;
}
