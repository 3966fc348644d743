import { type Connection, connectionOf, type Page } from '@hoerok/shared/graphql';
import type { Notification } from '../entities/notification.entity.ts';
import type { Inbox } from '../repositories/notification-repository.ts';

/** A page whose numbers are counted only when somebody asks for them. */
export type NotificationPage = Omit<Connection<Notification>, 'totalCount'> & {
  readonly totalCount: () => Promise<number>;
  readonly unreadCount: () => Promise<number>;
};

/** One page of an inbox. */
export async function pageOf(inbox: Inbox, page: Page, unreadOnly: boolean): Promise<NotificationPage> {
  const rows = await inbox.list(page, unreadOnly);
  const { edges, pageInfo } = connectionOf(rows, page, { totalCount: 0, keyOf: ({ id }) => [id] });
  return {
    edges,
    pageInfo,
    totalCount: () => inbox.count(unreadOnly),
    unreadCount: () => inbox.count(true),
  };
}

/** What anybody sees of an inbox that is not theirs. */
export function emptyPage(page: Page): NotificationPage {
  const { edges, pageInfo } = connectionOf<Notification>([], page, { totalCount: 0, keyOf: () => [] });
  return { edges, pageInfo, totalCount: async () => 0, unreadCount: async () => 0 };
}
