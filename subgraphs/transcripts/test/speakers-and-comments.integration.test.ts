import { readEvents, testViewer } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { captions, type Payload, startTranscripts, type TestTranscripts } from './transcripts-service.ts';
import { EDIT, type Imported, importScene, segmentsOf, VERIFY } from './verification-scene.ts';

const organizer = testViewer();
const { workspaceId } = organizer;
const dana = testViewer({ workspaceId });
const minjun = testViewer({ workspaceId });
const commenter = testViewer({ workspaceId });
const reader = testViewer({ workspaceId });
const guest = testViewer({ workspaceId, role: 'GUEST' });
const participantUserIds = [organizer, dana, minjun, guest].map(({ userId }) => userId);
const shares = [
  { userId: commenter.userId, access: 'COMMENT' as const, expiresAt: null },
  { userId: reader.userId, access: 'READ' as const, expiresAt: null },
];
const people = [
  { id: dana.userId, name: 'Dana Ji-won Lee', aliases: ['dana lee'] },
  { id: minjun.userId, name: '김민준', aliases: [] },
];

const SPEAKERS = `transcript { id revision speakers { id label talkMs words user { id } }
  history(first: 10) { edges { node { kind before after } } } } userErrors { code message path }`;
const RENAME = `mutation ($speakerId: ID!, $label: String!) { renameSpeaker(speakerId: $speakerId, label: $label) { ${SPEAKERS} } }`;
const MERGE = `mutation ($fromId: ID!, $intoId: ID!) { mergeSpeakers(fromId: $fromId, intoId: $intoId) { ${SPEAKERS} } }`;
const COMMENT_FIELDS = `comment { id text revision segment { id } author { id } resolvedBy { id } resolvedAt } userErrors { code message path }`;
const COMMENT = `mutation ($sectionId: ID!, $text: String!, $segmentId: ID) {
  commentOnSection(sectionId: $sectionId, text: $text, segmentId: $segmentId) { ${COMMENT_FIELDS} } }`;
const RESOLVE = `mutation ($id: ID!) { resolveComment(id: $id) { ${COMMENT_FIELDS} } }`;
const COMMENTS = `query ($id: ID!, $first: Int, $after: String) { transcript(id: $id) { sections(first: 1) { edges { node {
  comments(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { node { id text resolvedAt } } } } } } } }`;

interface SpeakersAnswer extends Payload {
  readonly transcript: {
    readonly revision: number;
    readonly speakers: readonly { readonly id: string; readonly label: string }[];
  } | null;
}
interface CommentAnswer extends Payload {
  readonly comment: { readonly id: string; readonly [field: string]: unknown } | null;
}
interface CommentPage {
  readonly sections: {
    readonly edges: readonly [
      {
        readonly node: {
          readonly comments: {
            readonly totalCount: number;
            readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
            readonly edges: readonly { readonly node: { readonly text: string } }[];
          };
        };
      },
    ];
  };
}

