import { type EntityManager, In } from 'typeorm';
import { type Speaker, SpeakerSchema } from '../entities/speaker.entity.ts';
import { type Transcript, TranscriptSchema } from '../entities/transcript.entity.ts';

/** The verification of one transcript, counted. */
export interface VerificationCounts {
  readonly transcriptId: string;
  readonly sections: number;
  readonly verified: number;
  /** Approvals and disputes on the sections as they are now. */
  readonly approved: number;
  readonly disputed: number;
}

/** Transcripts and speakers of one workspace; nothing outside of it can be read or written through it. */
export interface TranscriptRepository {
  readonly find: (ids: readonly string[]) => Promise<Transcript[]>;
  readonly findCurrent: (meetingIds: readonly string[]) => Promise<Transcript[]>;
  /** Locks the row until the transaction ends: all changes of a transcript wait for one another. */
  readonly findForUpdate: (id: string) => Promise<Transcript | null>;
  /** Makes it the transcript of its meeting; the one before stays, no longer current. */
  readonly insertAsCurrent: (transcript: Transcript) => Promise<void>;
  readonly update: (transcript: Transcript) => Promise<void>;
  readonly findSpeakers: (ids: readonly string[]) => Promise<Speaker[]>;
  /** In the order of first words. */
  readonly speakersOf: (transcriptIds: readonly string[]) => Promise<Speaker[]>;
  readonly insertSpeakers: (speakers: readonly Speaker[]) => Promise<void>;
  readonly updateSpeaker: (speaker: Speaker) => Promise<void>;
  /** With their speakers, sections, segments and verdicts. */
  readonly deleteOfMeeting: (meetingId: string) => Promise<void>;
  readonly countVerification: (transcriptIds: readonly string[]) => Promise<VerificationCounts[]>;
}

/** Binds the queries to a transaction (or the manager) and a workspace. */
export function transcriptRepository(tx: EntityManager, workspaceId: string): TranscriptRepository {
  return {
    find: (ids) => tx.findBy(TranscriptSchema, { workspaceId, id: In([...ids]) }),
    findCurrent: (meetingIds) =>
      tx.findBy(TranscriptSchema, { workspaceId, meetingId: In([...meetingIds]), current: true }),
    findForUpdate: (id) =>
      tx.findOne(TranscriptSchema, { where: { id, workspaceId }, lock: { mode: 'pessimistic_write' } }),
    insertAsCurrent: async (transcript) => {
      const { meetingId } = transcript;
      // Two imports of one meeting may end at once: the second retires the first, it does not collide with it.
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`transcript:${meetingId}`]);
      await tx.update(TranscriptSchema, { workspaceId, meetingId, current: true }, { current: false });
      await tx.insert(TranscriptSchema, transcript);
    },
    update: async (transcript) =>
      void (await tx.update(TranscriptSchema, { id: transcript.id, workspaceId }, transcript)),
    findSpeakers: (ids) => tx.findBy(SpeakerSchema, { workspaceId, id: In([...ids]) }),
    speakersOf: (transcriptIds) =>
      tx.find(SpeakerSchema, {
        where: { workspaceId, transcriptId: In([...transcriptIds]) },
        order: { position: 'ASC' },
      }),
    insertSpeakers: async (speakers) => {
      for (let from = 0; from < speakers.length; from += INSERT_ROWS)
        await tx.insert(SpeakerSchema, speakers.slice(from, from + INSERT_ROWS));
    },
    updateSpeaker: async (speaker) =>
      void (await tx.update(SpeakerSchema, { id: speaker.id, workspaceId }, speaker)),
    deleteOfMeeting: async (meetingId) =>
      void (await tx.delete(TranscriptSchema, { workspaceId, meetingId })),
    countVerification: (transcriptIds) => tx.query(COUNT_VERIFICATION, [workspaceId, [...transcriptIds]]),
  };
}

/** PostgreSQL takes 65,535 parameters in one statement. */
const INSERT_ROWS = 1_000;

const COUNT_VERIFICATION = `
  SELECT s.transcript_id AS "transcriptId", count(*)::int AS sections,
    count(*) FILTER (WHERE s.state = 'VERIFIED')::int AS verified,
    sum(v.approved)::int AS approved, sum(v.disputed)::int AS disputed
  FROM section s CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE verdict = 'APPROVED') AS approved,
      count(*) FILTER (WHERE verdict = 'DISPUTED') AS disputed
    FROM section_verdict WHERE section_id = s.id AND revision = s.revision) v
  WHERE s.workspace_id = $1 AND s.transcript_id = ANY($2) GROUP BY s.transcript_id`;
