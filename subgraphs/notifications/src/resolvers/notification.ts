import { languageFor, writeMessage } from '../domain/messages.ts';
import type { Text } from '../domain/notification-kind.ts';
import type { Notification as NotificationRow } from '../entities/notification.entity.ts';
import type {
  NotificationConnectionResolvers,
  NotificationResolvers,
  NotificationSubjectResolvers,
} from '../generated/resolvers.ts';

export const Notification: NotificationResolvers = {
  __resolveReference: async ({ id }, { reads }) => (await reads?.notification.load(id)) ?? null,
  title: (notification, { language }) => textOf(notification, language).title,
  body: (notification, { language }) => textOf(notification, language).body,
  recipient: ({ recipientId }) => ({ __typename: 'User', id: recipientId }),
  subject: ({ subjectType, subjectId }) =>
    subjectType === null || subjectId === null ? null : { __typename: subjectType, id: subjectId },
  deliveries: async ({ id }, _args, { reads }) => [...((await reads?.deliveries.load(id)) ?? [])],
};

export const NotificationSubject: NotificationSubjectResolvers = {
  __resolveType: ({ __typename }) => __typename,
};

export const NotificationConnection: NotificationConnectionResolvers = {
  totalCount: ({ totalCount }) => totalCount(),
  unreadCount: ({ unreadCount }) => unreadCount(),
};

function textOf({ kind, parameters, language }: NotificationRow, wanted: string | null | undefined): Text {
  return writeMessage(kind, parameters, wanted == null ? language : languageFor(wanted));
}
