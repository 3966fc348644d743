import { connectRedis } from '@hoerok/shared/cache';
import { meetingDeleted, meetingUpdated } from '@hoerok/shared/contracts';
import { createLogger } from '@hoerok/shared/telemetry';
import { publishEvent, requestDeletionStep, testServers, testViewer, until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saveTranscript } from '../src/services/save-transcript.ts';
import {
  captions,
  IMPORT,
  meetingOf,
  type Payload,
  startTranscripts,
  type TestTranscripts,
} from './transcripts-service.ts';

const organizer = testViewer();
const admin = testViewer({ workspaceId: organizer.workspaceId, role: 'ADMIN' });

const ENTITIES = `query ($r: [_Any!]!) { _entities(representations: $r) {
  ... on Transcript { id } ... on TranscriptSection { id } ... on TranscriptSegment { id } ... on Speaker { id }
  ... on Meeting { transcript { id } }
  ... on User { pendingVerifications(first: 5) { totalCount edges { node { id } } } } } }`;
const UPLOAD = `mutation ($meetingId: ID!) {
  createUpload(meetingId: $meetingId, filename: "a.vtt", mimeType: "text/vtt", bytes: 10) {
    ticket { uploadId url } userErrors { code path } } }`;
const VERIFY = `mutation ($id: ID!) {
  verifySection(sectionId: $id, revision: 1, verdict: APPROVED) { section { id } userErrors { code path } } }`;

/** An edit, a comment, a note and a finding: a row in each table of what people and validations leave. */
async function leaveTraces(service: TestTranscripts, { sectionId, transcriptId }: Imported): Promise<void> {
  const [segment] = (await service.database.query(
    'SELECT id FROM segment WHERE section_id = $1 ORDER BY seq LIMIT 1',
    [sectionId],
  )) as { id: string }[];
  const [speaker] = (await service.database.query('SELECT id FROM speaker WHERE transcript_id = $1 LIMIT 1', [
    transcriptId,
  ])) as { id: string }[];
  const edit = { sectionId, baseRevision: 1, edits: [{ segmentId: segment?.id, text: '[music]' }] };
  const { validateTranscript } = (
    await service.test.execute(organizer, TRACES, { edit, sectionId, speaker: speaker?.id, transcriptId })
  ).data as { validateTranscript: Payload };
  await service.ended(organizer, validateTranscript.task?.id ?? '');
  for (const table of ['segment_edit', 'section_comment', 'transcript_note', 'validation_finding'])
    expect(await service.rows(table)).toBeGreaterThan(0);
}

const TRACES = `mutation ($edit: EditSectionInput!, $sectionId: ID!, $speaker: ID!, $transcriptId: ID!) {
  editSection(input: $edit) { userErrors { code } }
  commentOnSection(sectionId: $sectionId, text: "Music?") { userErrors { code } }
  renameSpeaker(speakerId: $speaker, label: "Somebody") { userErrors { code } }
  validateTranscript(id: $transcriptId) { task { id status } userErrors { code message path } } }`;

const OWN_TABLES = [
  'transcript',
  'speaker',
  'section',
  'segment',
  'section_verdict',
  'caption_source',
  'segment_edit',
  'section_comment',
  'transcript_note',
  'validation_finding',
];

/** A meeting with its imported transcript and one thing of each kind that belongs to it. */
interface Imported {
  readonly meetingId: string;
  readonly transcriptId: string;
  readonly sectionId: string;
  readonly references: readonly { readonly __typename: string; readonly id: string }[];
}

