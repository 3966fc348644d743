import { openSpan } from '@hoerok/shared/statistics';
import { testViewer } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { captions, startTranscripts, type TestTranscripts } from './transcripts-service.ts';

const NUMBERS = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on WorkspaceStatistics {
  transcripts { transcripts words hours sections sectionsVerified verifiedShare } } } }`;

describe('the statistics of transcripts', () => {
  let scene: TestTranscripts;
  beforeAll(async () => {
    scene = await startTranscripts();
  });
  afterAll(async () => {
    await scene[Symbol.asyncDispose]();
  });

  it('count the transcripts of the span that were not replaced, and how much of them is verified', async () => {
    const admin = testViewer({ role: 'ADMIN' });
    const now = Date.now();
    const span = openSpan(admin, { from: new Date(now - 60_000), to: new Date(now + 3_600_000) });
    const r = [{ __typename: 'WorkspaceStatistics', id: span.id }];
    const numbers = (viewer = admin): Promise<unknown> => scene.run(viewer, NUMBERS, { r });
    const none = {
      transcripts: 0,
      words: 0,
      hours: 0,
      sections: 0,
      sectionsVerified: 0,
      verifiedShare: null,
    };
    expect(await numbers()).toEqual([{ transcripts: none }]);
    const meeting = await scene.hold(admin);
    for (let time = 0; time < 2; time += 1) await scene.importCaptions(admin, meeting.id, captions(144));
    const other = await scene.hold(admin);
    await scene.importCaptions(admin, other.id, captions(12));
    await scene.database.query(
      `UPDATE section SET state = 'VERIFIED' WHERE workspace_id = $1 AND position = 0`,
      [admin.workspaceId],
    );
    const [{ transcripts } = expect.fail('nothing came')] = (await numbers()) as {
      transcripts: typeof none;
    }[];
    expect(transcripts).toMatchObject({ transcripts: 2, words: (144 + 12) * 6, sectionsVerified: 2 });
    expect(transcripts.hours).toBeCloseTo((143 * 5 + 4 + 11 * 5 + 4) / 3_600, 6);
    expect(transcripts.verifiedShare).toBeCloseTo(2 / transcripts.sections, 6);
    expect(await numbers(testViewer({ role: 'ADMIN' }))).toEqual([null]);
    const { errors } = await scene.test.execute(testViewer({ workspaceId: admin.workspaceId }), NUMBERS, {
      r,
    });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });
});
