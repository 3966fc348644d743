import { porterStem } from '../../subgraphs/ai/src/domain/analysis/porter-stem.ts';

/** ROUGE F measures of one text against one reference, 0 to 100. */
export interface Rouge {
  readonly rouge1: number;
  readonly rouge2: number;
  readonly rougeLsum: number;
}

/**
 * Tokens as the `rouge-score` package of Google Research makes them with its stemmer on: lower case, split at anything
 * but a to z and digits, words of more than three letters Porter-stemmed.
 */
export function rougeTokens(text: string): string[] {
  const tokens = text.toLowerCase().split(/[^a-z0-9]+/u);
  return tokens
    .filter((token) => token !== '')
    .map((token) => (token.length > 3 ? porterStem(token) : token));
}

const f1 = (matches: number, candidate: number, reference: number): number =>
  matches === 0 ? 0 : (200 * matches) / (candidate + reference);

function ngrams(tokens: readonly string[], size: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let at = 0; at + size <= tokens.length; at += 1) {
    const gram = tokens.slice(at, at + size).join(' ');
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

/** ROUGE-N F: overlap of word n-grams with clipped counts (Lin 2004). */
export function rougeN(candidate: readonly string[], reference: readonly string[], size: number): number {
  const theirs = ngrams(reference, size);
  let matches = 0;
  for (const [gram, count] of ngrams(candidate, size)) matches += Math.min(count, theirs.get(gram) ?? 0);
  return f1(matches, Math.max(candidate.length - size + 1, 0), Math.max(reference.length - size + 1, 0));
}

/** Positions in `reference` of one longest common subsequence with `candidate`. */
function commonSubsequence(reference: readonly string[], candidate: readonly string[]): number[] {
  const width = candidate.length + 1;
  const lengths = new Uint16Array((reference.length + 1) * width);
  const at = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  for (let row = 1; row <= reference.length; row += 1) {
    for (let column = 1; column < width; column += 1) {
      const same = reference[row - 1] === candidate[column - 1];
      lengths[row * width + column] = same
        ? at(row - 1, column - 1) + 1
        : Math.max(at(row - 1, column), at(row, column - 1));
    }
  }
  const positions: number[] = [];
  for (let row = reference.length, column = width - 1; row > 0 && column > 0; ) {
    if (reference[row - 1] === candidate[column - 1]) {
      positions.push(row - 1);
      row -= 1;
      column -= 1;
    } else if (at(row, column - 1) > at(row - 1, column)) column -= 1;
    else row -= 1;
  }
  return positions;
}

/** ROUGE-Lsum F: union of the longest common subsequences of each reference sentence with each candidate sentence. */
export function rougeLsum(candidates: readonly string[][], references: readonly string[][]): number {
  const left = ngrams(candidates.flat(), 1);
  const leftOfReference = ngrams(references.flat(), 1);
  let matches = 0;
  for (const reference of references) {
    const union = new Set(candidates.flatMap((candidate) => commonSubsequence(reference, candidate)));
    for (const position of union) {
      const token = reference[position] ?? '';
      if ((left.get(token) ?? 0) <= 0 || (leftOfReference.get(token) ?? 0) <= 0) continue;
      matches += 1;
      left.set(token, (left.get(token) ?? 0) - 1);
      leftOfReference.set(token, (leftOfReference.get(token) ?? 0) - 1);
    }
  }
  return f1(matches, candidates.flat().length, references.flat().length);
}

/** Scores sentences of a summary against sentences of the reference. */
export function rouge(candidate: readonly string[], reference: readonly string[]): Rouge {
  const candidates = candidate.map(rougeTokens);
  const references = reference.map(rougeTokens);
  return {
    rouge1: rougeN(candidates.flat(), references.flat(), 1),
    rouge2: rougeN(candidates.flat(), references.flat(), 2),
    rougeLsum: rougeLsum(candidates, references),
  };
}
