/** A sentence as weighted terms. */
export type TermVector = ReadonlyMap<number, number>;

const DAMPING = 0.85;
const ROUNDS = 20;

/**
 * How central each sentence is: PageRank over the graph whose edges are the inner products of the sentences' vectors
 * (TextRank, Mihalcea and Tarau 2004; LexRank, Erkan and Radev 2004). The graph is never built: a step multiplies by
 * the sentence-term matrix and its transpose, so a step costs as much as the meeting has words. Sums to 1 over
 * sentences; a sentence without terms keeps the base score.
 */
export function centrality(vectors: readonly TermVector[], termCount: number): Float64Array {
  const count = vectors.length;
  const norms = Float64Array.from(vectors, (vector) => sum(vector, (weight) => weight * weight));
  const ones = new Float64Array(count).fill(1);
  const degrees = neighborSums(vectors, norms, ones, termCount);
  let scores = new Float64Array(count).fill(1 / Math.max(count, 1));
  for (let round = 0; round < ROUNDS; round += 1) {
    const shares = scores.map((score, at) => ((degrees[at] ?? 0) > 1e-9 ? score / (degrees[at] ?? 1) : 0));
    const received = neighborSums(vectors, norms, shares, termCount);
    scores = received.map((value) => (1 - DAMPING) / count + DAMPING * value);
  }
  return scores;
}

/** For each sentence, the sum over all others of similarity times value. */
function neighborSums(
  vectors: readonly TermVector[],
  norms: Float64Array,
  values: Float64Array,
  termCount: number,
): Float64Array<ArrayBuffer> {
  const totals = new Float64Array(termCount);
  for (const [at, vector] of vectors.entries()) {
    const value = values[at] ?? 0;
    for (const [term, weight] of vector) totals[term] = (totals[term] ?? 0) + weight * value;
  }
  return Float64Array.from(vectors, (vector, at) => {
    const all = sum(vector, (weight, term) => weight * (totals[term] ?? 0));
    return Math.max(0, all - (norms[at] ?? 0) * (values[at] ?? 0));
  });
}

function sum(vector: TermVector, of: (weight: number, term: number) => number): number {
  let total = 0;
  for (const [term, weight] of vector) total += of(weight, term);
  return total;
}

/** Inner product; of unit vectors, their cosine. */
export function innerProduct(left: TermVector, right: TermVector): number {
  return sum(left, (weight, term) => weight * (right.get(term) ?? 0));
}
