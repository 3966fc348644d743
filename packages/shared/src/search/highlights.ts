import type { ParsedSearch, SearchTerm } from './parse-search.ts';
import { type Token, tokensOf } from './tokens.ts';

/** A part of a text, in UTF-16 code units; `endChar` is behind the last. */
export interface TextRange {
  readonly startChar: number;
  readonly endChar: number;
}

/** The stem of each word, in lower case; `''` for one that searches leave out, as `the`. */
export type Stems = ReadonlyMap<string, string>;

/** The words whose stems {@link highlightsOf} needs, in lower case. */
export function wordsOf(search: ParsedSearch, texts: readonly string[]): string[] {
  const words = [...search.terms.flatMap(({ tokens }) => tokens), ...texts.flatMap(tokensOf)];
  return [...new Set(words.filter(({ syllable }) => !syllable).map(({ text }) => text.toLowerCase()))];
}

/** Where the terms of a search stand in a text; in order, none overlaps another. */
export function highlightsOf(text: string, search: ParsedSearch, stems: Stems): TextRange[] {
  const tokens = tokensOf(text);
  const keyOf = (token: Token): string => {
    if (token.syllable) return token.text;
    const word = token.text.toLowerCase();
    return stems.get(word) ?? word;
  };
  const keys = tokens.map(keyOf);
  const found = search.terms
    .filter(({ excluded }) => !excluded)
    .flatMap((term) => placesOf(withoutEdges(term, keyOf), { tokens, keys, keyOf }));
  return merge(found);
}

interface TokenizedText {
  readonly tokens: readonly Token[];
  readonly keys: readonly string[];
  readonly keyOf: (token: Token) => string;
}

/** Words that searches leave out count inside a phrase only: there each stands for any word. */
function withoutEdges({ tokens }: SearchTerm, keyOf: (token: Token) => string): readonly Token[] {
  const counts = (token: Token): boolean => keyOf(token) !== '';
  return tokens.slice(tokens.findIndex(counts), tokens.findLastIndex(counts) + 1);
}

function placesOf(wanted: readonly Token[], { tokens, keys, keyOf }: TokenizedText): TextRange[] {
  const ranges: TextRange[] = [];
  for (let place = 0; place + wanted.length <= tokens.length && wanted.length > 0; place += 1) {
    const fits = wanted.every((token, offset) => {
      const key = keyOf(token);
      const there = tokens[place + offset];
      if (key !== '' && key !== keys[place + offset]) return false;
      // Inside a phrase runs begin and end where those of the text do.
      return offset === 0 || there?.joined === token.joined;
    });
    const [first, last] = [tokens[place], tokens[place + wanted.length - 1]];
    if (fits && first !== undefined && last !== undefined)
      ranges.push({ startChar: first.start, endChar: last.end });
  }
  return ranges;
}

function merge(ranges: readonly TextRange[]): TextRange[] {
  const merged: TextRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.startChar - b.startChar || b.endChar - a.endChar)) {
    const last = merged.at(-1);
    if (last === undefined || range.startChar > last.endChar) merged.push(range);
    else merged[merged.length - 1] = { ...last, endChar: Math.max(last.endChar, range.endChar) };
  }
  return merged;
}
