import { holdName } from '@hoerok/shared/database';
import type { EntityManager } from 'typeorm';
import { type CalendarFeed, CalendarFeedSchema } from '../entities/calendar-feed.entity.ts';

/** Whose feeds they are. */
export interface FeedOwner {
  readonly workspaceId: string;
  readonly userId: string;
}

/** The calendar feeds of one person. */
export interface CalendarFeedRepository {
  /** Newest first. */
  readonly list: () => Promise<CalendarFeed[]>;
  /** How many there are; until the transaction ends no other one adds to them. */
  readonly countAlone: () => Promise<number>;
  readonly insert: (feed: CalendarFeed) => Promise<void>;
  /** False when there is no such feed. */
  readonly delete: (id: string) => Promise<boolean>;
  readonly deleteAll: () => Promise<void>;
}

/** Binds the queries to a transaction (or the manager) and a person. */
export function calendarFeedRepository(
  tx: EntityManager,
  { workspaceId, userId }: FeedOwner,
): CalendarFeedRepository {
  const own = { workspaceId, userId };
  return {
    list: () => tx.find(CalendarFeedSchema, { where: own, order: { id: 'DESC' } }),
    countAlone: async () => {
      await holdName(tx, `calendar feeds of ${userId}`);
      return await tx.countBy(CalendarFeedSchema, own);
    },
    insert: async (feed) => void (await tx.insert(CalendarFeedSchema, feed)),
    delete: async (id) => (await tx.delete(CalendarFeedSchema, { ...own, id })).affected === 1,
    deleteAll: async () => void (await tx.delete(CalendarFeedSchema, own)),
  };
}

/** The feed behind the secret of an address, of whatever workspace: the secret is all that its reader has. */
export async function findFeedByToken(tx: EntityManager, tokenHash: string): Promise<CalendarFeed | null> {
  return await tx.findOneBy(CalendarFeedSchema, { tokenHash });
}

/** Notes that a feed was read, once an hour: calendars ask far more often. */
export async function noteRead(tx: EntityManager, id: string, now: Date): Promise<void> {
  await tx.query(
    `UPDATE calendar_feed SET last_read_at = $2
     WHERE id = $1 AND (last_read_at IS NULL OR last_read_at < $2::timestamptz - interval '1 hour')`,
    [id, now],
  );
}
