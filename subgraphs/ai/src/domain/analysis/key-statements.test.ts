import { describe, expect, it } from 'vitest';
import { findKeyStatements, SELECTION, selectStatements } from './key-statements.ts';
import ranker from './models/summary-ranker.json' with { type: 'json' };
import { type Sentence, splitSentences } from './sentences.ts';
import { FEATURE_NAMES, summaryFeatures } from './summary-features.ts';
import { tabulateTerms } from './terms.ts';

const segmentsOf = (texts: readonly string[]): Parameters<typeof findKeyStatements>[1] =>
  texts.map((text, index) => ({
    id: `s${index}`,
    startMs: index * 5000,
    endMs: index * 5000 + 1000,
    text,
    speakerLabel: 'Ann',
  }));

function pointsOf(texts: readonly string[]): ReturnType<typeof findKeyStatements> {
  const segments = segmentsOf(texts);
  const sentences = [...splitSentences(segments)];
  return findKeyStatements(sentences, segments, summaryFeatures(sentences, tabulateTerms(sentences)), []);
}

describe('selectStatements', () => {
  const sentences: Sentence[] = [10, 10, 10, 4, 50].map((length, at) => ({
    spans: [],
    startMs: at,
    speakerLabel: '',
    text: 'x',
    korean: false,
    length,
  }));
  const same = new Map([[1, 1]]);
  const vectors = [same, same, new Map([[2, 1]]), new Map([[3, 1]]), new Map([[4, 1]])];

  it('prefers a new statement to a better one that repeats', () => {
    const scores = Float64Array.of(1, 0.6, 0.5, 1, 1);
    expect(selectStatements(sentences, scores, vectors, { ...SELECTION, budgetWords: 20 })).toEqual([0, 2]);
  });

  it('never picks sentences outside the length limits and keeps the budget', () => {
    const scores = Float64Array.of(0.1, 0.2, 0.3, 9, 9);
    expect(selectStatements(sentences, scores, vectors, { ...SELECTION, budgetWords: 29 })).toEqual([1, 2]);
  });
});

describe('findKeyStatements', () => {
  it('weighs the features it measures', () => {
    expect(ranker.names).toEqual(FEATURE_NAMES);
    expect(ranker.weights).toHaveLength(FEATURE_NAMES.length);
  });

  it('returns sentences in time order with their speaker and source', () => {
    const texts = Array.from(
      { length: 40 },
      (_, at) => `The turbine number ${at} needs a new blade before the winter storms arrive.`,
    );
    const points = pointsOf(texts);
    const order = points.map((point) => Number(point.evidence[0]?.segmentId.slice(1)));
    expect(order).toEqual(order.toSorted((left, right) => left - right));
    expect(points.length).toBeGreaterThan(3);
    expect(points.every((point) => point.speakerLabel === 'Ann')).toBe(true);
  });

  it('gives the longest sentence of a meeting of short ones, and none for silence', () => {
    expect(pointsOf(['Hello.', 'Nice to see you.', 'Bye.']).map((point) => point.text)).toEqual([
      'Nice to see you.',
    ]);
    expect(pointsOf([])).toEqual([]);
  });
});