describe('the speakers of a transcript', () => {
  let service: TestTranscripts;
  beforeAll(async () => {
    service = await startTranscripts({}, people);
  });
  afterAll(async () => {
    await service[Symbol.asyncDispose]();
  });

  const scene = (): Promise<Imported> =>
    importScene(service, organizer, { meeting: { participantUserIds, shares } });
  const told = async (transcriptId: string, count: number): Promise<object[]> =>
    await readEvents(
      service.test.namespace,
      {
        service: 'transcripts',
        workspaceId,
        aggregate: 'section',
        aggregateId: transcriptId,
        event: 'noted',
      },
      count,
    );
  const merge = (fromId?: string, intoId?: string, viewer = organizer): Promise<SpeakersAnswer> =>
    service.run(viewer, MERGE, { fromId, intoId });
  const rename = (speakerId?: string, label?: string, viewer = organizer): Promise<SpeakersAnswer> =>
    service.run(viewer, RENAME, { speakerId, label });

  it('are participants from the start when their labels are names or aliases of exactly one', async () => {
    const { id } = await scene();
    const read = 'query ($id: ID!) { transcript(id: $id) { speakers { label user { id } } } }';
    expect(await service.run(organizer, read, { id })).toEqual({
      speakers: [
        { label: 'Dana Lee', user: { id: dana.userId } },
        { label: '김민준', user: { id: minjun.userId } },
        { label: 'Speaker 3', user: null },
      ],
    });
  });

  it('are renamed, and the label before stays in the history', async () => {
    const { id, speakers } = await scene();
    const answer = await rename(speakers[2]?.id, ' Eun-ji   Park ');
    expect(answer).toMatchObject({
      transcript: {
        revision: 2,
        speakers: [{}, {}, { label: 'Eun-ji Park' }],
        history: {
          edges: [{ node: { kind: 'SPEAKER_RENAMED', before: 'Speaker 3', after: 'Eun-ji Park' } }],
        },
      },
      userErrors: [],
    });
    expect(await told(id, 1)).toMatchObject([
      { change: 'SPEAKERS_CHANGED', section: null, revision: 2, transcriptRevision: 2, state: 'UNVERIFIED' },
    ]);
    expect((await rename(speakers[2]?.id, 'DANA LEE')).userErrors).toMatchObject([
      { code: 'CONFLICT', path: ['label'] },
    ]);
    expect((await rename(speakers[2]?.id, 'x', guest)).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect((await rename(speakers[2]?.id, 'x', commenter)).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect((await rename(speakers[2]?.id, 'x', testViewer())).userErrors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
  });

  it('are merged with all they said, and verdicts stay', async () => {
    const { id, speakers, sections, segments } = await scene();
    const [first, second, third] = speakers;
    const edits = [{ segmentId: segments[0]?.id, speakerId: third?.id }];
    await service.run(organizer, EDIT, { input: { sectionId: sections[0], baseRevision: 1, edits } });
    await service.run(organizer, VERIFY, { sectionId: sections[0], revision: 2, verdict: 'APPROVED' });
    const answer = await merge(third?.id, second?.id);
    expect(answer.transcript).toMatchObject({
      revision: 3,
      speakers: [
        { id: first?.id, label: 'Dana Lee', words: 36, talkMs: 24_000 },
        { id: second?.id, label: '김민준', words: 84, talkMs: 56_000, user: { id: minjun.userId } },
      ],
      history: { edges: [{ node: { kind: 'SPEAKERS_MERGED', before: 'Speaker 3', after: '김민준' } }] },
    });
    expect(await segmentsOf(service, id)).toHaveLength(20);
    const [edit] = await service.database.query<object[]>(
      'SELECT speaker_before, speaker_after FROM segment_edit WHERE transcript_id = $1',
      [id],
    );
    expect(edit).toEqual({ speaker_before: first?.id, speaker_after: second?.id });
    const state = 'query ($id: ID!) { transcript(id: $id) { state } }';
    expect(await service.run(organizer, state, { id })).toEqual({ state: 'VERIFIED' });
    expect((await merge(third?.id, first?.id)).userErrors).toMatchObject([
      { code: 'NOT_FOUND', path: ['fromId'] },
    ]);
    expect((await merge(first?.id, first?.id)).userErrors).toMatchObject([
      { code: 'BAD_INPUT', path: ['intoId'] },
    ]);
    const other = await scene();
    expect((await merge(first?.id, other.speakers[0]?.id)).userErrors).toMatchObject([
      { code: 'BAD_INPUT', path: ['intoId'] },
    ]);
  });
});

describe('the comments on a section', () => {
  let service: TestTranscripts;
  beforeAll(async () => {
    service = await startTranscripts();
  });
  afterAll(async () => {
    await service[Symbol.asyncDispose]();
  });

  const scene = (): Promise<Imported> =>
    importScene(service, organizer, { meeting: { participantUserIds, shares }, captions: captions(60) });
  const comment = (
    sectionId: string | undefined,
    extra: object = {},
    viewer = organizer,
  ): Promise<CommentAnswer> => service.run(viewer, COMMENT, { sectionId, text: 'Was it the 4th?', ...extra });
  const resolve = (id: string | undefined, viewer = organizer): Promise<CommentAnswer> =>
    service.run(viewer, RESOLVE, { id });
  const pageOf = async (
    id: string,
    page: object,
  ): Promise<CommentPage['sections']['edges'][0]['node']['comments']> => {
    const { sections } = await service.run<CommentPage>(organizer, COMMENTS, { id, ...page });
    return sections.edges[0].node.comments;
  };

  it('are written by participants and by who holds a share for it, told live, and resolved', async () => {
    const { id, sections, segments } = await scene();
    const segmentId = segments[2]?.id;
    const written = await comment(sections[0], { segmentId }, commenter);
    expect(written).toMatchObject({
      comment: {
        text: 'Was it the 4th?',
        revision: 1,
        segment: { id: segmentId },
        author: { id: commenter.userId },
        resolvedBy: null,
        resolvedAt: null,
      },
      userErrors: [],
    });
    expect((await comment(sections[0], {}, reader)).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect((await comment(sections[0], {}, testViewer({ workspaceId }))).userErrors).toMatchObject([
      { code: 'NOT_FOUND', path: ['sectionId'] },
    ]);
    expect((await comment(sections[1], { segmentId })).userErrors).toMatchObject([
      { code: 'BAD_INPUT', path: ['segmentId'] },
    ]);
    expect((await comment(sections[0], { text: ' ' })).userErrors).toMatchObject([{ code: 'BAD_INPUT' }]);
    const mine = await comment(sections[0], {}, guest);
    expect((await resolve(written.comment?.id, guest)).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect((await resolve(mine.comment?.id, commenter)).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect((await resolve(mine.comment?.id, testViewer({ role: 'ADMIN' }))).userErrors).toMatchObject([
      { code: 'NOT_FOUND', path: ['id'] },
    ]);
    expect((await resolve('nowhere')).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await resolve(mine.comment?.id, guest)).comment).toMatchObject({
      resolvedBy: { id: guest.userId },
    });
    const resolved = await resolve(written.comment?.id, dana);
    expect(resolved.comment).toMatchObject({ resolvedBy: { id: dana.userId } });
    expect(await resolve(written.comment?.id, organizer)).toEqual(resolved);
    const address = {
      service: 'transcripts',
      workspaceId,
      aggregate: 'section',
      aggregateId: sections[0] ?? '',
    };
    const events = await readEvents(service.test.namespace, { ...address, event: 'noted' }, 4);
    expect(events).toMatchObject([
      { change: 'COMMENTED', actor: { id: commenter.userId }, transcriptId: id, revision: 1 },
      { change: 'COMMENTED', actor: { id: guest.userId } },
      { change: 'COMMENT_RESOLVED', actor: { id: guest.userId } },
      { change: 'COMMENT_RESOLVED', actor: { id: dana.userId } },
    ]);
    expect(JSON.stringify(events)).not.toContain('the 4th');
  });

  it('are listed page by page, oldest first, and of many sections with two queries', async () => {
    const { id, sections } = await scene();
    for (const text of ['One', 'Two', 'Three']) await comment(sections[0], { text });
    await comment(sections[1], { text: 'Of another section' });
    const page = await pageOf(id, { first: 2 });
    expect(page).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    expect(page.edges.map(({ node }) => node.text)).toEqual(['One', 'Two']);
    const next = await pageOf(id, { first: 2, after: page.pageInfo.endCursor });
    expect(next.edges.map(({ node }) => node.text)).toEqual(['Three']);
    const read = (first: number): Promise<unknown> =>
      service.run(
        organizer,
        'query ($id: ID!, $first: Int) { transcript(id: $id) { sections(first: $first) { edges { node { comments { edges { node { text } } } } } } } }',
        { id, first },
      );
    // What is asked for the first time may be kept for the second.
    for (const first of [1, 2]) await read(first);
    const few = await service.countReads(() => read(1));
    expect(await service.countReads(() => read(2))).toBe(few);
    const foreign = await service.test.execute(organizer, COMMENTS, { id, after: 'nonsense' });
    expect(foreign.errors?.[0]?.extensions?.['code']).toBe('BAD_INPUT');
  });
});
