import type { Viewer } from '@hoerok/shared/auth';
import { type EntityManager, In } from 'typeorm';
import { type MeetingShare, MeetingShareSchema } from '../entities/meeting-share.entity.ts';
import { type ShareChange, ShareChangeSchema } from '../entities/share-change.entity.ts';
import { meetingChanged } from './meeting-family.ts';

/** What the history of a meeting's shares shows at most, the newest of it. */
const HISTORY_LIMIT = 100;

/** A share with a user, and whether it counts by the clock of the database. */
export type UserShare = MeetingShare & { readonly userId: string; readonly live: boolean };

/** Shares of one workspace's meetings. Lock the meeting's row before changing one. */
export interface ShareRepository {
  readonly find: (id: string) => Promise<MeetingShare | null>;
  /** The oldest first; also those that have run out. */
  readonly ofMeetings: (meetingIds: readonly string[]) => Promise<MeetingShare[]>;
  /** Those with users: what other services are told. */
  readonly withUsers: (meetingId: string) => Promise<UserShare[]>;
  /** Shares that the viewer holds and that count, of these meetings. */
  readonly heldBy: (viewer: Viewer, meetingIds: readonly string[]) => Promise<MeetingShare[]>;
  readonly insert: (share: MeetingShare) => Promise<void>;
  readonly update: (share: MeetingShare) => Promise<void>;
  /** Its meeting is to be updated in the same transaction. */
  readonly delete: (id: string) => Promise<void>;
  readonly addChange: (change: ShareChange) => Promise<void>;
  /** The newest first, at most 100 of each meeting. */
  readonly historyOf: (meetingIds: readonly string[]) => Promise<ShareChange[]>;
}

const COUNTS = '(s.expiresAt IS NULL OR s.expiresAt > now())';

/** SQL for "this user holds a share of the meeting, and it counts"; `column` holds the meeting's id. */
export function holdsShareSql(column: string, user: string): string {
  const counts = '(s.expires_at IS NULL OR s.expires_at > now())';
  return `EXISTS (SELECT 1 FROM meeting_share s WHERE s.meeting_id = ${column} AND s.user_id = ${user} AND ${counts})`;
}

/** Binds the queries to a transaction (or the manager) and a workspace. */
export function shareRepository(tx: EntityManager, workspaceId: string): ShareRepository {
  return {
    find: (id) => tx.findOneBy(MeetingShareSchema, { id, workspaceId }),
    ofMeetings: (meetingIds) =>
      tx.find(MeetingShareSchema, {
        where: { workspaceId, meetingId: In([...meetingIds]) },
        order: { id: 'ASC' },
      }),
    withUsers: async (meetingId) => {
      const query = tx
        .createQueryBuilder(MeetingShareSchema, 's')
        .addSelect(COUNTS, 'live')
        .where({ workspaceId, meetingId })
        .andWhere('s.userId IS NOT NULL')
        .orderBy({ 's.id': 'ASC' });
      const { entities, raw } = await query.getRawAndEntities<{ live: boolean }>();
      return entities.map((share, place) => ({
        ...share,
        userId: share.userId ?? '',
        live: raw[place]?.live === true,
      }));
    },
    heldBy: async (viewer, meetingIds) => {
      if (viewer.kind === 'service' || meetingIds.length === 0) return [];
      return await tx
        .createQueryBuilder(MeetingShareSchema, 's')
        .where({ workspaceId, userId: viewer.userId, meetingId: In([...meetingIds]) })
        .andWhere(COUNTS)
        .getMany();
    },
    insert: async (share) => {
      meetingChanged(tx, workspaceId, share.meetingId);
      await tx.insert(MeetingShareSchema, share);
    },
    update: async (share) => {
      meetingChanged(tx, workspaceId, share.meetingId);
      await tx.update(MeetingShareSchema, { id: share.id, workspaceId }, share);
    },
    delete: async (id) => void (await tx.delete(MeetingShareSchema, { id, workspaceId })),
    addChange: async (change) => void (await tx.insert(ShareChangeSchema, change)),
    historyOf: async (meetingIds) => {
      const rows: { id: string }[] = await tx.query(
        `SELECT c.id FROM unnest($1::text[]) o(id) CROSS JOIN LATERAL (
           SELECT id FROM share_change WHERE meeting_id = o.id ORDER BY id DESC LIMIT $2) c`,
        [[...meetingIds], HISTORY_LIMIT],
      );
      const ids = rows.map(({ id }) => id);
      return await tx.find(ShareChangeSchema, { where: { id: In(ids) }, order: { id: 'DESC' } });
    },
  };
}

/** Meetings of any workspace that have shares which ran out, and nobody has been told; at most `limit`. */
export async function findExpiredShares(
  tx: EntityManager,
  limit: number,
): Promise<{ readonly workspaceId: string; readonly meetingId: string }[]> {
  return await tx.query(
    `SELECT DISTINCT workspace_id AS "workspaceId", meeting_id AS "meetingId" FROM meeting_share
     WHERE end_told_at IS NULL AND expires_at <= now() LIMIT $1`,
    [limit],
  );
}

/** The shares of a meeting that {@link findExpiredShares} found and that have not been told of; marks them as told. */
export async function takeExpiredShares(tx: EntityManager, meetingId: string): Promise<MeetingShare[]> {
  const shares = await tx
    .createQueryBuilder(MeetingShareSchema, 's')
    .where({ meetingId })
    .andWhere('s.endToldAt IS NULL AND s.expiresAt <= now()')
    .getMany();
  const ids = shares.map(({ id }) => id);
  await tx
    .createQueryBuilder()
    .update(MeetingShareSchema)
    .set({ endToldAt: () => 'now()' })
    .where({ id: In(ids) })
    .execute();
  return shares;
}
