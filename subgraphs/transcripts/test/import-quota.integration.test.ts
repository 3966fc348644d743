import { testViewer } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { captions, IMPORT, startTranscripts, type TestTranscripts } from './transcripts-service.ts';

describe('C33: the imports of a workspace in a day', () => {
  let service: TestTranscripts;
  beforeAll(async () => {
    service = await startTranscripts({ IMPORTS_PER_DAY: '2' });
  });
  afterAll(async () => {
    await service[Symbol.asyncDispose]();
  });

  it('are refused beyond the quota with the time when there are more, and a repeated one costs nothing', async () => {
    const viewer = testViewer();
    const { id: meetingId } = await service.hold(viewer);
    const send = async (clientMutationId: string): Promise<unknown[]> => {
      const input = { meetingId, content: captions(3), clientMutationId };
      const { data, errors } = await service.test.execute(viewer, IMPORT, { input });
      const [payload] = Object.values(data ?? {}) as ({ task: unknown } | null)[];
      return [payload?.task != null, errors?.[0]?.extensions];
    };
    expect([await send('a'), await send('a'), await send('b')]).toEqual(Array(3).fill([true, undefined]));
    expect(await send('c')).toEqual([
      false,
      {
        code: 'QUOTA_EXCEEDED',
        retryable: true,
        resetsAt: expect.stringMatching(/T00:00:00\.000Z$/) as string,
        retryAfterSeconds: expect.any(Number) as number,
      },
    ]);
    expect(await send('b')).toEqual([true, undefined]);
    const rows: unknown[] = await service.database.query('SELECT 1 FROM task WHERE workspace_id = $1', [
      viewer.workspaceId,
    ]);
    expect(rows).toHaveLength(2);
  });
});
