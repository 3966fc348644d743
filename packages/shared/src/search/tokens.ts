/** Separates words; the same characters as in search-migration.ts. */
const PUNCTUATION =
  /[\s\p{Cc}\u0021-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u2000-\u206f\u2190-\u2bff\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\u{1f000}-\u{1faff}]+/u;
const TOKENS = new RegExp(`[\\uac00-\\ud7a3]|(?:(?!${PUNCTUATION.source})[^\\uac00-\\ud7a3])+`, 'gu');
const SYLLABLE = /^[\uac00-\ud7a3]$/;

/** What has one position in a text: a syllable of Hangul, or a word of anything else. */
export interface Token {
  readonly text: string;
  readonly syllable: boolean;
  /** True for a syllable right behind another one. */
  readonly joined: boolean;
  /** In UTF-16 code units, `end` behind the last. */
  readonly start: number;
  readonly end: number;
}

/** The tokens of a text as search_tokens() of the database has them, in order. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const { 0: found, index } of text.matchAll(TOKENS)) {
    const before = tokens.at(-1);
    const syllable = SYLLABLE.test(found);
    const joined = syllable && before?.syllable === true && before.end === index;
    tokens.push({ text: found, syllable, joined, start: index, end: index + found.length });
  }
  return tokens;
}
