import { describe, expect, it } from 'vitest';
import { rouge, rougeTokens } from './rouge.ts';

describe('rouge', () => {
  // Values of the tests of Google Research's rouge-score package.
  it('gives full marks to the same text and none to a different one', () => {
    expect(rouge(['testing one two'], ['testing one two'])).toEqual({
      rouge1: 100,
      rouge2: 100,
      rougeLsum: 100,
    });
    expect(rouge(['testing one two'], ['none there'])).toEqual({ rouge1: 0, rouge2: 0, rougeLsum: 0 });
  });

  it('measures overlap as the harmonic mean of recall and precision', () => {
    const scores = rouge(['testing one two'], ['testing']);
    expect(scores.rouge1).toBeCloseTo(50);
    expect(scores.rouge2).toBe(0);
  });

  it('joins the common subsequences of several sentences', () => {
    // Lin 2004, section 3.2: w1 w2 w3 w4 w5 against two candidate sentences covers four of five.
    const scores = rouge(['w1 w2 w6 w7 w8', 'w1 w3 w8 w9 w5'], ['w1 w2 w3 w4 w5']);
    expect(scores.rougeLsum).toBeCloseTo((2 * 100 * (4 / 10) * (4 / 5)) / (4 / 10 + 4 / 5));
  });

  it('stems words of more than three letters', () => {
    expect(rougeTokens('The Meetings were  re-scheduled, was 2-day')).toEqual(
      'the meet were re schedul was 2 day'.split(' '),
    );
  });
});