describe('a meeting that is deleted, in transcripts', () => {
  let service: TestTranscripts;

  beforeAll(async () => {
    service = await startTranscripts();
  });
  afterAll(async () => {
    await service[Symbol.asyncDispose]();
  });

  const ask = (step: 'hide' | 'show' | 'purge', meetingId: string): Promise<void> => {
    const { database, test } = service;
    const asked = { name: 'transcripts', namespace: test.namespace, database };
    return requestDeletionStep(asked, step, { workspaceId: organizer.workspaceId, meetingId });
  };
  const imported = async (): Promise<Imported> => {
    const { id: meetingId } = await service.hold(organizer);
    const { transcript } = await service.importCaptions(organizer, meetingId, captions(40));
    const transcriptId = transcript?.id ?? '';
    const any = async (table: string): Promise<string> => {
      const sql = `SELECT id FROM ${table} WHERE transcript_id = $1 LIMIT 1`;
      return ((await service.database.query(sql, [transcriptId])) as { id: string }[])[0]?.id ?? '';
    };
    const sectionId = await any('section');
    return {
      meetingId,
      transcriptId,
      sectionId,
      references: [
        { __typename: 'Transcript', id: transcriptId },
        { __typename: 'TranscriptSection', id: sectionId },
        { __typename: 'TranscriptSegment', id: await any('segment') },
        { __typename: 'Speaker', id: await any('speaker') },
      ],
    };
  };
  const read = ({ references }: Imported, viewer = organizer): Promise<({ id: string } | null)[]> =>
    service.run(viewer, ENTITIES, { r: references });
  const waiting = async (): Promise<{ totalCount: number; edges: unknown[] }> => {
    const r = [{ __typename: 'User', id: organizer.userId }];
    const [user] = await service.run<{ pendingVerifications: { totalCount: number; edges: unknown[] } }[]>(
      organizer,
      ENTITIES,
      { r },
    );
    return user?.pendingVerifications ?? { totalCount: -1, edges: [] };
  };
  const rowsOf = async (meetingId: string): Promise<number> => {
    const counts = await Promise.all(
      ['transcript', 'caption_source', 'meeting_access'].map(async (table) => {
        const sql = `SELECT count(*)::int AS n FROM ${table} WHERE meeting_id = $1`;
        return ((await service.database.query(sql, [meetingId])) as { n: number }[])[0]?.n ?? 0;
      }),
    );
    return counts.reduce((sum, n) => sum + n, 0);
  };

  it('is seen by nobody while it is hidden, not even by ADMIN, and by everybody again when it is shown', async () => {
    const meeting = await imported();
    const before = await waiting();
    expect((await read(meeting)).every((found) => found !== null)).toBe(true);
    await ask('hide', meeting.meetingId);
    for (const viewer of [organizer, admin])
      expect(await read(meeting, viewer)).toEqual([null, null, null, null]);
    const [reference] = await service.run<{ transcript: unknown }[]>(organizer, ENTITIES, {
      r: [{ __typename: 'Meeting', id: meeting.meetingId }],
    });
    expect(reference?.transcript).toBeNull();
    expect((await waiting()).totalCount).toBeLessThan(before.totalCount);
    const refused = await service.run<Payload>(organizer, VERIFY, { id: meeting.sectionId });
    expect(refused.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const input = { meetingId: meeting.meetingId, content: captions(3) };
    for (const [document, variables] of [
      [IMPORT, { input }],
      [UPLOAD, { meetingId: meeting.meetingId }],
    ] as const) {
      const { userErrors } = await service.run<Payload>(organizer, document, variables);
      expect(userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['meetingId'] }]);
    }
    await ask('show', meeting.meetingId);
    expect((await read(meeting)).every((found) => found !== null)).toBe(true);
    expect(await waiting()).toEqual(before);
  });

  it('leaves no row behind once it is purged, and a neighbor untouched', async () => {
    const neighbor = await imported();
    const counts = await Promise.all(OWN_TABLES.map(service.rows));
    const meeting = await imported();
    await service.run(organizer, VERIFY, { id: meeting.sectionId });
    await leaveTraces(service, meeting);
    await service.run(organizer, UPLOAD, { meetingId: meeting.meetingId });
    await ask('hide', meeting.meetingId);
    await ask('purge', meeting.meetingId);
    expect(await Promise.all(OWN_TABLES.map(service.rows))).toEqual(counts);
    expect(await rowsOf(meeting.meetingId)).toBe(0);
    expect((await read(neighbor)).every((found) => found !== null)).toBe(true);
    await ask('purge', meeting.meetingId);
    await ask('show', meeting.meetingId);
    expect(await read(meeting)).toEqual([null, null, null, null]);
  });

  it('leaves no copy of what was said behind in the cache, under the keys of its rows', async () => {
    const meeting = await imported();
    const redis = connectRedis(testServers().redisUrl, createLogger({ service: 'test', level: 'silent' }));
    await until('redis is connected', () => redis.status === 'ready');
    const copies = async (): Promise<number> => {
      const found = await Promise.all(meeting.references.map(({ id }) => redis.keys(`*:${id}`)));
      return found.flat().length;
    };
    const isCached = async (): Promise<boolean> => {
      await read(meeting);
      return (await copies()) >= 3;
    };
    await until('transcript, segment and speaker are cached', isCached);
    await ask('hide', meeting.meetingId);
    await ask('purge', meeting.meetingId);
    expect(await copies()).toBe(0);
    redis.disconnect();
  });

  it('does not come back by an event that is late', async () => {
    const meeting = await imported();
    await ask('hide', meeting.meetingId);
    await ask('purge', meeting.meetingId);
    const { workspaceId } = organizer;
    const late = meetingOf(organizer, { id: meeting.meetingId, revision: 9 });
    await publishEvent(service.test.namespace, meetingUpdated, {
      workspaceId,
      aggregateId: late.id,
      payload: late,
    });
    // Events of one meeting are handled in order; another one shows that those before it have been.
    const other = await service.hold(organizer);
    const deleted = { __typename: 'Meeting', id: other.id } as const;
    await publishEvent(service.test.namespace, meetingDeleted, {
      workspaceId,
      aggregateId: other.id,
      payload: deleted,
    });
    await until('the other meeting is forgotten', async () => (await rowsOf(other.id)) === 0);
    expect(await rowsOf(meeting.meetingId)).toBe(0);
    const { userErrors } = await service.run<Payload>(organizer, IMPORT, {
      input: { meetingId: meeting.meetingId, content: captions(3) },
    });
    expect(userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });
});

