import { readFile } from 'node:fs/promises';
import { meetingCreated, transcriptCreated } from '@hoerok/shared/contracts';
import { connectMessaging, qualify, streamNames } from '@hoerok/shared/messaging';
import { publishEvent, testServers, testViewer, until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataSource } from '../src/data-source.ts';
import {
  captions,
  IMPORT,
  meetingOf,
  type Payload,
  startTranscripts,
  type TestTranscripts,
} from './transcripts-service.ts';

const organizer = testViewer();
const colleague = testViewer({ workspaceId: organizer.workspaceId });
const stranger = testViewer({ workspaceId: organizer.workspaceId });
const guest = testViewer({ workspaceId: organizer.workspaceId, role: 'GUEST' });
const foreigner = testViewer({ role: 'ADMIN' });

const READ = `query ($id: ID!, $after: String) {
  transcript(id: $id) {
    id state current origin provider language durationMs wordCount revision meeting { id }
    speakers { label talkMs words user { id } }
    sections(first: 50) { totalCount edges { node { index title startMs endMs state revision contentHash } } }
    segments(first: 50, after: $after) {
      totalCount pageInfo { hasNextPage endCursor }
      edges { node { id seq startMs endMs text originalText edited revision speaker { label } section { index } } }
    }
  }
}`;

interface SegmentPage {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  readonly edges: {
    readonly node: {
      readonly seq: number;
      readonly text: string;
      readonly speaker: { label: string } | null;
      readonly section: { index: number };
    };
  }[];
}

