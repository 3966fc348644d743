import { describe, expect, it } from 'vitest';
import { hitsOf, sumHits } from './hits.ts';

const utterances = Array.from({ length: 20 }, (_, at) => `u${at}`);

describe('hitsOf', () => {
  it('finds an item within so many utterances, to either side, and not beyond', () => {
    const gold = [['u5']];
    const found = (offer: string): number => hitsOf(utterances, { offers: [[offer]], gold, within: 3 }).found;
    expect(['u1', 'u2', 'u5', 'u8', 'u9'].map(found)).toEqual([0, 1, 1, 1, 0]);
  });

  it('counts an item once however many offers meet it, and an item without evidence never', () => {
    const compared = { offers: [['u5'], ['u6'], ['u15']], gold: [['u5', 'u6'], []], within: 0 };
    expect(hitsOf(utterances, compared)).toEqual({ offered: 3, right: 2, found: 1, gold: 1 });
  });

  it('adds meetings up', () => {
    const one = { offered: 1, right: 1, found: 1, gold: 2 };
    expect(sumHits([one, one])).toEqual({ offered: 2, right: 2, found: 2, gold: 4 });
  });
});
