import { markStale, tenantKey } from '@hoerok/shared/cache';
import { holdName, insertRows } from '@hoerok/shared/database';
import { type EntityManager, In } from 'typeorm';
import { type Speaker, SpeakerSchema } from '../entities/speaker.entity.ts';
import { type Transcript, TranscriptSchema } from '../entities/transcript.entity.ts';
import { SEGMENTS, SPEAKERS, transcriptChanged, VERDICTS } from './transcript-families.ts';

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
  /** With their speakers, sections, segments and verdicts, and what is cached of these by id. */
  readonly deleteOfMeeting: (meetingId: string) => Promise<void>;
  /**
   * As {@link TranscriptRepository.deleteOfMeeting} those that were made of a recording; gives what they were. When the current
   * one was among them, the newest that is left takes its place.
   */
  readonly deleteOfRecording: (recording: {
    readonly id: string;
    readonly meetingId: string;
  }) => Promise<{ readonly gone: readonly Transcript[]; readonly restored: Transcript | null }>;
  readonly countVerification: (transcriptIds: readonly string[]) => Promise<VerificationCounts[]>;
}

/** Binds the queries to a transaction (or the manager) and a workspace. */
export function transcriptRepository(tx: EntityManager, workspaceId: string): TranscriptRepository {
  const holdPlace: TranscriptRepository['holdPlace'] = (meetingId) => holdName(tx, `transcript:${meetingId}`);
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
      await dropCopies(tx, workspaceId, await tx.findBy(TranscriptSchema, ofMeeting));
      await tx.delete(TranscriptSchema, ofMeeting);
    },
    deleteOfRecording: async ({ id: recordingId, meetingId }) => {
      // First: an import that ends now must find the place either taken or free.
      await holdPlace(meetingId);
      const where = { workspaceId, meetingId, recordingId };
      const gone = await tx.find(TranscriptSchema, { where, lock: { mode: 'pessimistic_write' } });
      await dropCopies(tx, workspaceId, gone);
      await tx.delete(TranscriptSchema, where);
      const isFree = gone.some(({ current }) => current);
      return { gone, restored: isFree ? await restoreCurrent(tx, { workspaceId, meetingId }) : null };
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
    insertSpeakers: (speakers) => insertRows(tx, SpeakerSchema, speakers),
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

/** Makes the newest transcript of a meeting the current one. */
async function restoreCurrent(
  tx: EntityManager,
  ofMeeting: Pick<Transcript, 'workspaceId' | 'meetingId'>,
): Promise<Transcript | null> {
  const order = { createdAt: 'DESC', id: 'DESC' } as const;
  const newest = await tx.findOne(TranscriptSchema, { where: ofMeeting, order });
  if (newest === null) return null;
  transcriptChanged(tx, newest);
  await tx.update(TranscriptSchema, { id: newest.id, workspaceId: newest.workspaceId }, { current: true });
  return { ...newest, current: true };
}

/** What is cached by the ids of its rows; pages go with the transcript. */
const COPIES = [
  [SEGMENTS, 'segment'],
  [SPEAKERS, 'speaker'],
  [VERDICTS, 'section'],
] as const;

/** For transcripts that are about to be deleted: what people said must not lie in the cache until its time is over. */
async function dropCopies(
  tx: EntityManager,
  workspaceId: string,
  transcripts: readonly Transcript[],
): Promise<void> {
  for (const transcript of transcripts) transcriptChanged(tx, transcript);
  const transcriptIds = transcripts.map(({ id }) => id);
  for (const [family, table] of COPIES) {
    const sql = `SELECT id FROM ${table} WHERE workspace_id = $1 AND transcript_id = ANY($2)`;
    const rows: { id: string }[] = await tx.query(sql, [workspaceId, transcriptIds]);
    const keys = rows.map(({ id }) => tenantKey(workspaceId, id));
    markStale(tx, family, keys);
  }
}

const COUNT_VERIFICATION = `
  SELECT s.transcript_id AS "transcriptId", count(*)::int AS sections,
    count(*) FILTER (WHERE s.state = 'VERIFIED')::int AS verified,
    sum(v.approved)::int AS approved, sum(v.disputed)::int AS disputed
  FROM section s CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE verdict = 'APPROVED') AS approved,
      count(*) FILTER (WHERE verdict = 'DISPUTED') AS disputed
    FROM section_verdict WHERE section_id = s.id AND revision = s.revision) v
  WHERE s.workspace_id = $1 AND s.transcript_id = ANY($2) GROUP BY s.transcript_id`;
