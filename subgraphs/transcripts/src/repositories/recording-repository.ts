import { type EntityManager, In, IsNull, Not } from 'typeorm';
import { type Recording, RecordingSchema } from '../entities/recording.entity.ts';

/** What of a recording is kept for certain. */
export interface KeptBytes {
  readonly received: number;
  readonly storageState: string;
}

/** What is known of a recording once all of it is there. */
export interface CompletedRecording extends Pick<Recording, 'mimeType' | 'checksum' | 'durationMs'> {
  readonly completedAt: Date;
}

/** Recordings of one workspace; nothing outside of it can be read or written through it. */
export interface RecordingRepository {
  readonly insert: (recording: Recording) => Promise<void>;
  /** Of a meeting, those on their way among them. */
  readonly countOf: (meetingId: string) => Promise<number>;
  /** Also one that is still on its way. */
  readonly findAny: (id: string) => Promise<Recording | null>;
  /** Those that are complete. */
  readonly find: (ids: readonly string[]) => Promise<Recording[]>;
  /** Those of the meetings that are complete, newest first. */
  readonly ofMeetings: (meetingIds: readonly string[]) => Promise<Recording[]>;
  /**
   * Makes a request the one that writes, for {@link WRITER_SECONDS}: whoever wrote before is refused from now on. False when
   * something else has arrived meanwhile, all of it has, or it is gone.
   */
  readonly takeOver: (id: string, writer: string, received: number) => Promise<boolean>;
  /** Writes down what is kept, and who writes goes on for {@link WRITER_SECONDS}. False for who does not write any more. */
  readonly keep: (id: string, writer: string, kept: KeptBytes) => Promise<boolean>;
  /** As {@link RecordingRepository.keep}, and ends the writing. */
  readonly release: (id: string, writer: string, kept: KeptBytes) => Promise<boolean>;
  readonly complete: (id: string, writer: string, recording: CompletedRecording) => Promise<boolean>;
  /** True as long as the recording is there: it cannot be deleted before the transaction ends. */
  readonly hold: (id: string) => Promise<boolean>;
  /** Deletes what transcriptions of it have put down for their next attempts. */
  readonly forgetHeard: (id: string) => Promise<void>;
  /** Deletes the row and leaves its file to who deletes files. */
  readonly doom: (id: string) => Promise<void>;
  readonly doomOfMeeting: (meetingId: string) => Promise<void>;
}

/** How long a request that writes is trusted to be alive. */
export const WRITER_SECONDS = 120;

/** Binds the queries to a transaction (or the manager) and a workspace. */
export function recordingRepository(tx: EntityManager, workspaceId: string): RecordingRepository {
  return {
    ...createWriting(tx, workspaceId),
    insert: async (recording) => void (await tx.insert(RecordingSchema, recording)),
    countOf: (meetingId) => tx.countBy(RecordingSchema, { workspaceId, meetingId }),
    findAny: (id) => tx.findOneBy(RecordingSchema, { workspaceId, id }),
    find: (ids) => tx.findBy(RecordingSchema, { workspaceId, id: In([...ids]), completedAt: Not(IsNull()) }),
    ofMeetings: (meetingIds) =>
      tx.find(RecordingSchema, {
        where: { workspaceId, meetingId: In([...meetingIds]), completedAt: Not(IsNull()) },
        order: { createdAt: 'DESC', id: 'DESC' },
      }),
    hold: async (id) => {
      const sql = 'SELECT 1 FROM recording WHERE workspace_id = $1 AND id = $2 FOR SHARE';
      return ((await tx.query(sql, [workspaceId, id])) as unknown[]).length === 1;
    },
    forgetHeard: async (id) =>
      void (await tx.query(
        `DELETE FROM task_step s USING task t WHERE t.id = s.task_id AND t.workspace_id = $1
           AND t.kind = 'TRANSCRIPTION' AND t.payload ->> 'recordingId' = $2`,
        [workspaceId, id],
      )),
    doom: async (id) => void (await tx.query(doomSql('workspace_id = $1 AND id = $2'), [workspaceId, id])),
    doomOfMeeting: async (meetingId) =>
      void (await tx.query(doomSql('workspace_id = $1 AND meeting_id = $2'), [workspaceId, meetingId])),
  };
}

function createWriting(
  tx: EntityManager,
  workspaceId: string,
): Pick<RecordingRepository, 'takeOver' | 'keep' | 'release' | 'complete'> {
  const update = async (sql: string, parameters: readonly unknown[]): Promise<boolean> => {
    const [rows] = (await tx.query(`${sql} RETURNING id`, [workspaceId, ...parameters])) as [
      unknown[],
      number,
    ];
    return rows.length === 1;
  };
  return {
    takeOver: (id, writer, received) =>
      update(
        `UPDATE recording SET writer = $3, writer_until = ${LEASE} WHERE workspace_id = $1 AND id = $2
           AND completed_at IS NULL AND received = $4`,
        [id, writer, received],
      ),
    keep: (id, writer, { received, storageState }) =>
      update(`UPDATE recording SET ${KEEP}, writer_until = ${LEASE} ${OF_WRITER}`, [
        id,
        writer,
        received,
        storageState,
      ]),
    release: (id, writer, { received, storageState }) =>
      update(`UPDATE recording SET ${KEEP}, writer = NULL, writer_until = NULL ${OF_WRITER}`, [
        id,
        writer,
        received,
        storageState,
      ]),
    complete: async (id, writer, recording) => {
      const ended = { writer: null, writerUntil: null, ...recording };
      const { affected } = await tx.update(
        RecordingSchema,
        { id, workspaceId, writer, completedAt: IsNull() },
        ended,
      );
      return affected === 1;
    },
  };
}

/** Recordings of all workspaces that nobody has sent anything of for a day, and those that have been kept for long enough. */
export async function doomOverdue(
  tx: EntityManager,
  limits: { readonly retentionDays: number },
): Promise<void> {
  await tx.query(doomSql(`completed_at IS NULL AND touched_at < now() - interval '24 hours'`));
  if (limits.retentionDays > 0)
    await tx.query(doomSql('completed_at < now() - make_interval(days => $1)'), [limits.retentionDays]);
}

/**
 * What was heard in recordings that are gone since, by transcriptions that did not end well: a part that was being heard while
 * its recording was deleted is put down after that.
 */
export async function forgetOrphans(tx: EntityManager): Promise<void> {
  await tx.query(`DELETE FROM task_step s USING task t WHERE t.id = s.task_id AND t.kind = 'TRANSCRIPTION'
    AND t.state IN ('FAILED', 'CANCELLED')
    AND NOT EXISTS (SELECT 1 FROM recording r WHERE r.id = t.payload ->> 'recordingId')`);
}

const LEASE = `now() + interval '${WRITER_SECONDS} seconds'`;
const KEEP = 'received = $4, storage_state = $5, touched_at = now()';
const OF_WRITER = 'WHERE workspace_id = $1 AND id = $2 AND writer = $3';

/** A request that writes at this moment finds its row gone at its next look; its file goes after that. */
function doomSql(which: string): string {
  return `WITH gone AS (DELETE FROM recording WHERE ${which} RETURNING id, storage_state, writer_until)
    INSERT INTO doomed_file (id, storage_state, due_at)
    SELECT id, storage_state, greatest(now(), writer_until) FROM gone ON CONFLICT DO NOTHING`;
}
