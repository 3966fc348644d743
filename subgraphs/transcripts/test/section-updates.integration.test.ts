import { answerSubscription, readEvents, testViewer } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transcriptsService } from '../src/service.ts';
import { captions, type Payload, startTranscripts, type TestTranscripts } from './transcripts-service.ts';

const organizer = testViewer();
const { workspaceId } = organizer;
const colleague = testViewer({ workspaceId });

const VERIFY = `mutation ($sectionId: ID!, $revision: Int!, $verdict: Verdict!) {
  verifySection(sectionId: $sectionId, revision: $revision, verdict: $verdict) { userErrors { code } } }`;
const EDIT = `mutation ($input: EditSectionInput!) { editSection(input: $input) { userErrors { code } } }`;
const WATCH = `subscription { sectionUpdates(meetingId: "m") {
  __typename change state revision section { id } actor { id } } }`;

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
});