describe('an import when its meeting is deleted', () => {
  let service: TestTranscripts;

  beforeAll(async () => {
    service = await startTranscripts();
  });
  afterAll(async () => {
    await service[Symbol.asyncDispose]();
  });

  const ask = (step: 'hide' | 'show' | 'purge', meetingId: string): Promise<void> => {
    const { database, test } = service;
    const asked = { name: 'transcripts', namespace: test.namespace, database };
    return requestDeletionStep(asked, step, { workspaceId: organizer.workspaceId, meetingId });
  };
  const stateOf = async (taskId: string): Promise<string | undefined> => {
    const sql = 'SELECT state FROM task WHERE id = $1';
    return ((await service.database.query(sql, [taskId])) as { state: string }[])[0]?.state;
  };
  /** An import that waits for another attempt, an hour from now. */
  const waitingImport = async (meetingId: string): Promise<string> => {
    const { id } = await service.importCaptions(organizer, meetingId, captions(40));
    const sql = `UPDATE task SET state = 'RETRYING', finished_at = NULL, next_run_at = now() + interval '1 h' WHERE id = $1`;
    await service.database.query(sql, [id]);
    return id;
  };

  it('is cancelled while it waits, and runs when the meeting is shown again', async () => {
    const { id: meetingId } = await service.hold(organizer);
    const taskId = await waitingImport(meetingId);
    await ask('hide', meetingId);
    expect(await stateOf(taskId)).toBe('CANCELLED');
    await ask('show', meetingId);
    expect(await service.ended(organizer, taskId)).toMatchObject({ status: 'COMPLETED' });
  });

  it('is stopped while it runs, and runs again when the meeting is shown again', async () => {
    const { id: meetingId } = await service.hold(organizer);
    const before = await service.rows('transcript');
    const blocker = service.database.createQueryRunner();
    await blocker.connect();
    await blocker.startTransaction();
    const taskId = await waitingImport(meetingId);
    // The import reads its captions first, and so does not get past this.
    await blocker.query('LOCK TABLE caption_source IN ACCESS EXCLUSIVE MODE');
    await service.database.query('UPDATE task SET next_run_at = now() WHERE id = $1', [taskId]);
    await until('the import runs', async () => (await stateOf(taskId)) === 'PROCESSING');
    await ask('hide', meetingId);
    await until('the import is stopped', async () => (await stateOf(taskId)) === 'CANCELLED');
    await blocker.rollbackTransaction();
    await blocker.release();
    expect(await service.rows('transcript')).toBe(before + 1);
    await ask('show', meetingId);
    expect(await service.ended(organizer, taskId)).toMatchObject({ status: 'COMPLETED' });
    expect(await service.rows('transcript')).toBe(before + 2);
  });

  it('writes nothing any more once the meeting is purged', async () => {
    const meeting = await service.hold(organizer);
    await ask('purge', meeting.id);
    const before = await service.rows('transcript');
    const saving = service.database.transaction((tx) =>
      saveTranscript(tx, {
        draft: { segments: [], speakers: [], sections: [], durationMs: 0, wordCount: 0 },
        meeting,
        workspaceId: organizer.workspaceId,
        actorId: null,
        taskId: 'task',
        sourceId: 'source',
        origin: 'IMPORT_VTT',
        language: 'en',
        createdAt: new Date(),
      }),
    );
    await expect(saving).rejects.toMatchObject({ code: 'CANCELLED', retryable: true });
    expect(await service.rows('transcript')).toBe(before);
  });
});
