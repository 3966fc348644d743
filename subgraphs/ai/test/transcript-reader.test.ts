import { describe, expect, it } from 'vitest';
import { createTranscriptReader, type SpokenMeeting } from '../src/services/transcript-reader.ts';
import { createNeighbors, type HeldMeeting, readFixture } from './neighbors.ts';

const neighbors = createNeighbors();
const reader = createTranscriptReader(neighbors.gateway);

function hold(id: string): HeldMeeting {
  const fixture = readFixture('ko-dev-1');
  const users = { [fixture.participants[0] ?? '']: 'u1' };
  const held = { workspaceId: 'w1', id: `m-${id}`, transcriptId: id, fixture, users, transcriptRevision: 1 };
  neighbors.meetings.push(held);
  return held;
}

const readAll = (
  transcriptId: string,
  over: { workspaceId?: string; signal?: AbortSignal; onPage?: (share: number) => void } = {},
): Promise<SpokenMeeting> =>
  reader.readAll({
    workspaceId: 'w1',
    transcriptId,
    signal: new AbortController().signal,
    onPage: () => undefined,
    ...over,
  });

describe('readAll', () => {
  it('reads every page in order and tells how far it is', async () => {
    const held = hold('t1');
    const shares: number[] = [];
    const { segments } = await readAll('t1', { onPage: (share) => shares.push(share) });
    expect(segments.map(({ text }) => text)).toEqual(held.fixture.segments.map(({ text }) => text));
    expect(shares).toEqual([10 / 28, 20 / 28, 1]);
  });

  it('wants another attempt when the transcript was edited between two pages', async () => {
    const held = hold('t2');
    const edited = readAll('t2', { onPage: () => (held.transcriptRevision += 1) });
    await expect(edited).rejects.toMatchObject({ code: 'CONFLICT', retryable: true });
  });

  it('gives up on a transcript that is not in the workspace', async () => {
    hold('t3');
    await expect(readAll('t3', { workspaceId: 'w2' })).rejects.toMatchObject({
      name: 'PermanentError',
      code: 'NOT_FOUND',
    });
  });

  it('asks for no further page once aborted', async () => {
    hold('t4');
    const abort = new AbortController();
    const reason = new Error('no longer wanted');
    const shares: number[] = [];
    const aborted = readAll('t4', {
      signal: abort.signal,
      onPage: (share) => {
        shares.push(share);
        abort.abort(reason);
      },
    });
    await expect(aborted).rejects.toBe(reason);
    expect(shares).toHaveLength(1);
  });
});
