import { type EntityManager, In, LessThan } from 'typeorm';
import { type TranscriptRef, TranscriptRefSchema } from '../entities/transcript-ref.entity.ts';

/** What this service has heard of the transcripts of one workspace. */
export interface TranscriptRefRepository {
  readonly find: (ids: readonly string[]) => Promise<TranscriptRef[]>;
  /** The newest heard of, of each meeting: ids grow with time. */
  readonly newestOfMeetings: (meetingIds: readonly string[]) => Promise<TranscriptRef[]>;
  /** Notes how far a transcript is; an older revision never replaces a newer one. */
  readonly remember: (ref: Omit<TranscriptRef, 'workspaceId'>) => Promise<void>;
  /** Notes that a transcript was deleted, for ever: nothing is heard of it any more. */
  readonly markGone: (ref: Pick<TranscriptRef, 'id' | 'meetingId'>) => Promise<void>;
  /** True for one that was deleted; one that was not is not before the transaction ends. */
  readonly isGone: (id: string) => Promise<boolean>;
  readonly deleteOfMeeting: (meetingId: string) => Promise<void>;
}

/** Binds the queries to a transaction (or the manager) and a workspace. */
export function transcriptRefRepository(tx: EntityManager, workspaceId: string): TranscriptRefRepository {
  const remember: TranscriptRefRepository['remember'] = async ({ id, meetingId, revision }) => {
    await tx.query(
      `INSERT INTO transcript_ref (id, workspace_id, meeting_id, revision) VALUES ($1, $2, $3, $4)
       ON CONFLICT (id) DO UPDATE SET revision = excluded.revision
         WHERE excluded.revision > transcript_ref.revision`,
      [id, workspaceId, meetingId, revision],
    );
  };
  return {
    find: (ids) => tx.findBy(TranscriptRefSchema, { workspaceId, id: In([...ids]) }),
    newestOfMeetings: (meetingIds) =>
      tx
        .createQueryBuilder(TranscriptRefSchema, 't')
        .distinctOn(['t.meetingId'])
        .where({ workspaceId, meetingId: In([...meetingIds]), revision: LessThan(GONE) })
        .orderBy({ 't.meetingId': 'ASC', 't.id': 'DESC' })
        .getMany(),
    deleteOfMeeting: async (meetingId) =>
      void (await tx.delete(TranscriptRefSchema, { workspaceId, meetingId })),
    markGone: (ref) => remember({ ...ref, revision: GONE }),
    isGone: async (id) => {
      const sql = 'SELECT revision FROM transcript_ref WHERE workspace_id = $1 AND id = $2 FOR SHARE';
      const rows: { revision: number }[] = await tx.query(sql, [workspaceId, id]);
      return rows[0]?.revision === GONE;
    },
    remember,
  };
}

/** Above the revision of any transcript: PostgreSQL's integer holds no more. */
const GONE = 2 ** 31 - 1;
