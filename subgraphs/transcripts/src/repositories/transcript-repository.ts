import { markStale, tenantKey } from '@hoerok/shared/cache';
import { type EntityManager, In } from 'typeorm';
import { type Speaker, SpeakerSchema } from '../entities/speaker.entity.ts';
import { type Transcript, TranscriptSchema } from '../entities/transcript.entity.ts';
import { SPEAKERS, transcriptChanged } from './transcript-families.ts';

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
  /**
   * Locks the row until the transaction ends: all changes of a transcript, or of anything in it, wait for one another. What
   * is cached of it is old then.
   */
  readonly findForUpdate: (id: string) => Promise<Transcript | null>;
  /** Whoever makes another transcript the current one of the meeting waits until the transaction ends. */
  readonly holdPlace: (meetingId: string) => Promise<void>;
  /** Makes it the transcript of its meeting; the one before stays, no longer current. */
  readonly insertAsCurrent: (transcript: Transcript) => Promise<void>;
  readonly update: (transcript: Transcript) => Promise<void>;
  readonly findSpeakers: (ids: readonly string[]) => Promise<Speaker[]>;
  /** In the order of first words. */
  readonly speakersOf: (transcriptIds: readonly string[]) => Promise<Speaker[]>;
  readonly insertSpeakers: (speakers: readonly Speaker[]) => Promise<void>;
  readonly updateSpeaker: (speaker: Speaker) => Promise<void>;
  /** One that says nothing any more: its segments would go with it. */
  readonly deleteSpeaker: (id: string) => Promise<void>;
  /** With their speakers, sections, segments and verdicts. */
  readonly deleteOfMeeting: (meetingId: string) => Promise<void>;
  /** Those that were made of a recording, with everything in them; gives what they were. */
  readonly deleteOfRecording: (recordingId: string) => Promise<Transcript[]>;
  /** Makes the newest one that is left the transcript of its meeting, when none is. */
  readonly restoreCurrent: (meetingId: string) => Promise<void>;
  readonly countVerification: (transcriptIds: readonly string[]) => Promise<VerificationCounts[]>;
}

/** Binds the queries to a transaction (or the manager) and a workspace. */
export function transcriptRepository(tx: EntityManager, workspaceId: string): TranscriptRepository {
  const holdPlace: TranscriptRepository['holdPlace'] = async (meetingId) => {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`transcript:${meetingId}`]);
  };
  return {
    ...speakerQueries(tx, workspaceId),
    holdPlace,
    find: (ids) => tx.findBy(TranscriptSchema, { workspaceId, id: In([...ids]) }),
    findCurrent: (meetingIds) =>
      tx.findBy(TranscriptSchema, { workspaceId, meetingId: In([...meetingIds]), current: true }),
    findForUpdate: async (id) => {
      const lock = { mode: 'pessimistic_write' } as const;
      const transcript = await tx.findOne(TranscriptSchema, { where: { id, workspaceId }, lock });
      if (transcript !== null) transcriptChanged(tx, transcript);
      return transcript;
    },
    insertAsCurrent: async (transcript) => {
      const { meetingId } = transcript;
      // Two imports of one meeting may end at once: the second retires the first, it does not collide with it.
      await holdPlace(meetingId);
      const ofMeeting = { workspaceId, meetingId, current: true };
      for (const retired of await tx.findBy(TranscriptSchema, ofMeeting)) transcriptChanged(tx, retired);
      await tx.update(TranscriptSchema, ofMeeting, { current: false });
      transcriptChanged(tx, transcript);
      await tx.insert(TranscriptSchema, transcript);
    },
    update: async (transcript) => {
      transcriptChanged(tx, transcript);
      await tx.update(TranscriptSchema, { id: transcript.id, workspaceId }, transcript);
    },
    deleteOfMeeting: async (meetingId) => {
      const ofMeeting = { workspaceId, meetingId };
      for (const transcript of await tx.findBy(TranscriptSchema, ofMeeting))
        transcriptChanged(tx, transcript);
      await tx.delete(TranscriptSchema, ofMeeting);
    },
    deleteOfRecording: async (recordingId) => {
      const lock = { mode: 'pessimistic_write' } as const;
      const gone = await tx.find(TranscriptSchema, { where: { workspaceId, recordingId }, lock });
      for (const transcript of gone) transcriptChanged(tx, transcript);
      await tx.delete(TranscriptSchema, { workspaceId, recordingId });
      return gone;
    },
    restoreCurrent: async (meetingId) => {
      const ofMeeting = { workspaceId, meetingId };
      if (await tx.existsBy(TranscriptSchema, { ...ofMeeting, current: true })) return;
      const order = { createdAt: 'DESC', id: 'DESC' } as const;
      const newest = await tx.findOne(TranscriptSchema, { where: ofMeeting, order });
      if (newest === null) return;
      transcriptChanged(tx, newest);
      await tx.update(TranscriptSchema, { id: newest.id, workspaceId }, { current: true });
    },
    countVerification: (transcriptIds) => tx.query(COUNT_VERIFICATION, [workspaceId, [...transcriptIds]]),
  };
}

type OfSpeakers = 'findSpeakers' | 'speakersOf' | 'insertSpeakers' | 'updateSpeaker' | 'deleteSpeaker';

function speakerQueries(tx: EntityManager, workspaceId: string): Pick<TranscriptRepository, OfSpeakers> {
  return {
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
    updateSpeaker: async (speaker) => {
      markStale(tx, SPEAKERS, [tenantKey(workspaceId, speaker.id)]);
      await tx.update(SpeakerSchema, { id: speaker.id, workspaceId }, speaker);
    },
    deleteSpeaker: async (id) => {
      markStale(tx, SPEAKERS, [tenantKey(workspaceId, id)]);
      await tx.delete(SpeakerSchema, { id, workspaceId });
    },
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
