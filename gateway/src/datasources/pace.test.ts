import { describe, expect, it } from 'vitest';
import { createPace, type Paced } from './pace.ts';

const KIB = 1024;
const turn = async (): Promise<void> => await new Promise((resolve) => setImmediate(resolve));

function reader(
  pace: (bytes: number, reading: Paced) => void,
  onResume?: () => void,
): Paced & { log: string[] } {
  const log: string[] = [];
  const reading = {
    log,
    aborted: false,
    pause: () => void log.push('pause'),
    resume: () => {
      log.push('resume');
      onResume?.();
      pace(200 * KIB, reading);
    },
  };
  return reading;
}

describe('a pace', () => {
  it('lets what is small pass', async () => {
    const pace = createPace();
    const small = reader(pace);
    for (let time = 0; time < 3; time += 1) pace(80 * KIB, small);
    await turn();
    pace(80 * KIB, small);
    expect(small.log).toEqual([]);
  });

  it('pauses whoever reads when a turn is used up, and gives the next turns in order', async () => {
    const pace = createPace();
    const order: string[] = [];
    const [a, b, c] = ['a', 'b', 'c'].map((name) => reader(pace, () => void order.push(name)));
    if (a === undefined || b === undefined || c === undefined) throw new Error('three readers');
    for (const one of [a, b, c]) pace(300 * KIB, one);
    expect([a.log, b.log, c.log]).toEqual([['pause'], ['pause'], ['pause']]);
    await turn();
    // Two of 200 KiB use the turn up; the third is first in the next.
    expect(order).toEqual(['a', 'b']);
    await turn();
    expect(order).toEqual(['a', 'b', 'c', 'b']);
  });

  it('gives no turn to what is over', async () => {
    const pace = createPace();
    const gone = Object.assign(reader(pace), { aborted: true });
    pace(300 * KIB, gone);
    await turn();
    expect(gone.log).toEqual(['pause']);
  });
});
