import { type MeetingState, meetingEnded, meetingUpdated } from '@hoerok/shared/contracts';
import { publishEvent, readEvents, testViewer, until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  captions,
  IMPORT,
  type Payload,
  startTranscripts,
  type TestTranscripts,
} from './transcripts-service.ts';
import {
  EDIT,
  type EditAnswer,
  type Imported,
  importScene,
  monologue,
  sectionsOf,
  segmentsOf,
  VERIFY,
  type VerifyAnswer,
} from './verification-scene.ts';

const organizer = testViewer();
const { workspaceId } = organizer;
const pia = testViewer({ workspaceId });
const rosa = testViewer({ workspaceId });
const manager = testViewer({ workspaceId, role: 'MANAGER' });
const admin = testViewer({ workspaceId, role: 'ADMIN' });
const reviewer = testViewer({ workspaceId });
const reader = testViewer({ workspaceId });
const participantUserIds = [organizer, pia, rosa].map(({ userId }) => userId);
const shares: MeetingState['shares'] = [
  { userId: reviewer.userId, access: 'VERIFY', expiresAt: null },
  { userId: reader.userId, access: 'READ', expiresAt: null },
];

const TRANSCRIPT = `transcript { id state revision
  history(first: 50) { totalCount edges { node { kind reason before after actor { id } } } } } userErrors { code message path }`;
const LOCK = `mutation ($id: ID!) { lockTranscript(id: $id) { ${TRANSCRIPT} } }`;
const UNLOCK = `mutation ($id: ID!, $reason: String!) { unlockTranscript(id: $id, reason: $reason) { ${TRANSCRIPT} } }`;
const SPLIT = `mutation ($sectionId: ID!, $baseRevision: Int!, $atSegmentId: ID!) {
  splitSection(sectionId: $sectionId, baseRevision: $baseRevision, atSegmentId: $atSegmentId) {
    section { id index title startMs endMs revision state segments(first: 100) { totalCount }
      verifications { revision stale } }
    newSection { id index title startMs endMs revision state segments(first: 100) { totalCount } }
    userErrors { code path } } }`;
const COMMENT = `mutation ($sectionId: ID!, $text: String!, $segmentId: ID) {
  commentOnSection(sectionId: $sectionId, text: $text, segmentId: $segmentId) { comment { id } userErrors { code path } } }`;

type TranscriptAnswer = Payload & { readonly transcript: object | null };
interface SplitAnswer extends Payload {
  readonly section: object | null;
  readonly newSection: { readonly id: string; readonly index: number } | null;
}

