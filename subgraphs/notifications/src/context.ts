import { actorOf, type Viewer } from '@hoerok/shared/auth';
import { createLoader, type Loader, type SubgraphRequest } from '@hoerok/shared/graphql';
import type { Platform } from '@hoerok/shared/service';
import type { Notification } from './entities/notification.entity.ts';
import { type Inbox, inboxOf } from './repositories/notification-repository.ts';
import { createMarkRead, type MarkRead } from './services/mark-read.ts';

/** The use cases of the notifications domain. */
export interface Services {
  readonly markRead: MarkRead;
}

/** Reads of one request: the inbox of the viewer and nobody else's. */
export interface Reads {
  readonly recipientId: string;
  readonly inbox: Inbox;
  readonly notification: Loader<Notification>;
}

/** What a resolver gets. `reads` is null when no person is behind the request. */
export interface Context {
  readonly viewer: Viewer | null;
  readonly services: Services;
  readonly reads: Reads | null;
}

/** Wires the services once and gives the builder of each request's context. */
export function createContextBuilder(platform: Platform): (request: SubgraphRequest) => Context {
  const { transact, dataSource } = platform;
  const services: Services = { markRead: createMarkRead({ transact, clock: () => new Date() }) };
  return ({ viewer }) => ({ viewer, services, reads: createReads(dataSource, viewer) });
}

function createReads(dataSource: Platform['dataSource'], viewer: Viewer | null): Reads | null {
  const recipientId = viewer === null ? null : actorOf(viewer);
  if (viewer === null || recipientId === null) return null;
  const inbox = inboxOf(dataSource.manager, { workspaceId: viewer.workspaceId, recipientId });
  return {
    recipientId,
    inbox,
    notification: createLoader(
      (ids) => inbox.find(ids),
      ({ id }) => id,
    ),
  };
}
