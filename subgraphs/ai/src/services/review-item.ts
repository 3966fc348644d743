import { type MeetingAccess, requireStanding } from '@hoerok/shared/access';
import type { UserViewer } from '@hoerok/shared/auth';
import { actionItemAccepted } from '@hoerok/shared/contracts';
import type { Transact } from '@hoerok/shared/database';
import { AppError } from '@hoerok/shared/errors';
import { decodeInput } from '@hoerok/shared/graphql';
import { addEvent } from '@hoerok/shared/outbox';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { type Review, reviewed } from '../domain/review.ts';
import type { MinutesItem } from '../entities/minutes-item.entity.ts';
import { minutesRepository } from '../repositories/minutes-repository.ts';
import type { RequireAssignee } from './assignee.ts';

const reviewInput = z.object({
  itemId: z.string(),
  review: z.enum(['ACCEPTED', 'REJECTED', 'EDITED'], 'takes ACCEPTED, REJECTED or EDITED'),
  text: z.string().trim().min(1, 'must not be empty').max(2_000, 'takes at most 2,000 characters').nullish(),
  assigneeId: z.string().nullish(),
  dueAt: z.date().nullish(),
  expectedRevision: z.number().int().nullish(),
});

/** What {@link createReviewItem} needs. */
export interface ReviewItemDeps {
  readonly transact: Transact;
  readonly manager: EntityManager;
  readonly access: MeetingAccess;
  readonly requireAssignee: RequireAssignee;
  readonly clock: () => Date;
}

/**
 * Writes down what a person decided about an item; whoever may see the meeting may. The first acceptance of an action
 * item tells the todos domain, in the same transaction. Repeating a review changes nothing and tells nothing.
 * @throws AppError `BAD_INPUT`, `NOT_FOUND`, `CONFLICT` or `WRONG_STATE`.
 */
export function createReviewItem(
  deps: ReviewItemDeps,
): (viewer: UserViewer, input: unknown) => Promise<MinutesItem> {
  return async (viewer, input) => {
    const { itemId, assigneeId, ...wanted } = decodeInput(reviewInput, input);
    const [seen] = await minutesRepository(deps.manager, viewer.workspaceId).findItems([itemId]);
    const { meetingId } = await requireVisible(deps.access, viewer, seen);
    const review: Review = {
      review: wanted.review,
      text: wanted.text ?? undefined,
      dueAt: wanted.dueAt,
      expectedRevision: wanted.expectedRevision ?? undefined,
      assignee: assigneeId == null ? assigneeId : await deps.requireAssignee(viewer.workspaceId, assigneeId),
    };
    return await deps.transact(async (tx) => {
      await requireStanding(tx, meetingId, ['itemId']);
      const repository = minutesRepository(tx, viewer.workspaceId);
      const item = await repository.findItemForUpdate(itemId);
      if (item === null) throw notFound();
      const decided = reviewed(item, review, deps.clock());
      if (decided === null) return item;
      const changed = { ...decided, reviewedById: viewer.userId };
      await repository.updateItem(changed);
      if (item.acceptedAt === null && changed.acceptedAt !== null) await announce(tx, viewer, changed);
      return changed;
    });
  };
}

async function requireVisible(
  access: MeetingAccess,
  viewer: UserViewer,
  item: MinutesItem | undefined,
): Promise<MinutesItem> {
  if (item === undefined) throw notFound();
  if (!(await access.visible(viewer, [item.meetingId])).has(item.meetingId)) throw notFound();
  return item;
}

async function announce(tx: EntityManager, viewer: UserViewer, item: MinutesItem): Promise<void> {
  await addEvent(tx, {
    contract: actionItemAccepted,
    workspaceId: item.workspaceId,
    aggregateId: item.id,
    actorId: viewer.userId,
    payload: {
      __typename: 'ActionItem',
      id: item.id,
      revision: item.revision,
      meetingId: item.meetingId,
      minutesId: item.minutesId,
      text: item.text,
      assigneeId: item.assigneeId,
      dueAt: item.dueAt?.toISOString() ?? null,
      acceptedById: viewer.userId,
    },
  });
}

function notFound(): AppError {
  return new AppError('NOT_FOUND', 'There is no such item, or you do not take part in its meeting.', {
    logLevel: 'debug',
    extensions: { path: ['itemId'] },
  });
}