describe('a transcript that people agree on', () => {
  let service: TestTranscripts;
  beforeAll(async () => {
    service = await startTranscripts();
  });
  afterAll(async () => {
    await service[Symbol.asyncDispose]();
  });

  const scene = (meeting: Partial<MeetingState> = {}, content = captions(20)): Promise<Imported> =>
    importScene(service, organizer, { meeting: { participantUserIds, ...meeting }, captions: content });
  const verify = (
    sectionId: string | undefined,
    extra: object = {},
    viewer = organizer,
  ): Promise<VerifyAnswer> =>
    service.run(viewer, VERIFY, { sectionId, revision: 1, verdict: 'APPROVED', ...extra });
  const lock = (id: string, viewer = organizer): Promise<TranscriptAnswer> =>
    service.run(viewer, LOCK, { id });
  const unlock = (id: string, reason: string, viewer = organizer): Promise<TranscriptAnswer> =>
    service.run(viewer, UNLOCK, { id, reason });
  const split = (
    sectionId: string | undefined,
    baseRevision: number,
    atSegmentId: string | undefined,
  ): Promise<SplitAnswer> => service.run(organizer, SPLIT, { sectionId, baseRevision, atSegmentId });
  const refusal = ({ userErrors }: Payload): unknown => userErrors.map(({ code }) => code).join(' ');
  const tell = async (
    contract: typeof meetingUpdated,
    payload: MeetingState,
    sectionId: string | undefined,
    state: string,
  ): Promise<void> => {
    await publishEvent(service.test.namespace, contract, { workspaceId, aggregateId: payload.id, payload });
    await until(`the section is ${state}`, async () => {
      const rows: { state: string }[] = await service.database.query(
        'SELECT state FROM section WHERE id = $1',
        [sectionId],
      );
      return rows[0]?.state === state;
    });
  };
  const notes = async (aggregateId: string, count: number): Promise<object[]> =>
    await readEvents(
      service.test.namespace,
      { service: 'transcripts', workspaceId, aggregate: 'section', aggregateId, event: 'noted' },
      count,
    );

  it('is locked once it is verified, by the organizer, and takes no change any more', async () => {
    const { id, sections, segments, speakers } = await scene();
    const [sectionId] = sections;
    expect(await lock(id)).toMatchObject({
      transcript: null,
      userErrors: [{ code: 'WRONG_STATE', path: ['id'] }],
    });
    await verify(sectionId);
    expect(refusal(await lock(id, pia))).toBe('FORBIDDEN');
    expect(refusal(await lock(id, testViewer({ workspaceId })))).toBe('NOT_FOUND');
    const locked = await lock(id);
    expect(locked).toMatchObject({
      transcript: {
        state: 'LOCKED',
        history: { totalCount: 1, edges: [{ node: { kind: 'LOCKED', actor: { id: organizer.userId } } }] },
      },
      userErrors: [],
    });
    expect(await lock(id)).toEqual(locked);
    const edits = [{ segmentId: segments[0]?.id, text: 'Too late.' }];
    const edit = await service.run<EditAnswer>(organizer, EDIT, {
      input: { sectionId, baseRevision: 1, edits },
    });
    const rename =
      'mutation ($id: ID!) { renameSpeaker(speakerId: $id, label: "x") { userErrors { code } } }';
    const assign = 'mutation ($id: ID!) { assignSpeaker(speakerId: $id) { userErrors { code } } }';
    const speaker = { id: speakers[0]?.id };
    for (const refused of [
      edit,
      await verify(sectionId, { verdict: 'DISPUTED' }),
      await split(sectionId, 1, segments[3]?.id),
      await service.run<Payload>(organizer, rename, speaker),
      await service.run<Payload>(organizer, assign, speaker),
    ])
      expect(refusal(refused)).toBe('WRONG_STATE');
    expect((await segmentsOf(service, id))[0]?.text).toBe(segments[0]?.text);
    const comment = await service.run<Payload>(pia, COMMENT, { sectionId, text: 'Still worth saying.' });
    expect(comment.userErrors).toEqual([]);
    expect(await notes(id, 1)).toMatchObject([
      {
        change: 'LOCKED',
        section: null,
        transcript: { id },
        state: 'VERIFIED',
        actor: { id: organizer.userId },
      },
    ]);
  });

  it('is not replaced by an import while it is locked', async () => {
    const { id, meeting, sections } = await scene();
    await verify(sections[0]);
    // One import is under way already when the transcript is locked; the other one comes too late.
    const blocker = service.database.createQueryRunner();
    await blocker.connect();
    await blocker.startTransaction();
    await blocker.query('LOCK TABLE caption_source IN ACCESS EXCLUSIVE MODE');
    const input = { meetingId: meeting.id, content: captions(3) };
    const under = service.run<Payload>(organizer, IMPORT, { input });
    await until('the import waits for the table', async () => {
      const waiting: unknown[] = await service.database.query(
        "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'caption_source'::regclass",
      );
      return waiting.length > 0;
    });
    await lock(id);
    await blocker.commitTransaction();
    await blocker.release();
    expect(await service.run<Payload>(organizer, IMPORT, { input })).toMatchObject({
      userErrors: [{ code: 'WRONG_STATE', path: ['meetingId'] }],
    });
    const { task } = await under;
    expect(await service.ended(organizer, task?.id ?? '')).toMatchObject({
      status: 'FAILED',
      error: { code: 'WRONG_STATE' },
    });
    expect(await service.database.query('SELECT current FROM transcript WHERE id = $1', [id])).toEqual([
      { current: true },
    ]);
  });

  it('is not locked while one section is disputed, and is by MANAGER and ADMIN too', async () => {
    const { id, sections } = await scene({ verificationPolicy: 'NONE' }, captions(60));
    expect(sections).toHaveLength(2);
    await verify(sections[1], { verdict: 'DISPUTED' }, pia);
    expect(refusal(await lock(id, manager))).toBe('WRONG_STATE');
    await verify(sections[1], {}, pia);
    expect((await lock(id, manager)).transcript).toMatchObject({ state: 'LOCKED' });
  });

  it('is unlocked by the organizer or an ADMIN, who say why, and is verified as people are by then', async () => {
    const { id, meeting, sections } = await scene({ verificationPolicy: 'QUORUM' });
    await verify(sections[0]);
    await verify(sections[0], {}, pia);
    expect(refusal(await unlock(id, 'Not locked.'))).toBe('WRONG_STATE');
    await lock(id);
    // While it is locked, people who join change nothing.
    const joined = [...participantUserIds, 'u-4', 'u-5'];
    const payload = { ...meeting, revision: 2, participantUserIds: joined };
    await publishEvent(service.test.namespace, meetingUpdated, {
      workspaceId,
      aggregateId: meeting.id,
      payload,
    });
    const known = 'SELECT 1 FROM meeting_access WHERE meeting_id = $1 AND revision = 2';
    await until('the change is known', async () => {
      const rows: unknown[] = await service.database.query(known, [meeting.id]);
      return rows.length > 0;
    });
    expect(await sectionsOf(service, id)).toMatchObject([{ state: 'VERIFIED' }]);
    expect(refusal(await unlock(id, 'I want to.', manager))).toBe('FORBIDDEN');
    expect(refusal(await unlock(id, ' '))).toBe('BAD_INPUT');
    expect(await unlock(id, 'A date is wrong.', admin)).toMatchObject({
      transcript: {
        state: 'IN_VERIFICATION',
        history: {
          edges: [
            { node: { kind: 'LOCKED' } },
            { node: { kind: 'UNLOCKED', reason: 'A date is wrong.', actor: { id: admin.userId } } },
          ],
        },
      },
    });
    expect(await sectionsOf(service, id)).toMatchObject([{ state: 'PARTIAL' }]);
  });

  it('asks those who were there under ALL_PRESENT, and everybody while nobody has noted who was', async () => {
    const { meeting, sections } = await scene({ verificationPolicy: 'ALL_PRESENT' });
    const asked = await verify(sections[0]);
    expect(asked.section).toMatchObject({
      state: 'PARTIAL',
      pendingVerifiers: [{ id: pia.userId }, { id: rosa.userId }],
      transcript: { verification: { required: 3 } },
    });
    const presentUserIds = [organizer.userId, pia.userId, 'somebody-who-left'];
    const pending = async (viewer: typeof pia): Promise<number> => {
      const r = [{ __typename: 'User', id: viewer.userId }];
      const document = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on User {
        pendingVerifications(first: 100) { edges { node { id } } } } } }`;
      const [user] = await service.run<{ pendingVerifications: { edges: { node: { id: string } }[] } }[]>(
        viewer,
        document,
        { r },
      );
      return (user?.pendingVerifications.edges ?? []).filter(({ node }) => node.id === sections[0]).length;
    };
    expect([await pending(pia), await pending(rosa)]).toEqual([1, 1]);
    const told = { ...meeting, revision: 2, presentUserIds };
    await publishEvent(service.test.namespace, meetingUpdated, {
      workspaceId,
      aggregateId: meeting.id,
      payload: told,
    });
    await until('Rosa is not asked', async () => (await pending(rosa)) === 0);
    expect(await pending(pia)).toBe(1);
    expect((await verify(sections[0], {}, pia)).section).toMatchObject({
      state: 'VERIFIED',
      transcript: { state: 'VERIFIED', verification: { required: 2 } },
    });
  });

  it('is settled when the end of the meeting tells who was there', async () => {
    const { meeting, sections } = await scene({ verificationPolicy: 'ALL_PRESENT', status: 'LIVE' });
    expect((await verify(sections[0])).section).toMatchObject({ state: 'PARTIAL' });
    const ended = { ...meeting, revision: 2, status: 'ENDED' as const, presentUserIds: [organizer.userId] };
    await tell(meetingEnded, ended, sections[0], 'VERIFIED');
  });

  it('is verified by who holds a share for it: a dispute counts, an approval is shown', async () => {
    const { meeting, sections } = await scene({ verificationPolicy: 'ORGANIZER', shares });
    const shown = await verify(sections[0], {}, reviewer);
    expect(shown.section).toMatchObject({
      state: 'UNVERIFIED',
      verifications: [{ verifier: { id: reviewer.userId }, verdict: 'APPROVED', stale: false }],
    });
    await verify(sections[0]);
    const disputed = await verify(sections[0], { verdict: 'DISPUTED' }, reviewer);
    expect(disputed.section).toMatchObject({ state: 'DISPUTED', transcript: { state: 'IN_VERIFICATION' } });
    expect(refusal(await verify(sections[0], {}, reader))).toBe('FORBIDDEN');
    expect(refusal(await verify(sections[0], {}, manager))).toBe('FORBIDDEN');
    await tell(meetingUpdated, { ...meeting, revision: 2, shares: [] }, sections[0], 'VERIFIED');
    expect(refusal(await verify(sections[0], {}, reviewer))).toBe('NOT_FOUND');
  });

  it('is not verified by a share that has run out, nor changed by one that is only for verifying', async () => {
    const expired = {
      userId: reviewer.userId,
      access: 'VERIFY',
      expiresAt: '2026-01-01T00:00:00.000Z',
    } as const;
    const past = await scene({ shares: [expired] });
    expect(refusal(await verify(past.sections[0], {}, reviewer))).toBe('NOT_FOUND');
    const { id, sections, segments } = await scene({ shares });
    const edits = [{ segmentId: segments[0]?.id, text: 'x' }];
    const input = { sectionId: sections[0], baseRevision: 1, edits };
    expect(refusal(await service.run<EditAnswer>(reviewer, EDIT, { input }))).toBe('FORBIDDEN');
    expect(refusal(await lock(id, reviewer))).toBe('FORBIDDEN');
  });

  it('splits a section in two, whose first part keeps the id and whose verdicts are stale', async () => {
    const { id, sections, segments } = await scene({}, captions(60));
    await verify(sections[0]);
    await service.run(pia, COMMENT, {
      sectionId: sections[0],
      text: 'Moves along.',
      segmentId: segments[12]?.id,
    });
    await service.run(pia, COMMENT, { sectionId: sections[0], text: 'Stays here.' });
    const answer = await split(sections[0], 1, segments[10]?.id);
    expect(answer).toMatchObject({
      section: {
        id: sections[0],
        index: 0,
        title: expect.stringMatching(/^Sentence number 0 of/) as string,
        startMs: 0,
        endMs: 49_000,
        revision: 2,
        state: 'UNVERIFIED',
        segments: { totalCount: 10 },
        verifications: [{ revision: 1, stale: true }],
      },
      newSection: {
        index: 1,
        title: expect.stringMatching(/^Sentence number 10 of/) as string,
        startMs: 50_000,
        endMs: 199_000,
        revision: 2,
        state: 'UNVERIFIED',
        segments: { totalCount: 30 },
      },
      userErrors: [],
    });
    const newId = answer.newSection?.id ?? '';
    expect((await sectionsOf(service, id)).map((section) => section.id)).toEqual([
      sections[0],
      newId,
      sections[1],
    ]);
    expect(
      await service.database.query('SELECT section_id, text FROM section_comment ORDER BY id DESC LIMIT 2'),
    ).toEqual([
      { section_id: sections[0], text: 'Stays here.' },
      { section_id: newId, text: 'Moves along.' },
    ]);
    for (const sectionId of [sections[0] ?? '', newId])
      expect((await notes(sectionId, 1)).at(-1)).toMatchObject({
        change: 'SPLIT',
        revision: 2,
        id: sectionId,
      });
    expect(refusal(await split(sections[0], 1, segments[5]?.id))).toBe('CONFLICT');
    expect(refusal(await split(sections[0], 2, segments[0]?.id))).toBe('BAD_INPUT');
    expect(refusal(await split(sections[0], 2, segments[10]?.id))).toBe('BAD_INPUT');
    await split(newId, 2, segments[20]?.id);
    expect((await sectionsOf(service, id)).map(({ revision }) => revision)).toEqual([2, 3, 3, 1]);
  });

  it('takes an edit that was begun before a split, into whatever part its segments are in', async () => {
    const { id, sections, segments } = await scene({}, monologue(20));
    const edit = (
      sectionId: string | undefined,
      baseRevision: number,
      places: readonly number[],
    ): Promise<EditAnswer> => {
      const edits = places.map((place) => ({
        segmentId: segments[place]?.id,
        text: `Edited ${baseRevision} ${place}.`,
      }));
      return service.run(organizer, EDIT, { input: { sectionId, baseRevision, edits } });
    };
    const { newSection } = await split(sections[0], 1, segments[10]?.id);
    const again = await split(newSection?.id, 2, segments[15]?.id);
    expect(await edit(sections[0], 1, [0, 12, 17])).toMatchObject({ autoMerged: true, userErrors: [] });
    const texts = (await segmentsOf(service, id)).map(({ text }) => text);
    expect([texts[0], texts[12], texts[17]]).toEqual(['Edited 1 0.', 'Edited 1 12.', 'Edited 1 17.']);
    expect((await sectionsOf(service, id)).map(({ revision }) => revision)).toEqual([3, 4, 4]);
    const late = await edit(again.section === null ? '' : newSection?.id, 2, [17]);
    expect(late.conflict?.conflicts).toMatchObject([{ theirText: 'Edited 1 17.', yourText: 'Edited 2 17.' }]);
    // Whoever has seen the section after the split knows that the segment is not in it.
    expect(refusal(await edit(sections[0], 2, [12]))).toBe('BAD_INPUT');
  });
});
