import { describe, expect, it } from 'vitest';
import { type ComparedItem, type ComparedQuote, quotesAreKept, sameItems } from './same-items.ts';

const words = (quote: string, over: Partial<ComparedQuote> = {}): ComparedQuote => {
  const { startChar = 0 } = over;
  return {
    segmentId: 's1',
    segmentRevision: 1,
    quote,
    startChar,
    endChar: startChar + quote.length,
    ...over,
  };
};
const item = (id: string, ...evidence: readonly ComparedQuote[]): ComparedItem => {
  return { id, kind: 'ACTION', icalUid: null, evidence };
};
const pairs = (decided: readonly ComparedItem[], suggested: readonly ComparedItem[]): object =>
  Object.fromEntries(sameItems(decided, suggested));

describe('sameItems', () => {
  it('pairs items that rest on the same words, also of another transcript', () => {
    const after = item('new', words('I will  send it.', { segmentId: 's9' }));
    expect(pairs([item('old', words('I will send it.'))], [after])).toEqual({ old: 'new' });
  });

  it('tells two promises of one sentence apart', () => {
    const both = [words('I will call'), words('and Dana will write', { startChar: 12 })] as const;
    const decided = [item('a', both[0]), item('b', both[1])];
    expect(pairs(decided, [item('B', both[1]), item('A', both[0])])).toEqual({ a: 'A', b: 'B' });
    expect(pairs(decided, [item('B', both[1])])).toEqual({ b: 'B' });
  });

  it('pairs what is said in the same place when the words were corrected, or quoted at another length', () => {
    const old = item('old', words('I will send four.'));
    const corrected = item('new', words('I will send five.', { segmentRevision: 2 }));
    expect(pairs([old], [corrected])).toEqual({ old: 'new' });
    expect(pairs([old], [item('new', words('will send', { startChar: 2 }))])).toEqual({ old: 'new' });
    expect(pairs([old], [item('new', words('Later.', { startChar: 30 }))])).toEqual({});
  });

  it('pairs an appointment with itself, and no item with one of another kind', () => {
    const appointment = { ...item('old', words('On Monday.')), kind: 'SCHEDULE', icalUid: 'u' } as const;
    const again = { ...item('new', words('Yes, Monday.', { segmentId: 's2' })), kind: 'SCHEDULE' } as const;
    expect(pairs([appointment], [{ ...again, icalUid: 'u' }])).toEqual({ old: 'new' });
    expect(pairs([appointment], [again])).toEqual({});
    expect(pairs([appointment], [item('new', words('On Monday.'))])).toEqual({});
  });
});

describe('quotesAreKept', () => {
  it('says whether all words that an item rests on are there', () => {
    const old = item('old', words('One.'), words('Two.'));
    expect(quotesAreKept(old, item('new', words('Two.'), words('One.'), words('Three.')))).toBe(true);
    expect(quotesAreKept(old, item('new', words('One.')))).toBe(false);
  });
});
