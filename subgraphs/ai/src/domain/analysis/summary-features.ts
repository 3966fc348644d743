import { centrality, type TermVector } from './centrality.ts';
import type { Sentence } from './sentences.ts';
import type { TermTable } from './terms.ts';

/** What the ranker knows about a sentence, in the order of its weights. Nothing here depends on a language. */
export const FEATURE_NAMES = [
  /** PageRank over shared content words, damped by length. */
  'textRank',
  /** Content words per word. */
  'contentShare',
  'length',
  /** Sum over its content words of the logarithm of the number of sentences that share the word. */
  'frequencySum',
  /** Content words never said before. */
  'newTerms',
  /** 1 in the first tenth of the meeting. */
  'firstTenth',
] as const;

/** What one meeting's sentences look like to the ranker. */
export interface SentenceFeatures {
  /** One row per sentence in the order of FEATURE_NAMES; each column has mean 0 and deviation 1 over the meeting. */
  readonly rows: readonly Float64Array[];
  /** Unit TF-IDF vectors, by which redundancy is judged. */
  readonly vectors: readonly TermVector[];
}

/** Measures every sentence of a meeting. */
export function summaryFeatures(sentences: readonly Sentence[], table: TermTable): SentenceFeatures {
  const count = sentences.length;
  const idf = table.sentenceCounts.map((seen) => Math.log(1 + count / seen));
  const vectors = table.termsOf.map((terms) => unitVector(terms, idf));
  const ranks = centrality(dampedVectors(sentences, table), table.stems.length);
  const seen = new Set<number>();
  const rows = sentences.map((sentence, at) => {
    const terms = table.termsOf[at] ?? [];
    const frequencySum = terms.reduce((sum, term) => sum + Math.log(table.sentenceCounts[term] ?? 1), 0);
    const newTerms = terms.filter((term) => !seen.has(term)).length;
    for (const term of terms) seen.add(term);
    return Float64Array.of(
      (ranks[at] ?? 0) * count,
      terms.length / Math.max(sentence.length, 1),
      sentence.length,
      frequencySum,
      newTerms,
      Number(at < count / 10),
    );
  });
  standardize(rows);
  return { rows, vectors };
}

/** Binary vectors scaled so that an edge is about TextRank's: shared words over the logarithm of the lengths. */
function dampedVectors(sentences: readonly Sentence[], table: TermTable): TermVector[] {
  return table.termsOf.map((terms, at) => {
    const weight = 1 / Math.sqrt(Math.log(2 + (sentences[at]?.length ?? 0)));
    return new Map(terms.map((term) => [term, weight]));
  });
}

function unitVector(terms: readonly number[], idf: readonly number[]): TermVector {
  const norm = Math.hypot(...terms.map((term) => idf[term] ?? 0));
  return new Map(terms.map((term) => [term, (idf[term] ?? 0) / norm]));
}

function standardize(rows: readonly Float64Array[]): void {
  const count = Math.max(rows.length, 1);
  for (let column = 0; column < FEATURE_NAMES.length; column += 1) {
    const mean = rows.reduce((sum, row) => sum + (row[column] ?? 0), 0) / count;
    const variance = rows.reduce((sum, row) => sum + ((row[column] ?? 0) - mean) ** 2, 0) / count;
    const deviation = Math.sqrt(variance);
    for (const row of rows) row[column] = deviation < 1e-9 ? 0 : ((row[column] ?? 0) - mean) / deviation;
  }
}
