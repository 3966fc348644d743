import { describe, expect, it } from 'vitest';
import { createEventSharing } from './event-sharing.ts';

const alive = () => new AbortController().signal;

function bench() {
  let now = 0;
  const share = createEventSharing<number>(() => now);
  const runs: { signal: AbortSignal; answer: PromiseWithResolvers<number> }[] = [];
  const execute = async (signal: AbortSignal): Promise<number> => {
    const answer = Promise.withResolvers<number>();
    runs.push({ signal, answer });
    return await answer.promise;
  };
  return { share, runs, execute, pass: (ms: number) => (now += ms) };
}

describe('the sharing of events', () => {
  it('executes an event once for identical subscribers, also for one that comes a moment later', async () => {
    const { share, runs, execute } = bench();
    const event = {};
    const answers = Array.from({ length: 500 }, () => share({ event, scope: 'a', signal: alive(), execute }));
    runs[0]?.answer.resolve(7);
    expect(new Set(await Promise.all(answers))).toEqual(new Set([7]));
    expect(await share({ event, scope: 'a', signal: alive(), execute })).toBe(7);
    expect(runs).toHaveLength(1);
  });

  it('executes it for each scope, and each event for itself', async () => {
    const { share, runs, execute } = bench();
    const [event, other] = [{}, {}];
    const answers = [
      share({ event, scope: 'a', signal: alive(), execute }),
      share({ event, scope: 'b', signal: alive(), execute }),
      share({ event: other, scope: 'a', signal: alive(), execute }),
    ];
    for (const [index, { answer }] of runs.entries()) answer.resolve(index);
    expect(await Promise.all(answers)).toEqual([0, 1, 2]);
  });

  it('tells no answer that is older than a moment', async () => {
    const { share, runs, execute, pass } = bench();
    const event = {};
    const first = share({ event, scope: 'a', signal: alive(), execute });
    runs[0]?.answer.resolve(1);
    await first;
    pass(2_000);
    void share({ event, scope: 'a', signal: alive(), execute });
    expect(runs).toHaveLength(2);
  });

  it('goes on when one who waits leaves, and is abandoned with the last one', () => {
    const { share, runs, execute } = bench();
    const event = {};
    const [one, two] = [new AbortController(), new AbortController()];
    void share({ event, scope: 'a', signal: one.signal, execute });
    void share({ event, scope: 'a', signal: two.signal, execute });
    one.abort();
    expect(runs[0]?.signal.aborted).toBe(false);
    two.abort();
    expect(runs[0]?.signal.aborted).toBe(true);
    void share({ event, scope: 'a', signal: alive(), execute });
    expect(runs).toHaveLength(2);
  });

  it('does not keep a failure', async () => {
    const { share, runs, execute } = bench();
    const event = {};
    const failing = share({ event, scope: 'a', signal: alive(), execute });
    runs[0]?.answer.reject(new Error('no'));
    await expect(failing).rejects.toThrow('no');
    void share({ event, scope: 'a', signal: alive(), execute });
    expect(runs).toHaveLength(2);
  });
});
