import type { UserViewer } from '@hoerok/shared/auth';
import type { Transact } from '@hoerok/shared/database';
import { AppError } from '@hoerok/shared/errors';
import { decodeInput } from '@hoerok/shared/graphql';
import { z } from 'zod';
import type { Notification } from '../entities/notification.entity.ts';
import { inboxOf } from '../repositories/notification-repository.ts';

/** The notifications that were to be marked. */
export interface MarkedRead {
  readonly notifications: readonly Notification[];
}

/** Marks notifications of the viewer as read; when they were first marked stays. Idempotent. */
export interface MarkRead {
  /** All or none. @throws AppError `BAD_INPUT`; `NOT_FOUND` when one is not there or somebody else's. */
  readonly some: (viewer: UserViewer, input: unknown) => Promise<MarkedRead>;
  /** Gives the number of those that were unread. */
  readonly all: (viewer: UserViewer) => Promise<number>;
}

const markReadInput = z.object({
  ids: z.array(z.string().min(1)).min(1, 'must not be empty').max(500, 'takes at most 500 ids'),
});

/** Builds {@link MarkRead}. */
export function createMarkRead(deps: { readonly transact: Transact; readonly clock: () => Date }): MarkRead {
  return {
    some: async (viewer, input) => {
      const ids = [...new Set(decodeInput(markReadInput, input).ids)];
      return await deps.transact(async (tx) => {
        const inbox = inboxOf(tx, ownInbox(viewer));
        await inbox.markRead(deps.clock(), ids);
        const byId = new Map((await inbox.find(ids)).map((row) => [row.id, row]));
        const missing = ids.filter((id) => !byId.has(id));
        if (missing.length > 0) throw noSuchNotification(missing);
        return { notifications: ids.flatMap((id) => byId.get(id) ?? []) };
      });
    },
    all: (viewer) => deps.transact((tx) => inboxOf(tx, ownInbox(viewer)).markRead(deps.clock())),
  };
}

function ownInbox({ workspaceId, userId }: UserViewer): { workspaceId: string; recipientId: string } {
  return { workspaceId, recipientId: userId };
}

function noSuchNotification(ids: readonly string[]): AppError {
  return new AppError('NOT_FOUND', `There is no such notification: ${ids.join(', ')}.`, {
    logLevel: 'debug',
    extensions: { path: ['ids'] },
  });
}
