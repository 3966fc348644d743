import { meetingUpdated } from '@hoerok/shared/contracts';
import { publishEvent, testViewer, until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Transcript } from '../src/entities/transcript.entity.ts';
import { transcriptRepository } from '../src/repositories/transcript-repository.ts';
import { startRecordings, type TestRecordings, wavOf } from './recordings-service.ts';
import { captions, type Payload } from './transcripts-service.ts';

const organizer = testViewer();
const { workspaceId } = organizer;
const colleague = testViewer({ workspaceId });
const DELETE = `mutation ($id: ID!) { deleteRecording(id: $id, derived: true) { userErrors { code message path } } }`;
const VERIFY = `mutation ($id: ID!) {
  verifySection(sectionId: $id, revision: 1, verdict: APPROVED) { userErrors { code message path } } }`;

describe('the transcript before one that goes with its recording', () => {
  let test: TestRecordings;

  beforeAll(async () => {
    test = await startRecordings();
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  /** Two transcripts of a meeting, of which the current one is said to be of a recording. */
  const twoTranscripts = async (): Promise<{
    meeting: Awaited<ReturnType<TestRecordings['service']['hold']>>;
    recordingId: string;
    before: string;
    current: string;
    verify: () => Promise<void>;
  }> => {
    const { service } = test;
    const meeting = await service.hold(organizer, { verificationPolicy: 'QUORUM' });
    const recordingId = await test.bring(organizer, meeting.id, wavOf(1));
    const before = await service.importCaptions(organizer, meeting.id, captions(3));
    const verify = async (): Promise<void> => {
      const sql = 'SELECT id FROM section WHERE transcript_id = $1';
      const sections: { id: string }[] = await service.database.query(sql, [before.transcript?.id]);
      for (const { id } of sections)
        expect(await service.run(organizer, VERIFY, { id })).toMatchObject({ userErrors: [] });
    };
    await verify();
    const current = await service.importCaptions(organizer, meeting.id, captions(4));
    await service.database.query('UPDATE transcript SET recording_id = $1 WHERE id = $2', [
      recordingId,
      current.transcript?.id,
    ]);
    return {
      meeting,
      recordingId,
      before: before.transcript?.id ?? '',
      current: current.transcript?.id ?? '',
      verify,
    };
  };
  const transcriptsOf = (meetingId: string): Promise<{ id: string; current: boolean; state: string }[]> =>
    test.service.database.query(
      'SELECT id, current, state FROM transcript WHERE meeting_id = $1 ORDER BY id',
      [meetingId],
    );

  it('is back with the states that follow from who takes part by then', async () => {
    const { meeting, recordingId, before } = await twoTranscripts();
    const participantUserIds = [organizer.userId, colleague.userId];
    const payload = { ...meeting, revision: 2, participantUserIds };
    await publishEvent(test.service.test.namespace, meetingUpdated, {
      workspaceId,
      aggregateId: meeting.id,
      payload,
    });
    await until('the colleague is heard of', async () => {
      const sql = 'SELECT 1 FROM meeting_access WHERE meeting_id = $1 AND revision = 2';
      return ((await test.service.database.query(sql, [meeting.id])) as unknown[]).length > 0;
    });
    expect(await test.service.run<Payload>(organizer, DELETE, { id: recordingId })).toMatchObject({
      userErrors: [],
    });
    expect(await transcriptsOf(meeting.id)).toEqual([
      { id: before, current: true, state: 'IN_VERIFICATION' },
    ]);
  });

  it('gives way to an import that ends at the same time', async () => {
    const { meeting, recordingId, before, current } = await twoTranscripts();
    const { database } = test.service;
    const [row] = await transcriptRepository(database.manager, workspaceId).find([before]);
    const imported: Transcript = { ...(row as Transcript), id: 'imported-meanwhile', current: true };
    const deleted = Promise.withResolvers<void>();
    const deleting = database.transaction(async (tx) => {
      const { id: meetingId } = meeting;
      await transcriptRepository(tx, workspaceId).deleteOfRecording({ id: recordingId, meetingId });
      deleted.resolve();
      await until('the import waits for this transaction', async () => {
        const waits =
          'SELECT 1 FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())';
        return ((await database.query(waits)) as unknown[]).length > 0;
      });
    });
    await deleted.promise;
    const importing = database.transaction((tx) =>
      transcriptRepository(tx, workspaceId).insertAsCurrent(imported),
    );
    await Promise.all([deleting, importing]);
    const left = await transcriptsOf(meeting.id);
    expect(left.map(({ id }) => id)).not.toContain(current);
    expect(left.filter((one) => one.current).map(({ id }) => id)).toEqual(['imported-meanwhile']);
  });
});
