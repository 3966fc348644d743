import { type MeetingAccess, requireRight, requireStanding } from '@hoerok/shared/access';
import type { UserViewer } from '@hoerok/shared/auth';
import type { Transact } from '@hoerok/shared/database';
import { AppError } from '@hoerok/shared/errors';
import { decodeInput } from '@hoerok/shared/graphql';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { type Review, reviewed } from '../domain/review.ts';
import type { MinutesItem } from '../entities/minutes-item.entity.ts';
import { minutesRepository } from '../repositories/minutes-repository.ts';
import { announceAcceptance } from './announce-acceptance.ts';
import { announceMinutes } from './announce-minutes.ts';
import type { RequireAssignee } from './assignee.ts';

const MAX_REVIEWS = 100;

const oneReview = z.object({
  itemId: z.string(),
  review: z.enum(['ACCEPTED', 'REJECTED', 'EDITED'], 'takes ACCEPTED, REJECTED or EDITED'),
  text: z.string().trim().min(1, 'must not be empty').max(2_000, 'takes at most 2,000 characters').nullish(),
  assigneeId: z.string().nullish(),
  dueAt: z.date().nullish(),
  startsAt: z.date().nullish(),
  endsAt: z.date().nullish(),
  expectedRevision: z.number().int().nullish(),
});

const manyReviews = z.object({
  input: z
    .array(oneReview)
    .min(1, 'names no item')
    .max(MAX_REVIEWS, `takes at most ${MAX_REVIEWS}`)
    .superRefine((reviews, context) => {
      const ids = reviews.map(({ itemId }) => itemId);
      const twice = ids.findIndex((id, index) => ids.indexOf(id) !== index);
      if (twice !== -1)
        context.addIssue({ code: 'custom', path: [twice, 'itemId'], message: 'names an item a second time' });
    }),
});

type Wanted = z.output<typeof oneReview>;

/** What reviewing needs. */
export interface ReviewItemsDeps {
  readonly transact: Transact;
  readonly manager: EntityManager;
  readonly access: MeetingAccess;
  readonly requireAssignee: RequireAssignee;
  readonly clock: () => Date;
}

/**
 * Writes down what a person decided about one item; whoever takes part in the meeting may. The first acceptance of an
 * action item tells the todos domain, in the same transaction. Repeating a review changes nothing and tells nothing.
 * @throws AppError `BAD_INPUT`, `NOT_FOUND`, `FORBIDDEN`, `CONFLICT` or `WRONG_STATE`.
 */
export function createReviewItem(
  deps: ReviewItemsDeps,
): (viewer: UserViewer, input: unknown) => Promise<MinutesItem> {
  return async (viewer, input) => {
    const wanted = decodeInput(oneReview, input);
    const [item] = await reviewAll(deps, viewer, { wanted: [wanted], pathOf: () => [] });
    if (item === undefined) throw notFound(['itemId']);
    return item;
  };
}

/**
 * As {@link createReviewItem}, for up to 100 items: all or none. The items come back in the order they were named.
 * @throws as createReviewItem; the path names the decision that stands in the way.
 */
export function createReviewItems(
  deps: ReviewItemsDeps,
): (viewer: UserViewer, input: unknown) => Promise<readonly MinutesItem[]> {
  return async (viewer, input) => {
    const { input: wanted } = decodeInput(manyReviews, input);
    return await reviewAll(deps, viewer, { wanted, pathOf: (at) => ['input', String(at)] });
  };
}

interface Reviews {
  readonly wanted: readonly Wanted[];
  /** Path of the decision at a place, for errors. */
  readonly pathOf: (at: number) => readonly string[];
}

async function reviewAll(
  deps: ReviewItemsDeps,
  viewer: UserViewer,
  reviews: Reviews,
): Promise<readonly MinutesItem[]> {
  const { wanted } = reviews;
  const meetingIds = await requireReviewable(deps, viewer, reviews);
  const assignees = await assigneesOf(deps, viewer, reviews);
  return await deps.transact(async (tx) => {
    for (const [id, at] of meetingIds) await requireStanding(tx, id, [...reviews.pathOf(at), 'itemId']);
    const locked = await minutesRepository(tx, viewer.workspaceId).findItemsForUpdate(
      wanted.map(({ itemId }) => itemId),
    );
    const byId = new Map(locked.map((item) => [item.id, item]));
    const after = wanted.map((one, at) => {
      const item = byId.get(one.itemId);
      if (item === undefined) throw notFound([...reviews.pathOf(at), 'itemId']);
      const review = reviewOf(one, assignees.get(one.assigneeId ?? ''));
      return decide(item, review, { at: deps.clock(), path: reviews.pathOf(at) });
    });
    const changed = after.filter((item) => byId.get(item.id) !== item);
    await refuseReplaced(tx, viewer, { changed, after, pathOf: reviews.pathOf });
    await store(tx, viewer, { before: byId, changed });
    return after;
  });
}

