import { describe, expect, it } from 'vitest';
import { centrality, innerProduct } from './centrality.ts';

const vector = (...terms: number[]): Map<number, number> => new Map(terms.map((term) => [term, 1]));

describe('centrality', () => {
  it('ranks the sentence that shares words with all others first', () => {
    const scores = centrality([vector(0, 1), vector(0, 2), vector(1, 3), vector(0, 1, 2, 3)], 4);
    expect(scores.indexOf(Math.max(...scores))).toBe(3);
  });

  it('equals PageRank over the explicit graph', () => {
    const vectors = [vector(0, 1), vector(0, 2), vector(1, 2, 3), vector(3)];
    const edge = (from: number, to: number): number =>
      from === to ? 0 : innerProduct(vectors[from] ?? vector(), vectors[to] ?? vector());
    const degree = vectors.map((_, from) => vectors.reduce((sum, __, to) => sum + edge(from, to), 0));
    let scores = vectors.map(() => 0.25);
    for (let round = 0; round < 20; round += 1) {
      scores = scores.map((_, to) =>
        scores.reduce(
          (sum, score, from) => sum + (0.85 * score * edge(from, to)) / (degree[from] ?? 1),
          0.15 / 4,
        ),
      );
    }
    for (const [at, score] of centrality(vectors, 4).entries())
      expect(score).toBeCloseTo(scores[at] ?? 0, 10);
  });

  it('gives sentences without shared words the base score', () => {
    for (const score of centrality([vector(0), vector(1), vector()], 2)) expect(score).toBeCloseTo(0.05, 10);
    expect([...centrality([], 0)]).toEqual([]);
  });
});
