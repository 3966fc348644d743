import { testViewer } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Scene, startScene } from './ai-scene.ts';

const ANALYZE = `mutation ($input: AnalyzeMeetingsInput!) {
  analyzeMeetings(input: $input) { task { id } userErrors { code } } }`;

describe('C33: the analyses of a workspace in a day', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene({ ANALYSES_PER_DAY: '3' });
  });
  afterAll(async () => {
    await scene[Symbol.asyncDispose]();
  });

  it('count each meeting of an order, all of them or none', async () => {
    const organizer = testViewer();
    const analyze = async (count: number): Promise<unknown> => {
      const meetingIds = Array.from({ length: count }, () => scene.hold('ko-dev-2', organizer).id);
      const { data, errors } = await scene.test.execute(organizer, ANALYZE, { input: { meetingIds } });
      const payload = data?.['analyzeMeetings'] as { task: unknown } | null | undefined;
      return errors?.[0]?.extensions?.['code'] ?? payload?.task != null;
    };
    expect([await analyze(2), await analyze(2), await analyze(1), await analyze(1)]).toEqual([
      true,
      'QUOTA_EXCEEDED',
      true,
      'QUOTA_EXCEEDED',
    ]);
  });
});
