import type { UserViewer } from '@hoerok/shared/auth';
import { type MeetingState, meetingUpdated } from '@hoerok/shared/contracts';
import { publishEvent, startTestService, type TestService, testViewer, until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environment } from '../src/config.ts';
import { transcriptsService } from '../src/service.ts';
import { captions, startTranscripts, type TestTranscripts } from './transcripts-service.ts';

const organizer = testViewer();
const colleague = testViewer({ workspaceId: organizer.workspaceId });
const people = [organizer, colleague].map(({ userId }) => userId);

const PAGE = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Meeting { transcript {
  id revision state wordCount speakers { id label user { id } }
  verification { approved disputed sectionsVerified sectionsTotal }
  sections(first: 50) { edges { node { id revision title state pendingVerifiers { id } verifications { verdict stale }
    segments(first: 3) { edges { node { text } } } } } }
  segments(first: 100) { edges { node { id text speaker { label user { id } } } } } } } } }`;
const SEGMENT = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on TranscriptSegment {
  id text speaker { label user { id } } section { id title } } } }`;

interface Seen {
  readonly id: string;
  readonly revision: number;
  readonly state: string;
  readonly speakers: readonly { readonly id: string; readonly label: string; readonly user: object | null }[];
  readonly verification: { readonly sectionsVerified: number; readonly sectionsTotal: number };
  readonly sections: {
    readonly edges: readonly {
      readonly node: { readonly id: string; readonly revision: number; readonly segments: object };
    }[];
  };
  readonly segments: {
    readonly edges: readonly { readonly node: { readonly id: string; readonly text: string } }[];
  };
}

