import { DateTimeScalar } from '@hoerok/shared/graphql';
import type { Resolvers } from '../generated/resolvers.ts';
import { Delivery, DeliveryConnection, WebhookEndpoint } from './delivery.ts';
import { MarkReadPayload, Mutation } from './mutation.ts';
import { Notification, NotificationConnection, NotificationSubject } from './notification.ts';
import { NotificationPreferences } from './preferences.ts';
import { Query } from './query.ts';
import { User } from './user.ts';

/** The resolvers of the notifications subgraph, by type. */
export const resolvers: Resolvers = {
  DateTime: DateTimeScalar,
  Query,
  Mutation,
  MarkReadPayload,
  Notification,
  NotificationConnection,
  NotificationSubject,
  NotificationPreferences,
  Delivery,
  DeliveryConnection,
  WebhookEndpoint,
  User,
};
