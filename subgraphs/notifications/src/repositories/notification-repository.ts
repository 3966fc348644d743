import { hiddenMeetingSql } from '@hoerok/shared/access';
import type { MeetingState } from '@hoerok/shared/contracts';
import type { Page } from '@hoerok/shared/graphql';
import { type EntityManager, In, IsNull, LessThan, type FindOptionsWhere, Raw } from 'typeorm';
import { DeliverySchema } from '../entities/delivery.entity.ts';
import { InvitationSchema } from '../entities/invitation.entity.ts';
import { type Notification, NotificationSchema } from '../entities/notification.entity.ts';
import { SectionEditorSchema } from '../entities/section-editor.entity.ts';

/** Notifications of one workspace, for telling people. */
export interface NotificationRepository {
  /** Stores those that were not told before and gives them back. */
  readonly insert: (notifications: readonly Notification[]) => Promise<Notification[]>;
  /** Notes who takes part in a meeting; gives back those who were not known to. */
  readonly invite: (meetingId: string, userIds: readonly string[]) => Promise<string[]>;
  /** Notes who has edited a section of a transcript. */
  readonly noteEditor: (
    section: { readonly id: string; readonly meetingId: string },
    userId: string,
  ) => Promise<void>;
  readonly editorsOf: (sectionId: string) => Promise<string[]>;
  /** Ids of the messages that told of a meeting, digests included: those by which files may have been written. */
  readonly messagesOfMeeting: (meetingId: string) => Promise<string[]>;
  /** Deletes what told of a meeting, who was invited to it and who edited its transcript. */
  readonly deleteOfMeeting: (meetingId: string) => Promise<void>;
}

/** Notifications of one recipient, without those of hidden meetings; nobody else's can be read or written through it. */
export interface Inbox {
  readonly find: (ids: readonly string[]) => Promise<Notification[]>;
  /** Newest first; up to `page.limit + 1` rows. */
  readonly list: (page: Page, unreadOnly: boolean) => Promise<Notification[]>;
  readonly count: (unreadOnly: boolean) => Promise<number>;
  /** Marks those of them that are unread; all unread ones when no ids are given. Gives their number. */
  readonly markRead: (at: Date, ids?: readonly string[]) => Promise<number>;
}

/** Binds the queries to a transaction (or the manager) and a workspace. */
export function notificationRepository(tx: EntityManager, workspaceId: string): NotificationRepository {
  return {
    insert: async (notifications) => {
      if (notifications.length === 0) return [];
      const result = await tx
        .createQueryBuilder()
        .insert()
        .into(NotificationSchema)
        .values([...notifications])
        .orIgnore()
        .returning('id')
        .execute();
      const stored = new Set((result.raw as { id: string }[]).map(({ id }) => id));
      return notifications.filter(({ id }) => stored.has(id));
    },
    invite: async (meetingId, userIds) => {
      if (userIds.length === 0) return [];
      const result = await tx
        .createQueryBuilder()
        .insert()
        .into(InvitationSchema)
        .values(userIds.map((userId) => ({ meetingId, userId, workspaceId })))
        .orIgnore()
        .returning('user_id')
        .execute();
      return (result.raw as { user_id: string }[]).map(({ user_id }) => user_id);
    },
    noteEditor: async ({ id: sectionId, meetingId }, userId) => {
      const editor = { sectionId, userId, meetingId, workspaceId };
      await tx.createQueryBuilder().insert().into(SectionEditorSchema).values(editor).orIgnore().execute();
    },
    editorsOf: async (sectionId) =>
      (await tx.findBy(SectionEditorSchema, { workspaceId, sectionId })).map(({ userId }) => userId),
    messagesOfMeeting: async (meetingId) => {
      const sql =
        'SELECT DISTINCT coalesce(digest_id, id) AS id FROM delivery WHERE workspace_id = $1 AND meeting_id = $2';
      const rows: { id: string }[] = await tx.query(sql, [workspaceId, meetingId]);
      return rows.map(({ id }) => id);
    },
    deleteOfMeeting: async (meetingId) => {
      await tx.delete(DeliverySchema, { workspaceId, meetingId });
      await tx.delete(SectionEditorSchema, { workspaceId, meetingId });
      await tx.delete(NotificationSchema, { workspaceId, meetingId });
      await tx.delete(InvitationSchema, { workspaceId, meetingId });
    },
  };
}

/** Notifications of one workspace by id, whoever their recipients are, in the order of telling: for those who send them. */
export async function readNotifications(
  tx: EntityManager,
  workspaceId: string,
  ids: readonly string[],
): Promise<Notification[]> {
  if (ids.length === 0) return [];
  return await tx.find(NotificationSchema, {
    where: { workspaceId, id: In([...ids]) },
    order: { id: 'ASC' },
  });
}

/** Meetings of one workspace as their events told them, by id. */
export async function readToldMeetings(
  tx: EntityManager,
  workspaceId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, MeetingState>> {
  if (ids.length === 0) return new Map();
  const sql = 'SELECT state FROM meeting_access WHERE workspace_id = $1 AND meeting_id = ANY($2)';
  const rows: { state: MeetingState }[] = await tx.query(sql, [workspaceId, [...ids]]);
  return new Map(rows.map(({ state }) => [state.id, state]));
}

/** Binds the queries to a transaction (or the manager) and a recipient. */
export function inboxOf(
  tx: EntityManager,
  owner: { readonly workspaceId: string; readonly recipientId: string },
): Inbox {
  const { workspaceId, recipientId } = owner;
  const mine = (unreadOnly: boolean): FindOptionsWhere<Notification> => {
    const meetingId = Raw((column) => `NOT ${hiddenMeetingSql(column)}`);
    const all = { workspaceId, recipientId, meetingId, inApp: true };
    return unreadOnly ? { ...all, readAt: IsNull() } : all;
  };
  return {
    find: (ids) => tx.findBy(NotificationSchema, { ...mine(false), id: In([...ids]) }),
    list: ({ after, limit }, unreadOnly) => {
      const older = after === undefined ? {} : { id: LessThan(after[0] ?? '') };
      return tx.find(NotificationSchema, {
        where: { ...mine(unreadOnly), ...older },
        order: { id: 'DESC' },
        take: limit + 1,
      });
    },
    count: (unreadOnly) => tx.countBy(NotificationSchema, mine(unreadOnly)),
    markRead: async (readAt, ids) => {
      const wanted = ids === undefined ? {} : { id: In([...ids]) };
      const { affected } = await tx.update(NotificationSchema, { ...mine(true), ...wanted }, { readAt });
      return affected ?? 0;
    },
  };
}
