import { innerProduct, type TermVector } from './centrality.ts';
import { statementText } from './cleaning.ts';
import type { AnalysisSegment, DraftKeyword, DraftPoint } from './draft-minutes.ts';
import ranker from './models/summary-ranker.json' with { type: 'json' };
import { evidenceOf, type Sentence } from './sentences.ts';
import type { SentenceFeatures } from './summary-features.ts';

/** How key statements are chosen from scored sentences. Lengths are in words as `Sentence.length` counts them. */
export interface SelectionOptions {
  /** Weight of the score against newness, 0 to 1. */
  readonly lambda: number;
  readonly minWords: number;
  readonly maxWords: number;
  /** The chosen sentences together have at most this many words. */
  readonly budgetWords: number;
}

/** The limits under which the ranker was learned and measured. */
export const SELECTION: SelectionOptions = { lambda: 0.55, minWords: 8, maxWords: 35, budgetWords: 140 };

// A short meeting is not quoted back whole.
const BUDGET_SHARE = 0.3;
const MIN_BUDGET_WORDS = 40;
const NO_TERMS: TermVector = new Map();

/** The ranker's score of each sentence: the weighted sum of its features. */
export function statementScores(features: SentenceFeatures, weights: readonly number[]): Float64Array {
  return Float64Array.from(features.rows, (row) =>
    row.reduce((sum, value, column) => sum + value * (weights[column] ?? 0), 0),
  );
}

/**
 * Picks sentences by maximal marginal relevance (Carbonell and Goldstein 1998) until the budget is full, and returns
 * their indexes in time order. Sentences outside the length limits are never picked.
 */
export function selectStatements(
  sentences: readonly Sentence[],
  scores: Float64Array,
  vectors: readonly TermVector[],
  options: SelectionOptions,
): number[] {
  const lengthOf = (at: number): number => sentences[at]?.length ?? 0;
  const eligible = sentences
    .map((_, at) => at)
    .filter((at) => lengthOf(at) >= options.minWords && lengthOf(at) <= options.maxWords);
  const relevance = relativeScores(scores, eligible);
  const overlap = new Float64Array(sentences.length);
  const gain = (at: number): number =>
    options.lambda * (relevance.get(at) ?? 0) - (1 - options.lambda) * (overlap[at] ?? 0);
  const chosen: number[] = [];
  let room = options.budgetWords;
  for (;;) {
    let best = -1;
    for (const at of relevance.keys()) {
      if (lengthOf(at) <= room && (best < 0 || gain(at) > gain(best))) best = at;
    }
    if (best < 0) return chosen.toSorted((left, right) => left - right);
    chosen.push(best);
    room -= lengthOf(best);
    relevance.delete(best);
    for (const at of relevance.keys()) {
      const similarity = innerProduct(vectors[at] ?? NO_TERMS, vectors[best] ?? NO_TERMS);
      overlap[at] = Math.max(overlap[at] ?? 0, similarity);
    }
  }
}

/** Scores of the eligible sentences, stretched to 0 for the least and 1 for the best. */
function relativeScores(scores: Float64Array, eligible: readonly number[]): Map<number, number> {
  let low = Infinity;
  let high = -Infinity;
  for (const at of eligible) {
    low = Math.min(low, scores[at] ?? 0);
    high = Math.max(high, scores[at] ?? 0);
  }
  const range = high - low || 1;
  return new Map(eligible.map((at) => [at, ((scores[at] ?? 0) - low) / range]));
}

/**
 * The key statements of a meeting in time order, with their speakers. A meeting whose every sentence is too short or
 * too long gives its longest one; a meeting without sentences gives none.
 */
export function findKeyStatements(
  sentences: readonly Sentence[],
  segments: readonly AnalysisSegment[],
  features: SentenceFeatures,
  keywords: readonly DraftKeyword[],
): DraftPoint[] {
  const scores = statementScores(features, ranker.weights);
  const total = sentences.reduce((sum, sentence) => sum + sentence.length, 0);
  const budgetWords = Math.min(SELECTION.budgetWords, Math.max(MIN_BUDGET_WORDS, total * BUDGET_SHARE));
  const selected = selectStatements(sentences, scores, features.vectors, { ...SELECTION, budgetWords });
  const chosen = selected.length > 0 ? selected : longest(sentences);
  const relevance = relativeScores(
    scores,
    sentences.map((_, at) => at),
  );
  return chosen.flatMap((at) => {
    const sentence = sentences[at];
    if (sentence === undefined) return [];
    const evidence = evidenceOf(sentence, segments);
    const topic = keywords.find((keyword) =>
      evidence.some(({ segmentId, quote }) => says(keyword, segmentId, quote)),
    );
    return [
      {
        text: statementText(sentence.text),
        evidence,
        confidence: Math.round((relevance.get(at) ?? 0) * 100) / 100,
        speakerLabel: sentence.speakerLabel,
        ...(topic === undefined ? {} : { topic: topic.text }),
      },
    ];
  });
}

function says(keyword: DraftKeyword, segmentId: string, quote: string): boolean {
  return keyword.segmentIds.includes(segmentId) && quote.toLowerCase().includes(keyword.text.toLowerCase());
}

function longest(sentences: readonly Sentence[]): number[] {
  let best = -1;
  for (const [at, sentence] of sentences.entries()) {
    if (sentence.text !== '' && (best < 0 || sentence.length > (sentences[best]?.length ?? 0))) best = at;
  }
  return best < 0 ? [] : [best];
}
