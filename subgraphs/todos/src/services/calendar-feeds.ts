import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto';
import type { UserViewer } from '@hoerok/shared/auth';
import { acrossWorkspaces, inWorkspace, type Transact } from '@hoerok/shared/database';
import { AppError } from '@hoerok/shared/errors';
import { decodeInput } from '@hoerok/shared/graphql';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { todoCalendar } from '../domain/todo-calendar.ts';
import type { CalendarFeed } from '../entities/calendar-feed.entity.ts';
import {
  calendarFeedRepository,
  type FeedOwner,
  findFeedByToken,
  noteRead,
} from '../repositories/calendar-feed-repository.ts';
import { visibleTodos } from '../repositories/visible-todos.ts';

/** Where calendars read, on the public port. */
export const CALENDAR_PATH = '/calendar.ics';

const MOST_FEEDS = 10;
/** Todos that one feed shows, those due soonest. */
const MOST_TODOS = 500;
const TOKEN_BYTES = 32;

const feedInput = z.object({
  label: z.string().trim().min(1, 'must not be empty').max(100, 'takes at most 100 characters'),
});

/** A feed with the address that nobody can be told again. */
export interface NewFeed {
  readonly feed: CalendarFeed;
  readonly url: string;
}

/** Secret addresses under which a calendar reads the open todos of a person that have a due date. */
export interface CalendarFeeds {
  /** @throws AppError `BAD_INPUT`; `WRONG_STATE` when the viewer has ten already. */
  readonly create: (viewer: UserViewer, input: unknown) => Promise<NewFeed>;
  /** Newest first. */
  readonly list: (owner: FeedOwner) => Promise<CalendarFeed[]>;
  /** Its address answers nothing from now on. @throws AppError `NOT_FOUND`. */
  readonly revoke: (viewer: UserViewer, id: string) => Promise<string>;
  /** The calendar behind the secret of an address; null when there is none, or no more. */
  readonly read: (token: string) => Promise<string | null>;
}

/** Builds {@link CalendarFeeds}; `publicUrl` is where clients reach the service. */
export function createCalendarFeeds(deps: {
  readonly transact: Transact;
  readonly manager: EntityManager;
  readonly publicUrl: string;
  readonly clock: () => Date;
}): CalendarFeeds {
  return {
    create: async (viewer, input) => {
      const { label } = decodeInput(feedInput, input);
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      const feed: CalendarFeed = {
        id: randomUUIDv7(),
        workspaceId: viewer.workspaceId,
        userId: viewer.userId,
        label,
        tokenHash: hashOf(token),
        createdAt: deps.clock(),
        lastReadAt: null,
      };
      await deps.transact(async (tx) => {
        const feeds = calendarFeedRepository(tx, viewer);
        if ((await feeds.countAlone()) >= MOST_FEEDS)
          throw new AppError('WRONG_STATE', `You have ${MOST_FEEDS} calendar feeds; revoke one first.`, {
            logLevel: 'debug',
          });
        await feeds.insert(feed);
      });
      const url = new URL(deps.publicUrl.replace(/\/$/, '') + CALENDAR_PATH);
      url.searchParams.set('token', token);
      return { feed, url: url.href };
    },
    list: (owner) => calendarFeedRepository(deps.manager, owner).list(),
    revoke: async (viewer, id) => {
      const revoked = await deps.transact((tx) => calendarFeedRepository(tx, viewer).delete(id));
      if (!revoked) throw new AppError('NOT_FOUND', 'There is no such calendar feed.', { logLevel: 'debug' });
      return id;
    },
    read: async (token) => {
      // The token alone says of which workspace it is.
      const feed = await acrossWorkspaces(() => findFeedByToken(deps.manager, hashOf(token)));
      if (feed === null) return null;
      const now = deps.clock();
      return await inWorkspace(feed.workspaceId, async () => {
        const calendar = await calendarOf(deps.manager, feed, now);
        await noteRead(deps.manager, feed.id, now);
        return calendar;
      });
    },
  };
}

/** The secret has 256 random bits: a plain hash of it tells nobody anything. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

async function calendarOf(tx: EntityManager, feed: CalendarFeed, now: Date): Promise<string> {
  const { workspaceId, userId, id } = feed;
  // Whatever the role of its owner: what is assigned to somebody they may see.
  const viewer: UserViewer = { kind: 'user', workspaceId, userId, role: 'MEMBER', sessionId: id };
  const todos = await visibleTodos(tx, viewer, now).list('assignee', [userId], {
    filter: { status: ['OPEN', 'IN_PROGRESS', 'BLOCKED'], hasDueDate: true },
    orderBy: 'DUE_AT',
    page: { limit: MOST_TODOS - 1, after: undefined },
  });
  return todoCalendar(todos.flatMap(({ dueAt, ...todo }) => (dueAt === null ? [] : [{ ...todo, dueAt }])));
}
