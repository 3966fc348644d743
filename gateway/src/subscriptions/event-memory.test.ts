import { describe, expect, it } from 'vitest';
import { createEventMemory } from './event-memory.ts';

const at = (sequence: number, stream = 'S') => ({
  stream,
  sequence,
  id: null,
  name: 'changed',
  payload: {},
  trace: {},
});

describe('the memory of events', () => {
  it('knows the next event after each that it holds, and nothing of what came before them', () => {
    const memory = createEventMemory().forSubject();
    [6, 8, 11].forEach((sequence, index) => memory.add(at(sequence), [5, 6, 8][index] ?? 0));
    expect([5, 6, 7, 9, 12].map((from) => memory.next('S', from)?.sequence)).toEqual([
      undefined,
      6,
      8,
      11,
      undefined,
    ]);
    expect(memory.next('T', 1)).toBeUndefined();
  });

  it('forgets the oldest event of all subjects for the newest', () => {
    const memories = createEventMemory(3);
    const [one, two] = [memories.forSubject(), memories.forSubject()];
    for (const sequence of [1, 2]) one.add(at(sequence), sequence - 1);
    for (const sequence of [1, 2]) two.add(at(sequence), sequence - 1);
    expect([one.next('S', 1)?.sequence, one.next('S', 2)?.sequence]).toEqual([undefined, 2]);
    expect(two.next('S', 1)?.sequence).toBe(1);
  });

  it('claims nothing of a stream that was made anew, nor of a subject that was left', () => {
    const memories = createEventMemory(2);
    const memory = memories.forSubject();
    memory.add(at(1), 0);
    memory.reset('S');
    memory.add(at(1), 0);
    memory.add(at(2), 1);
    expect(memory.next('S', 1)?.sequence).toBe(1);
    memory.clear();
    expect(memory.next('S', 1)).toBeUndefined();
  });
});