describe('what the transcripts service keeps in the cache', () => {
  let here: TestTranscripts;
  let there: TestService;

  beforeAll(async () => {
    here = await startTranscripts();
    // Another process of the same service.
    const same = { NAMESPACE: here.test.namespace, DATABASE_URL: here.test.databaseUrl };
    there = await startTestService(environment, transcriptsService, { environment: same });
  });
  afterAll(async () => {
    await there[Symbol.asyncDispose]();
    await here[Symbol.asyncDispose]();
  });

  const entity = async (
    viewer: UserViewer,
    document: string,
    reference: object,
    service = there,
  ): Promise<Record<string, unknown> | null> => {
    const answer = await service.execute(viewer, document, { r: [reference] });
    expect(answer.errors).toBeUndefined();
    const [found] = (answer.data?.['_entities'] ?? []) as (Record<string, unknown> | null)[];
    return found ?? null;
  };
  const page = async (
    meetingId: string,
    viewer: UserViewer = organizer,
    service = there,
  ): Promise<Seen | null> => {
    const meeting = await entity(viewer, PAGE, { __typename: 'Meeting', id: meetingId }, service);
    return (meeting?.['transcript'] ?? null) as Seen | null;
  };
  const seen = async (meetingId: string): Promise<Seen> => {
    const found = await page(meetingId);
    if (found === null) throw new Error('There is no transcript.');
    return found;
  };
  const write = async (document: string, viewer = organizer): Promise<void> => {
    const payload = await here.run<{ userErrors: unknown[] }>(viewer, document);
    expect(payload.userErrors).toEqual([]);
  };
  const hold = async (): Promise<MeetingState> => {
    return await here.hold(organizer, { participantUserIds: people, verificationPolicy: 'ORGANIZER' });
  };

  it('asks the database once for a transcript, its sections, segments, speakers and verdicts', async () => {
    const { id } = await hold();
    await here.importCaptions(organizer, id, captions(60));
    const read = (): Promise<unknown> => page(id, organizer, here.test);
    expect(await here.countReads(read)).toBeGreaterThan(5);
    await read();
    expect(await here.countReads(read)).toBe(0);
  });

  it('shows the first transcript of a meeting, and the one that replaces it, at once', async () => {
    const { id } = await hold();
    expect(await page(id)).toBeNull();
    expect(await page(id)).toBeNull();
    await here.importCaptions(organizer, id, captions(20));
    const first = await seen(id);
    await here.importCaptions(organizer, id, captions(40));
    const second = await seen(id);
    expect(second.id).not.toBe(first.id);
    expect(second.segments.edges).toHaveLength(40);
  });

  it('shows every change to the next reader, in another process, at once', async () => {
    const { id: meetingId } = await hold();
    await here.importCaptions(organizer, meetingId, captions(60));
    for (let round = 1; round <= 3; round += 1) {
      const before = await seen(meetingId);
      const [section] = before.sections.edges;
      const [segment] = before.segments.edges;
      const text = `Corrected for the ${round}. time.`;
      const reference = { __typename: 'TranscriptSegment', id: segment?.node.id };
      await entity(organizer, SEGMENT, reference);
      const input = `{ sectionId: "${section?.node.id}", baseRevision: ${section?.node.revision},
        edits: [{ segmentId: "${segment?.node.id}", text: "${text}" }] }`;
      await write(`mutation { editSection(input: ${input}) { userErrors { code message } } }`);
      const after = await seen(meetingId);
      expect(after.revision).toBeGreaterThan(before.revision);
      expect(after.sections.edges[0]?.node.revision).toBe((section?.node.revision ?? 0) + 1);
      expect(after.segments.edges[0]?.node.text).toBe(text);
      expect(after.sections.edges[0]?.node.segments).toMatchObject({ edges: [{ node: { text } }, {}, {}] });
      expect(await entity(organizer, SEGMENT, reference)).toMatchObject({ text });
    }
  });

  it('shows a verdict, and the counts that follow from it, at once', async () => {
    const { id: meetingId } = await hold();
    await here.importCaptions(organizer, meetingId, captions(60));
    const { sections, verification } = await seen(meetingId);
    expect(verification).toMatchObject({ sectionsVerified: 0 });
    const [section] = sections.edges;
    await write(`mutation { verifySection(sectionId: "${section?.node.id}", revision: 1, verdict: APPROVED) {
      userErrors { code message } } }`);
    const after = await seen(meetingId);
    expect(after.verification).toMatchObject({ approved: 1, sectionsVerified: 1 });
    expect(after.sections.edges[0]?.node).toMatchObject({
      state: 'VERIFIED',
      pendingVerifiers: [],
      verifications: [{ verdict: 'APPROVED', stale: false }],
    });
  });

  it('shows who a speaker is at once, wherever the speaker is named', async () => {
    const { id: meetingId } = await hold();
    await here.importCaptions(organizer, meetingId, captions(60));
    const { speakers, segments } = await seen(meetingId);
    const reference = { __typename: 'TranscriptSegment', id: segments.edges[0]?.node.id };
    expect(await entity(organizer, SEGMENT, reference)).toMatchObject({ speaker: { user: null } });
    await write(`mutation { assignSpeaker(speakerId: "${speakers[0]?.id}", userId: "${colleague.userId}") {
      userErrors { code message } } }`);
    const user = { id: colleague.userId };
    expect((await seen(meetingId)).speakers[0]).toMatchObject({ user });
    expect(await entity(organizer, SEGMENT, reference)).toMatchObject({ speaker: { user } });
  });

  it('shows nothing to who does not take part any more, once the service has heard of it', async () => {
    const meeting = await hold();
    await here.importCaptions(organizer, meeting.id, captions(20));
    expect(await page(meeting.id, colleague)).not.toBeNull();
    await publishEvent(here.test.namespace, meetingUpdated, {
      workspaceId: organizer.workspaceId,
      aggregateId: meeting.id,
      payload: { ...meeting, revision: 2, participantUserIds: [organizer.userId] },
    });
    await until('both processes know', async () => {
      const sql = `SELECT 1 FROM meeting_access WHERE meeting_id = $1 AND revision = 2`;
      return ((await here.database.query(sql, [meeting.id])) as unknown[]).length === 1;
    });
    await until('it is not shown', async () => (await page(meeting.id, colleague)) === null, {
      deadlineMs: 1_000,
    });
    expect(await page(meeting.id)).not.toBeNull();
  });
});
