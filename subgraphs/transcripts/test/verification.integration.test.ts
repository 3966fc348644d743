import { randomUUID } from 'node:crypto';
import {
  meetingUpdated,
  type MeetingState,
  sectionChanged,
  transcriptVerified,
} from '@hoerok/shared/contracts';
import { connectMessaging, qualify, streamNames } from '@hoerok/shared/messaging';
import { publishEvent, testServers, testViewer, until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { captions, type Payload, startTranscripts, type TestTranscripts } from './transcripts-service.ts';

const organizer = testViewer();
const first = testViewer({ workspaceId: organizer.workspaceId });
const second = testViewer({ workspaceId: organizer.workspaceId });
const manager = testViewer({ workspaceId: organizer.workspaceId, role: 'MANAGER' });
const people = [organizer, first, second].map(({ userId }) => userId);

const SECTION = `section { id revision state contentHash pendingVerifiers { id } viewerVerification { verdict }
  verifications { verifier { id } verdict comment revision stale }
  segments { edges { node { id text originalText edited revision } } }
  transcript { id state revision wordCount verification { required approved disputed sectionsVerified sectionsTotal complete } } }
  userErrors { code message path }`;
const VERIFY = `mutation ($sectionId: ID!, $revision: Int!, $verdict: Verdict!, $comment: String) {
  verifySection(sectionId: $sectionId, revision: $revision, verdict: $verdict, comment: $comment) { ${SECTION} } }`;
const EDIT = `mutation ($input: EditSectionInput!) { editSection(input: $input) { ${SECTION} } }`;
const ASSIGN = `mutation ($speakerId: ID!, $userId: ID) {
  assignSpeaker(speakerId: $speakerId, userId: $userId) { transcript { revision speakers { label user { id } } } userErrors { code message path } } }`;
const PENDING = `query ($r: [_Any!]!) { _entities(representations: $r) {
  ... on User { pendingVerifications(first: 100) { totalCount edges { node { id } } } } } }`;

interface SectionAnswer {
  readonly id: string;
  readonly revision: number;
  readonly state: string;
  readonly contentHash: string;
  readonly segments: {
    readonly edges: readonly { readonly node: { readonly id: string; readonly text: string } }[];
  };
  readonly [field: string]: unknown;
}

interface PendingPage {
  readonly totalCount: number;
  readonly edges: readonly { readonly node: { readonly id: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

interface WaitingList {
  readonly pendingVerifications: PendingPage;
}

type SectionPayload = Payload & { readonly section: SectionAnswer | null };

describe('the verification of a transcript', () => {
  let service: TestTranscripts;

  beforeAll(async () => {
    service = await startTranscripts();
  });
  afterAll(async () => {
    await service[Symbol.asyncDispose]();
  });

  const imported = async (
    extra: Partial<MeetingState>,
    cues = 60,
  ): Promise<{ meeting: MeetingState; id: string; sections: string[] }> => {
    const meeting = await service.hold(organizer, { participantUserIds: people, ...extra });
    const { transcript } = await service.importCaptions(organizer, meeting.id, captions(cues));
    const sql = 'SELECT id FROM section WHERE transcript_id = $1 ORDER BY position';
    const rows = (await service.database.query(sql, [transcript?.id])) as { id: string }[];
    return { meeting, id: transcript?.id ?? '', sections: rows.map(({ id }) => id) };
  };
  const verify = (
    sectionId: string | undefined,
    extra: object = {},
    viewer = organizer,
  ): Promise<SectionPayload> =>
    service.run(viewer, VERIFY, { sectionId, revision: 1, verdict: 'APPROVED', ...extra });
  const edit = (input: object, viewer = organizer): Promise<SectionPayload> =>
    service.run(viewer, EDIT, { input });
  const pendingOf = async (viewer: typeof organizer, user = viewer): Promise<string[]> => {
    const r = [{ __typename: 'User', id: user.userId }];
    const [answer] = await service.run<{ pendingVerifications: { edges: { node: { id: string } }[] } }[]>(
      viewer,
      PENDING,
      { r },
    );
    return (answer?.pendingVerifications.edges ?? []).map(({ node }) => node.id);
  };
  const lastEvent = async (
    contract: typeof sectionChanged | typeof transcriptVerified,
    id: string,
  ): Promise<unknown> => {
    const { namespace } = service.test;
    const messaging = await connectMessaging({ url: testServers().natsUrl, name: 'test', namespace });
    const subject = qualify(
      namespace,
      `evt.transcripts.${organizer.workspaceId}.${contract.aggregate}.${id}.${contract.event}`,
    );
    const message = await until(`${contract.type} is in the stream`, async () => {
      const { events } = streamNames(namespace, 'transcripts');
      return (
        (await messaging.manager.streams.getMessage(events, { last_by_subj: subject }).catch(() => null)) ??
        undefined
      );
    });
    await messaging.connection.close();
    return contract.schema.parse(message.json());
  };

  it('ends under ORGANIZER when the organizer has approved every section', async () => {
    const { id, sections } = await imported({ verificationPolicy: 'ORGANIZER' });
    expect(sections.length).toBe(2);
    const byOther = await verify(sections[0], {}, first);
    expect(byOther.section).toMatchObject({ state: 'PARTIAL', pendingVerifiers: [{ id: organizer.userId }] });
    const half = await verify(sections[0]);
    expect(half.section).toMatchObject({
      state: 'VERIFIED',
      pendingVerifiers: [],
      viewerVerification: { verdict: 'APPROVED' },
      transcript: {
        state: 'IN_VERIFICATION',
        verification: { required: 1, approved: 2, sectionsVerified: 1, sectionsTotal: 2, complete: false },
      },
    });
    const all = await verify(sections[1]);
    expect(all.section).toMatchObject({
      transcript: { state: 'VERIFIED', verification: { complete: true } },
    });
    expect(await lastEvent(transcriptVerified, id)).toMatchObject({ id, revision: 1 });
    expect(await lastEvent(sectionChanged, sections[1] ?? '')).toMatchObject({
      state: 'VERIFIED',
      change: 'APPROVED',
      transcriptId: id,
    });
  });

  it('ends under QUORUM when more than half of the participants have approved', async () => {
    const { sections } = await imported({ verificationPolicy: 'QUORUM' }, 20);
    expect((await verify(sections[0], {}, first)).section).toMatchObject({
      state: 'PARTIAL',
      pendingVerifiers: [{ id: organizer.userId }, { id: second.userId }],
    });
    const { section } = await verify(sections[0], {}, second);
    expect(section).toMatchObject({
      state: 'VERIFIED',
      transcript: { state: 'VERIFIED', verification: { required: 2 } },
    });
  });

  it('is there from the start under NONE', async () => {
    const { id } = await imported({ verificationPolicy: 'NONE' }, 20);
    const read = 'query ($id: ID!) { transcript(id: $id) { state verification { complete } } }';
    expect(await service.run(organizer, read, { id })).toEqual({
      state: 'VERIFIED',
      verification: { complete: true },
    });
  });

  it('is stopped by one dispute until the same person approves', async () => {
    const { sections } = await imported({ verificationPolicy: 'ORGANIZER' }, 20);
    await verify(sections[0]);
    const disputed = await verify(sections[0], { verdict: 'DISPUTED', comment: ' It was the  4th. ' }, first);
    expect(disputed.section).toMatchObject({
      state: 'DISPUTED',
      transcript: { state: 'IN_VERIFICATION', verification: { disputed: 1 } },
    });
    const { section } = await verify(sections[0], {}, first);
    expect(section).toMatchObject({ state: 'VERIFIED' });
    expect(section?.['verifications']).toHaveLength(2);
  });

  it('starts again for a section that is edited, whose verdicts stay as stale', async () => {
    const { id, sections } = await imported({ verificationPolicy: 'ORGANIZER' }, 20);
    const before = (await verify(sections[0], { comment: 'Good.' })).section;
    const segmentId = before?.segments.edges[3]?.node.id;
    const input = {
      sectionId: sections[0],
      baseRevision: 1,
      edits: [{ segmentId, text: ' 결제 모듈은\\n3월 15일까지 ' }],
    };
    const { section, userErrors } = await edit(
      { ...input, edits: [{ segmentId, text: ' 결제 모듈은\n3월 15일까지 ' }] },
      first,
    );
    expect(userErrors).toEqual([]);
    expect(section).toMatchObject({
      revision: 2,
      state: 'UNVERIFIED',
      pendingVerifiers: [{ id: organizer.userId }],
      verifications: [{ verdict: 'APPROVED', comment: 'Good.', revision: 1, stale: true }],
      transcript: { id, state: 'DRAFT', revision: 2, wordCount: 120 - 6 + 4 },
    });
    expect(section?.contentHash).not.toBe(before?.contentHash);
    expect(section?.segments.edges[3]?.node).toEqual({
      id: segmentId,
      text: '결제 모듈은 3월 15일까지',
      originalText: 'Sentence number 3 of the meeting.',
      edited: true,
      revision: 2,
    });
    expect(await lastEvent(sectionChanged, sections[0] ?? '')).toMatchObject({
      revision: 2,
      state: 'UNVERIFIED',
      change: 'EDITED',
    });
    expect((await verify(sections[0])).userErrors).toMatchObject([{ code: 'CONFLICT', path: ['revision'] }]);
    expect((await edit(input)).userErrors).toMatchObject([{ code: 'CONFLICT', path: ['baseRevision'] }]);
    expect((await verify(sections[0], { revision: 2 })).section).toMatchObject({ state: 'VERIFIED' });
  });

  it('goes on when an edit changes nothing', async () => {
    const { sections } = await imported({}, 20);
    const verified = (await verify(sections[0])).section;
    const [edge] = verified?.segments.edges ?? [];
    const edits = [{ segmentId: edge?.node.id, text: edge?.node.text }];
    const { section } = await edit({ sectionId: sections[0], baseRevision: 1, edits });
    expect(section).toMatchObject({ revision: 1, state: 'VERIFIED' });
  });

  it('lets one of several writers on the same revision win', async () => {
    const { sections } = await imported({}, 20);
    const read = (await verify(sections[0])).section;
    const segmentId = read?.segments.edges[0]?.node.id;
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map((number) =>
        edit({ sectionId: sections[0], baseRevision: 1, edits: [{ segmentId, text: `Text ${number}` }] }),
      ),
    );
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    expect(answers.filter(({ userErrors }) => userErrors[0]?.code === 'CONFLICT')).toHaveLength(4);
  });

  it('takes verdicts of participants only, and edits of what is in the section only', async () => {
    const { sections } = await imported({});
    const other = (await verify(sections[1])).section?.segments.edges[0]?.node.id;
    const stranger = testViewer({ workspaceId: organizer.workspaceId });
    const guest = testViewer({ workspaceId: organizer.workspaceId, role: 'GUEST' });
    expect((await verify(sections[0], {}, manager)).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect((await verify(sections[0], {}, stranger)).userErrors).toMatchObject([
      { code: 'NOT_FOUND', path: ['sectionId'] },
    ]);
    expect((await verify(sections[0], {}, testViewer({ role: 'ADMIN' }))).userErrors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
    expect((await verify('nowhere')).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const input = { sectionId: sections[0], baseRevision: 1, edits: [{ segmentId: other, text: 'x' }] };
    expect((await edit(input)).userErrors).toMatchObject([
      { code: 'BAD_INPUT', path: ['edits', '0', 'segmentId'] },
    ]);
    expect((await edit(input, guest)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const blank = { ...input, edits: [{ segmentId: other, text: ' \u0000 ' }] };
    expect((await edit(blank)).userErrors).toMatchObject([
      { code: 'BAD_INPUT', path: ['edits', '0', 'text'] },
    ]);
  });

  it('leaves a transcript alone that a later import has replaced', async () => {
    const { meeting, sections } = await imported({}, 20);
    await service.importCaptions(organizer, meeting.id, captions(5));
    expect((await verify(sections[0])).userErrors).toMatchObject([{ code: 'WRONG_STATE' }]);
    expect(await pendingOf(organizer)).not.toContain(sections[0]);
  });

  it('waits in the list of each participant who is asked, and in nobody else', async () => {
    const { sections } = await imported({ verificationPolicy: 'QUORUM' });
    for (const viewer of [organizer, first, second])
      expect(await pendingOf(viewer)).toEqual(expect.arrayContaining(sections));
    expect(await pendingOf(manager)).toEqual([]);
    expect(await pendingOf(first, second)).toEqual([]);
    await verify(sections[0], {}, first);
    expect(await pendingOf(first)).not.toContain(sections[0]);
    expect(await pendingOf(second)).toContain(sections[0]);
    await verify(sections[0], {}, organizer);
    expect(await pendingOf(second)).not.toContain(sections[0]);
  });

  it('is listed page by page without gap or repetition, and refuses the cursor of another list', async () => {
    const viewer = testViewer();
    for (let count = 0; count < 3; count += 1) {
      const meeting = await service.hold(viewer);
      await service.importCaptions(viewer, meeting.id, captions(60));
    }
    const page = `query ($r: [_Any!]!, $after: String) { _entities(representations: $r) { ... on User {
      pendingVerifications(first: 2, after: $after) { totalCount edges { node { id } } pageInfo { hasNextPage endCursor } } } } }`;
    const r = [{ __typename: 'User', id: viewer.userId }];
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const answer: WaitingList[] = await service.run(viewer, page, { r, after });
      const { edges, pageInfo, totalCount }: PendingPage = (answer as [WaitingList])[0].pendingVerifications;
      expect(totalCount).toBe(6);
      seen.push(...edges.map(({ node }) => node.id));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    expect(new Set(seen).size).toBe(6);
    const cursor = Buffer.from('["4"]').toString('base64url');
    const refused = await service.test.execute(viewer, page, { r, after: cursor });
    expect(refused.errors?.[0]?.extensions?.['code']).toBe('BAD_INPUT');
  });

  it('no longer waits for a participant who has left, told once or twice', async () => {
    const { meeting, id, sections } = await imported({ verificationPolicy: 'ALL_PRESENT' }, 20);
    await verify(sections[0], {}, organizer);
    expect((await verify(sections[0], {}, first)).section).toMatchObject({ state: 'PARTIAL' });
    const payload = { ...meeting, revision: 2, participantUserIds: [organizer.userId, first.userId] };
    const event = { workspaceId: organizer.workspaceId, aggregateId: meeting.id, payload, id: randomUUID() };
    await publishEvent(service.test.namespace, meetingUpdated, event);
    await publishEvent(service.test.namespace, meetingUpdated, event);
    expect(await lastEvent(transcriptVerified, id)).toMatchObject({ id });
    const counted =
      "SELECT count(*)::int AS n FROM inbox WHERE message_id = $1 AND consumer = 'meeting_access__meeting'";
    expect(await service.database.query(counted, [event.id])).toEqual([{ n: 1 }]);
    expect((await verify(sections[0], {}, second)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  it('names speakers after participants of the meeting', async () => {
    const { id } = await imported({}, 20);
    const speakerOf = 'query ($id: ID!) { transcript(id: $id) { speakers { id } } }';
    const { speakers } = await service.run<{ speakers: { id: string }[] }>(organizer, speakerOf, { id });
    const assign = (userId: string | null): Promise<Payload & { transcript: unknown }> =>
      service.run(organizer, ASSIGN, { speakerId: speakers[0]?.id, userId });
    const named = await assign(first.userId);
    expect(named.transcript).toMatchObject({
      revision: 2,
      speakers: [{ label: 'Dana Lee', user: { id: first.userId } }, {}, {}],
    });
    expect((await assign('somebody-else')).userErrors).toMatchObject([
      { code: 'BAD_INPUT', path: ['userId'] },
    ]);
    expect((await assign(null)).transcript).toMatchObject({
      revision: 3,
      speakers: [{ user: null }, {}, {}],
    });
  });
});