/** The meetings of the items, in one order, each with the place of its first item. */
async function requireReviewable(
  { manager, access }: ReviewItemsDeps,
  viewer: UserViewer,
  { wanted, pathOf }: Reviews,
): Promise<readonly (readonly [string, number])[]> {
  const seen = await minutesRepository(manager, viewer.workspaceId).findItems(
    wanted.map(({ itemId }) => itemId),
  );
  const meetingOf = new Map(seen.map(({ id, meetingId }) => [id, meetingId]));
  const visible = await access.visible(viewer, [...new Set(meetingOf.values())]);
  const places = new Map<string, number>();
  for (const [at, { itemId }] of wanted.entries()) {
    const meeting = visible.get(meetingOf.get(itemId) ?? '');
    if (meeting === undefined) throw notFound([...pathOf(at), 'itemId']);
    requireRight(viewer, meeting, { right: 'PARTICIPATE' });
    if (!places.has(meeting.id)) places.set(meeting.id, at);
  }
  return [...places].toSorted(([left], [right]) => left.localeCompare(right));
}

async function assigneesOf(
  { requireAssignee }: ReviewItemsDeps,
  { workspaceId }: UserViewer,
  { wanted, pathOf }: Reviews,
): Promise<ReadonlyMap<string, { readonly id: string; readonly name: string }>> {
  const places = new Map<string, number>();
  for (const [at, { assigneeId }] of wanted.entries())
    if (assigneeId != null && !places.has(assigneeId)) places.set(assigneeId, at);
  const found = await Promise.all(
    [...places].map(async ([id, at]) => {
      const path = pathOf(at);
      return [id, await requireAssignee(workspaceId, id).catch((error: unknown) => rethrowAt(error, path))];
    }),
  );
  return new Map(found as [string, { id: string; name: string }][]);
}

function reviewOf(
  { assigneeId, ...wanted }: Wanted,
  assignee: { readonly id: string; readonly name: string } | undefined,
): Review {
  return {
    review: wanted.review,
    text: wanted.text ?? undefined,
    dueAt: wanted.dueAt,
    startsAt: wanted.startsAt ?? undefined,
    endsAt: wanted.endsAt,
    expectedRevision: wanted.expectedRevision ?? undefined,
    assignee: assigneeId == null ? assigneeId : assignee,
  };
}

/** The item after the review; the very same when the review changes nothing. */
function decide(
  item: MinutesItem,
  review: Review,
  { at, path }: { readonly at: Date; readonly path: readonly string[] },
): MinutesItem {
  try {
    return reviewed(item, review, at) ?? item;
  } catch (error) {
    return rethrowAt(error, path);
  }
}

/** What is wrong with one of many decisions says with which. */
function rethrowAt(error: unknown, path: readonly string[]): never {
  if (!(error instanceof AppError) || path.length === 0) throw error;
  const inside = Array.isArray(error.extensions['path']) ? (error.extensions['path'] as string[]) : [];
  throw new AppError(error.code, error.message, {
    cause: error,
    logLevel: 'debug',
    extensions: { ...error.extensions, path: [...path, ...inside] },
  });
}

/** What nobody reads any more is not decided on: the newest minutes have the same items again, or better ones. */
async function refuseReplaced(
  tx: EntityManager,
  { workspaceId }: UserViewer,
  decided: {
    readonly changed: readonly MinutesItem[];
    readonly after: readonly MinutesItem[];
    readonly pathOf: Reviews['pathOf'];
  },
): Promise<void> {
  const { changed, after, pathOf } = decided;
  if (changed.length === 0) return;
  const meetingIds = [...new Set(changed.map(({ meetingId }) => meetingId))];
  const newest = await minutesRepository(tx, workspaceId).newestOfMeetings(meetingIds);
  const current = new Set(newest.map(({ id }) => id));
  const old = changed.find(({ minutesId }) => !current.has(minutesId));
  if (old === undefined) return;
  throw new AppError('WRONG_STATE', 'There are newer minutes of this meeting: decide on their items.', {
    logLevel: 'debug',
    extensions: { path: [...pathOf(after.indexOf(old)), 'itemId'] },
  });
}

async function store(
  tx: EntityManager,
  viewer: UserViewer,
  { before, changed }: { readonly before: ReadonlyMap<string, MinutesItem>; changed: readonly MinutesItem[] },
): Promise<void> {
  const repository = minutesRepository(tx, viewer.workspaceId);
  for (const item of changed) {
    await repository.updateItem({ ...item, reviewedById: viewer.userId });
    const isFirst = before.get(item.id)?.acceptedAt === null && item.acceptedAt !== null;
    if (isFirst) await announceAcceptance(tx, item, viewer.userId);
  }
  const ofMinutes = Map.groupBy(changed, ({ minutesId }) => minutesId);
  for (const minutes of await repository.find([...ofMinutes.keys()])) {
    const itemIds = (ofMinutes.get(minutes.id) ?? []).map(({ id }) => id);
    await announceMinutes(tx, minutes, { change: 'REVIEWED', itemIds, actorId: viewer.userId });
  }
}

function notFound(path: readonly string[]): AppError {
  return new AppError('NOT_FOUND', 'There is no such item, or you do not take part in its meeting.', {
    logLevel: 'debug',
    extensions: { path: [...path] },
  });
}
