import { actorOf, type Viewer } from '@hoerok/shared/auth';
import { createGroupLoader, createLoader, type Loader, type SubgraphRequest } from '@hoerok/shared/graphql';
import type { Platform } from '@hoerok/shared/service';
import { DEFAULT_PREFERENCES, type Preferences } from './domain/preferences.ts';
import type { Delivery } from './entities/delivery.entity.ts';
import type { Notification } from './entities/notification.entity.ts';
import { deliveryLogOf } from './repositories/delivery-repository.ts';
import { type Inbox, inboxOf } from './repositories/notification-repository.ts';
import { preferencesRepository } from './repositories/preferences-repository.ts';
import type { Deliveries } from './services/delivery-log.ts';
import type { MarkRead } from './services/mark-read.ts';
import type { SetPreferences } from './services/set-preferences.ts';
import type { Webhooks } from './services/webhooks.ts';

/** The use cases of the notifications domain. */
export interface Services {
  readonly markRead: MarkRead;
  readonly preferences: SetPreferences;
  readonly webhooks: Webhooks;
  readonly deliveries: Deliveries;
}

/** Reads of one request: the inbox of the viewer and nobody else's. */
export interface Reads {
  readonly recipientId: string;
  readonly inbox: Inbox;
  readonly notification: Loader<Notification>;
  /** Of a notification. */
  readonly deliveries: { readonly load: (notificationId: string) => Promise<readonly Delivery[]> };
  readonly preferences: () => Promise<Preferences>;
}

/** What a resolver gets. `reads` is null when no person is behind the request. */
export interface Context {
  readonly viewer: Viewer | null;
  readonly services: Services;
  readonly reads: Reads | null;
}

/** Gives the builder of each request's context. */
export function createContextBuilder(
  platform: Pick<Platform, 'dataSource'>,
  services: Services,
): (request: SubgraphRequest) => Context {
  return ({ viewer }) => ({ viewer, services, reads: createReads(platform.dataSource, viewer) });
}

function createReads({ manager }: Platform['dataSource'], viewer: Viewer | null): Reads | null {
  const recipientId = viewer === null ? null : actorOf(viewer);
  if (viewer === null || recipientId === null) return null;
  const { workspaceId } = viewer;
  const inbox = inboxOf(manager, { workspaceId, recipientId });
  return {
    recipientId,
    inbox,
    notification: createLoader(
      (ids) => inbox.find(ids),
      ({ id }) => id,
    ),
    deliveries: createGroupLoader(
      (ids) => deliveryLogOf(manager, workspaceId).ofNotifications(ids),
      ({ notificationId }) => notificationId ?? '',
    ),
    preferences: async () => {
      const preferences = await preferencesRepository(manager, workspaceId).of([recipientId]);
      return preferences.get(recipientId) ?? DEFAULT_PREFERENCES;
    },
  };
}