describe('the import of captions', () => {
  let service: TestTranscripts;

  beforeAll(async () => {
    service = await startTranscripts();
  });
  afterAll(async () => {
    await service[Symbol.asyncDispose]();
  });

  const send = (input: object, viewer = organizer): Promise<Payload> =>
    service.run(viewer, IMPORT, { input });

  it('answers with a task at once and ends with the segments in order, with speakers and sections', async () => {
    const meeting = await service.hold(organizer);
    const { task } = await send({ meetingId: meeting.id, content: captions(120) });
    expect(task).toMatchObject({
      kind: 'TRANSCRIPT_IMPORT',
      status: expect.stringMatching(/^(PENDING|PROCESSING)$/) as string,
      requestedBy: { id: organizer.userId },
      meeting: { id: meeting.id },
    });
    const ended = await service.ended(organizer, task?.id ?? '');
    expect(ended).toMatchObject({ status: 'COMPLETED', progress: 1, error: null });
    const segments: SegmentPage['edges'] = [];
    let after: string | null = null;
    do {
      const page: { segments: SegmentPage } = await service.run(organizer, READ, {
        id: ended.transcript?.id,
        after,
      });
      expect(page.segments.totalCount).toBe(120);
      segments.push(...page.segments.edges);
      after = page.segments.pageInfo.hasNextPage ? page.segments.pageInfo.endCursor : null;
    } while (after !== null);
    expect(segments.map(({ node }) => node.seq)).toEqual(Array.from({ length: 120 }, (_, index) => index));
    expect(segments[7]?.node).toMatchObject({
      text: 'Sentence number 7 of the meeting.',
      originalText: 'Sentence number 7 of the meeting.',
      edited: false,
      startMs: 35_000,
      endMs: 39_000,
      speaker: { label: '김민준' },
    });
    expect(segments.at(-1)?.node.section.index).toBe(2);
    expect(await service.run(organizer, READ, { id: ended.transcript?.id })).toMatchObject({
      state: 'DRAFT',
      current: true,
      origin: 'IMPORT_VTT',
      provider: 'captions',
      language: 'en',
      durationMs: 599_000,
      wordCount: 720,
      meeting: { id: meeting.id },
      speakers: [
        { label: 'Dana Lee', talkMs: 160_000, words: 240, user: null },
        { label: '김민준', talkMs: 160_000, words: 240, user: null },
        { label: 'Speaker 3', talkMs: 160_000, words: 240, user: null },
      ],
      sections: { totalCount: 3 },
    });
  });

  it.each([
    ['release-sync.en.vtt', 10, 'en'],
    ['app-release.ko.vtt', 28, 'ko'],
    ['api-release.mixed.vtt', 15, 'en'],
  ])('imports the sample %s', async (name, segments, language) => {
    const content = await readFile(new URL(`../../../samples/${name}`, import.meta.url), 'utf8');
    const meeting = await service.hold(organizer);
    const { transcript } = await service.importCaptions(organizer, meeting.id, content);
    const read: { segments: SegmentPage; speakers: unknown[]; language: string } = await service.run(
      organizer,
      READ,
      {
        id: transcript?.id,
      },
    );
    expect(read.segments.totalCount).toBe(segments);
    expect(read.segments.edges.every(({ node }) => node.speaker !== null)).toBe(true);
    expect(read.language).toBe(language);
  });

  it('finds segments by speaker and by a part of their text', async () => {
    const meeting = await service.hold(organizer);
    const { transcript } = await service.importCaptions(organizer, meeting.id, captions(30));
    const search = `query ($id: ID!, $text: String, $speakerId: ID) { transcript(id: $id) { speakers { id }
      segments(text: $text, speakerId: $speakerId) { totalCount edges { node { text } } } } }`;
    type Found = { speakers: { id: string }[]; segments: SegmentPage };
    const byText: Found = await service.run(organizer, search, { id: transcript?.id, text: 'NUMBER 29' });
    expect(byText.segments.edges.map(({ node }) => node.text)).toEqual([
      'Sentence number 29 of the meeting.',
    ]);
    const percent: Found = await service.run(organizer, search, { id: transcript?.id, text: '%' });
    expect(percent.segments.totalCount).toBe(0);
    const variables = { id: transcript?.id, speakerId: byText.speakers[0]?.id };
    expect((await service.run<Found>(organizer, search, variables)).segments.totalCount).toBe(10);
  });

  it('gives the same task for the same clientMutationId and imports once', async () => {
    const meeting = await service.hold(organizer);
    const input = { meetingId: meeting.id, content: captions(3), clientMutationId: 'once' };
    const before = await service.rows('caption_source');
    const answers = await Promise.all([send(input), send(input), send(input)]);
    expect(new Set(answers.map(({ task }) => task?.id)).size).toBe(1);
    await service.ended(organizer, answers[0].task?.id ?? '');
    expect((await send(input)).task).toMatchObject({ id: answers[0].task?.id, status: 'COMPLETED' });
    expect(await service.rows('caption_source')).toBe(before + 1);
  });

  it('makes a second import the transcript of the meeting and keeps the first', async () => {
    const meeting = await service.hold(organizer);
    const first = await service.importCaptions(organizer, meeting.id, captions(2));
    const second = await service.importCaptions(
      organizer,
      meeting.id,
      '1\n00:00:01,000 --> 00:00:02,000\nAnother text\n',
    );
    const ofMeeting = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Meeting { transcript { id origin } } } }`;
    const [entity] = await service.run<object[]>(organizer, ofMeeting, {
      r: [{ __typename: 'Meeting', id: meeting.id }],
    });
    expect(entity).toEqual({ transcript: { id: second.transcript?.id, origin: 'IMPORT_SRT' } });
    expect(await service.run(organizer, READ, { id: first.transcript?.id })).toMatchObject({
      current: false,
    });
  });

  it('keeps both of two imports that end at the same time, one of them current', async () => {
    const meeting = await service.hold(organizer);
    const contents = [captions(300), captions(301), captions(302)];
    const tasks = await Promise.all(
      contents.map((content) => service.importCaptions(organizer, meeting.id, content)),
    );
    expect(tasks.map(({ status }) => status)).toEqual(['COMPLETED', 'COMPLETED', 'COMPLETED']);
    const sql = 'SELECT current FROM transcript WHERE meeting_id = $1 ORDER BY current';
    expect(await service.database.query(sql, [meeting.id])).toEqual([
      { current: false },
      { current: false },
      { current: true },
    ]);
  });

  it.each([
    ['an empty file', '  \n'],
    ['a binary file', '\u0000\u0001\u0002\u0003'.repeat(500)],
    ['captions whose timings are broken', 'WEBVTT\n\n00:00:xx --> yy\nHello\n'],
  ])('refuses %s at once and stores nothing', async (_what, content) => {
    const meeting = await service.hold(organizer);
    const before = [await service.rows('caption_source'), await service.rows('task')];
    const { task, userErrors } = await send({ meetingId: meeting.id, content });
    expect(task).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'UNREADABLE_CAPTIONS', path: ['content'] }]);
    expect([await service.rows('caption_source'), await service.rows('task')]).toEqual(before);
  });

  it('fails the task of a large file that cannot be read, without trying again', async () => {
    const meeting = await service.hold(organizer);
    const broken = `WEBVTT\n\n${'00:00:xx --> yy\nHello\n\n'.repeat(15_000)}`;
    const ended = await service.importCaptions(organizer, meeting.id, broken);
    expect(ended).toMatchObject({
      status: 'FAILED',
      error: { code: 'UNREADABLE_CAPTIONS' },
      transcript: null,
    });
    const [{ attempt }] = (await service.database.query('SELECT attempt FROM task WHERE id = $1', [
      ended.id,
    ])) as [{ attempt: number }];
    expect(attempt).toBe(1);
  });

  it('answers wrong input with the path of the argument', async () => {
    const meeting = await service.hold(organizer);
    const refused = async (input: object): Promise<unknown> =>
      (await send({ meetingId: meeting.id, ...input })).userErrors;
    expect(await refused({})).toMatchObject([{ code: 'BAD_INPUT', path: ['content'] }]);
    expect(await refused({ content: 'A: b', uploadId: 'u' })).toMatchObject([
      { code: 'BAD_INPUT', path: ['content'] },
    ]);
    expect(await refused({ content: 'A: b', language: 'Klingon!' })).toMatchObject([
      { code: 'BAD_INPUT', path: ['language'] },
    ]);
    expect(await refused({ uploadId: 'nowhere' })).toMatchObject([{ code: 'NOT_FOUND', path: ['uploadId'] }]);
    expect(await refused({ content: 'x'.repeat(2 * 1024 * 1024 + 1) })).toMatchObject([
      { code: 'TOO_LARGE', path: ['content'] },
    ]);
  });

  it('refuses a meeting that is unknown, hidden, of another workspace or canceled, and guests', async () => {
    const meeting = await service.hold(organizer, { participantUserIds: [organizer.userId, guest.userId] });
    const canceled = await service.hold(organizer, { status: 'CANCELED' });
    const refused = async (viewer: typeof organizer, meetingId: string): Promise<unknown> =>
      (await send({ meetingId, content: captions(1) }, viewer)).userErrors;
    const notFound = [{ code: 'NOT_FOUND', path: ['meetingId'] }];
    expect(await refused(organizer, 'nowhere')).toMatchObject(notFound);
    expect(await refused(stranger, meeting.id)).toMatchObject(notFound);
    expect(await refused(foreigner, meeting.id)).toMatchObject(notFound);
    expect(await refused(organizer, canceled.id)).toMatchObject([{ code: 'WRONG_STATE' }]);
    expect(await refused(guest, meeting.id)).toMatchObject([{ code: 'FORBIDDEN' }]);
    const anonymous = await service.test.execute(null, IMPORT, {
      input: { meetingId: meeting.id, content: 'A: b' },
    });
    expect(anonymous.errors?.[0]?.extensions?.['code']).toBe('UNAUTHENTICATED');
  });

  it('shows a transcript and what is in it to participants and to nobody else', async () => {
    const meeting = await service.hold(organizer, {
      participantUserIds: [organizer.userId, colleague.userId],
    });
    const { id: taskId, transcript } = await service.importCaptions(organizer, meeting.id, captions(2));
    const [{ segment, section, speaker }] = (await service.database.query(
      `SELECT g.id AS segment, g.section_id AS section, g.speaker_id AS speaker FROM segment g WHERE transcript_id = $1`,
      [transcript?.id],
    )) as [{ segment: string; section: string; speaker: string }];
    const r = [
      { __typename: 'Transcript', id: transcript?.id },
      { __typename: 'TranscriptSegment', id: segment },
      { __typename: 'TranscriptSection', id: section },
      { __typename: 'Speaker', id: speaker },
    ];
    const entities = `query ($r: [_Any!]!) { _entities(representations: $r) { __typename
      ... on Transcript { id } ... on TranscriptSegment { id } ... on TranscriptSection { id } ... on Speaker { id } } }`;
    expect(await service.run(colleague, entities, { r })).toEqual(r);
    expect(await service.run(stranger, entities, { r })).toEqual([null, null, null, null]);
    expect(await service.run(foreigner, entities, { r })).toEqual([null, null, null, null]);
    expect(await service.run(stranger, READ, { id: transcript?.id })).toBeNull();
    const task = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Task { id transcript { id } } } }`;
    expect(await service.run(foreigner, task, { r: [{ __typename: 'Task', id: taskId }] })).toEqual([
      { id: taskId, transcript: null },
    ]);
  });

  it('reads many meetings with as many queries as one', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 4; count += 1) {
      const { id } = await service.hold(organizer);
      await service.importCaptions(organizer, id, captions(90));
      ids.push(id);
    }
    const document = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Meeting { transcript {
      id speakers { label } verification { sectionsTotal }
      sections(first: 5) { edges { node { pendingVerifiers { id } verifications { id } viewerVerification { id }
        segments(first: 20) { edges { node { text speaker { label } section { transcript { id } } } } } } } } } } } }`;
    const readsFor = (some: readonly string[]): Promise<number> =>
      service.countReads(() =>
        service.run(organizer, document, { r: some.map((id) => ({ __typename: 'Meeting', id })) }),
      );
    const one = await readsFor(ids.slice(0, 1));
    expect(one).toBeGreaterThan(5);
    expect(await readsFor(ids)).toBe(one);
  });

  it('tells of a transcript in an event that fits its contract', async () => {
    const meeting = await service.hold(organizer);
    const { transcript } = await service.importCaptions(organizer, meeting.id, captions(2));
    const { namespace } = service.test;
    const messaging = await connectMessaging({ url: testServers().natsUrl, name: 'test', namespace });
    const subject = qualify(
      namespace,
      `evt.transcripts.${organizer.workspaceId}.transcript.${transcript?.id}.created`,
    );
    const message = await until('the event is in the stream', async () => {
      const { events } = streamNames(namespace, 'transcripts');
      return (
        (await messaging.manager.streams.getMessage(events, { last_by_subj: subject }).catch(() => null)) ??
        undefined
      );
    });
    expect(message.header.get('ce-type')).toBe(transcriptCreated.type);
    expect(transcriptCreated.schema.parse(message.json())).toMatchObject({
      meetingId: meeting.id,
      wordCount: 12,
    });
    await messaging.connection.close();
  });

  it('keeps the newest state of a meeting when its events come twice', async () => {
    const meeting = meetingOf(organizer);
    const event = { workspaceId: organizer.workspaceId, aggregateId: meeting.id, id: 'told-twice' };
    const created = { ...event, payload: meeting };
    await publishEvent(service.test.namespace, meetingCreated, created);
    await publishEvent(service.test.namespace, meetingCreated, {
      ...created,
      id: 'newer',
      payload: { ...meeting, revision: 2, title: 'Renamed' },
    });
    await publishEvent(service.test.namespace, meetingCreated, created);
    const later = await service.hold(organizer);
    const sql = "SELECT state ->> 'title' AS title FROM meeting_access WHERE meeting_id = $1";
    await until('the newer state has come', async () => {
      const [row] = (await service.database.query(sql, [meeting.id])) as { title: string }[];
      return row?.title === 'Renamed';
    });
    expect(later.revision).toBe(1);
    const inbox =
      "SELECT count(*)::int AS n FROM inbox WHERE message_id = 'told-twice' AND consumer = 'meeting_access__meeting'";
    expect(await service.database.query(inbox)).toEqual([{ n: 1 }]);
  });

  it('refuses a request without the signature of the gateway', async () => {
    const response = await fetch(`${service.test.service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ transcript(id: "1") { id } }' }),
    });
    expect(response.status).toBe(401);
  });

  it('has no difference between its entities and its migrations', async () => {
    const dataSource = await createDataSource(service.test.databaseUrl).initialize();
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    await dataSource.destroy();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });
});
