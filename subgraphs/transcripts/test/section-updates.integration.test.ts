import { answerSubscription, readEvents, testViewer } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transcriptsService } from '../src/service.ts';
import { captions, type Payload, startTranscripts, type TestTranscripts } from './transcripts-service.ts';
import { importScene, monologue, sectionsOf } from './verification-scene.ts';

const organizer = testViewer();
const { workspaceId } = organizer;
const colleague = testViewer({ workspaceId });

const VERIFY = `mutation ($sectionId: ID!, $revision: Int!, $verdict: Verdict!) {
  verifySection(sectionId: $sectionId, revision: $revision, verdict: $verdict) { userErrors { code } } }`;
const EDIT = `mutation ($input: EditSectionInput!) { editSection(input: $input) { userErrors { code } } }`;
const WATCH = `subscription { sectionUpdates(meetingId: "m") {
  __typename change state revision section { id } actor { id } } }`;

const COMMENT = `mutation ($sectionId: ID!, $text: String!) {
  commentOnSection(sectionId: $sectionId, text: $text) { userErrors { code } } }`;
const SPLIT = `mutation ($sectionId: ID!, $atSegmentId: ID!) {
  splitSection(sectionId: $sectionId, baseRevision: 1, atSegmentId: $atSegmentId) { userErrors { code } } }`;
const LOCK = `mutation ($id: ID!) { lockTranscript(id: $id) { userErrors { code } } }`;
const WATCH_ALL = `subscription { sectionUpdates(meetingId: "m") {
  change state revision section { id } transcript { id } actor { id } } }`;

describe('the updates of a section', () => {
  let service: TestTranscripts;
  beforeAll(async () => {
    service = await startTranscripts();
  });
  afterAll(async () => {
    await service[Symbol.asyncDispose]();
  });

  const change = async (document: string, variables: object, viewer = organizer): Promise<void> => {
    expect(await service.run<Payload>(viewer, document, variables)).toEqual({ userErrors: [] });
  };

  it('answer the subscription: what happened, what came of it, by whom, in which meeting', async () => {
    const participantUserIds = [organizer.userId, colleague.userId];
    const meeting = await service.hold(organizer, { participantUserIds, verificationPolicy: 'ALL_PRESENT' });
    await service.importCaptions(organizer, meeting.id, captions(10));
    const [segment] = (await service.database.query(
      `SELECT g.id, g.section_id FROM segment g JOIN section s ON s.id = g.section_id
        JOIN transcript t ON t.id = s.transcript_id WHERE t.meeting_id = $1 ORDER BY g.seq LIMIT 1`,
      [meeting.id],
    )) as { id: string; section_id: string }[];
    const sectionId = segment?.section_id ?? '';
    await change(VERIFY, { sectionId, revision: 1, verdict: 'APPROVED' }, colleague);
    const edits = [{ segmentId: segment?.id, text: 'Something else was said.' }];
    await change(EDIT, { input: { sectionId, baseRevision: 1, edits } });
    await change(VERIFY, { sectionId, revision: 2, verdict: 'DISPUTED' }, colleague);

    const address = { service: 'transcripts', workspaceId, aggregate: 'section', aggregateId: sectionId };
    const payloads = await readEvents(service.test.namespace, { ...address, event: 'changed' }, 3);
    for (const payload of payloads) expect(payload).toMatchObject({ meetingId: meeting.id });
    // What quotes the text from before is stale.
    const edited = payloads.map((payload) => (payload as { editedSegments?: unknown }).editedSegments);
    expect(edited).toEqual([undefined, [{ id: segment?.id, revision: 2 }], undefined]);
    const field = 'sectionUpdates';
    const answer = (payload: object): Promise<unknown> =>
      answerSubscription(transcriptsService.schema, WATCH, { field, payload });
    const update = (what: string, state: string, revision: number, actor = organizer): object => ({
      __typename: 'SectionUpdate',
      change: what,
      state,
      revision,
      section: { id: sectionId },
      actor: { id: actor.userId },
    });
    expect(await Promise.all(payloads.map(answer))).toEqual([
      update('APPROVED', 'PARTIAL', 1, colleague),
      update('EDITED', 'UNVERIFIED', 2),
      update('DISPUTED', 'DISPUTED', 2, colleague),
    ]);
  });

  it('tell of comments, splits and locks too, a lock once for the whole transcript', async () => {
    const participantUserIds = [organizer.userId, colleague.userId];
    const scene = { meeting: { participantUserIds }, captions: monologue(10) };
    const { id, meeting, sections, segments } = await importScene(service, organizer, scene);
    const [sectionId = ''] = sections;
    await change(COMMENT, { sectionId, text: 'Was it so?' }, colleague);
    await change(SPLIT, { sectionId, atSegmentId: segments[5]?.id });
    const [first, second] = (await sectionsOf(service, id)).map((section) => section.id);
    for (const one of [first, second])
      await change(VERIFY, { sectionId: one, revision: 2, verdict: 'APPROVED' });
    await change(LOCK, { id });
    const told = async (aggregateId: string, count: number): Promise<unknown[]> => {
      const address = { service: 'transcripts', workspaceId, aggregate: 'section', aggregateId };
      const payloads = await readEvents(service.test.namespace, address, count);
      for (const payload of payloads) expect(payload).toMatchObject({ meetingId: meeting.id });
      return await Promise.all(
        payloads.map((payload) =>
          answerSubscription(transcriptsService.schema, WATCH_ALL, { field: 'sectionUpdates', payload }),
        ),
      );
    };
    const transcript = { id };
    const section = { id: first };
    const actor = { id: organizer.userId };
    expect(await told(first ?? '', 3)).toEqual([
      {
        change: 'COMMENTED',
        state: 'UNVERIFIED',
        revision: 1,
        section,
        transcript,
        actor: { id: colleague.userId },
      },
      { change: 'SPLIT', state: 'UNVERIFIED', revision: 2, section, transcript, actor },
      { change: 'APPROVED', state: 'VERIFIED', revision: 2, section, transcript, actor },
    ]);
    expect(await told(second ?? '', 2)).toMatchObject([{ change: 'SPLIT' }, { change: 'APPROVED' }]);
    expect(await told(id, 1)).toEqual([
      { change: 'LOCKED', state: 'VERIFIED', revision: 1, section: null, transcript, actor },
    ]);
  });
});
