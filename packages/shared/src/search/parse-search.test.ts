import { describe, expect, it } from 'vitest';
import { parseSearch, tryParseSearch } from './parse-search.ts';

const terms = (text: string): unknown => JSON.parse(parseSearch(text).json);
const term = (phrase: string, syllable: string | null = null, excluded = false): object => ({
  phrase,
  syllable,
  excluded,
});

describe('parseSearch', () => {
  it('takes words, quoted phrases and what must not be there', () => {
    expect(terms('budget "release plan" -draft -"old version"')).toEqual([
      term('budget'),
      term('release plan'),
      term('draft', null, true),
      term('old version', null, true),
    ]);
  });

  it('makes pairs of Hangul, and leaves the last syllable open for a particle', () => {
    expect(terms('회의록')).toEqual([term('회의 의록')]);
    expect(terms('"주간 회의"')).toEqual([term('주간 간 회의')]);
    expect(terms('API를')).toEqual([term('API', '를')]);
    expect(terms('돈')).toEqual([term('', '돈')]);
  });

  it('composes syllables that came in parts', () => {
    expect(terms('회의'.normalize('NFD'))).toEqual([term('회의')]);
  });

  it.each(["a' & !b | (c:*)", 'a <-> b', "'); DROP--", 'x\\', '"never closed', '“curly quotes”', '한글:*'])(
    'finds only words in %s',
    (text) => {
      const found = terms(text) as { phrase: string; syllable: string | null }[];
      for (const { phrase, syllable } of found) {
        expect(phrase).toMatch(/^[\p{L}\p{N} ]*$/u);
        expect(syllable ?? '한').toMatch(/^[가-힣]$/);
      }
    },
  );

  it.each([
    ['  ', 'needs a word'],
    ['-', 'needs a word'],
    ['-draft', 'needs a word'],
    ['"" … !', 'needs a word'],
    ['a'.repeat(201), 'at most 200 characters'],
    ['a '.repeat(21), 'at most 20 words'],
  ])('refuses %s', (text, reason) => {
    expect(() => parseSearch(text, ['filter', 'text'])).toThrow(
      expect.objectContaining({
        code: 'BAD_INPUT',
        message: expect.stringContaining(reason) as string,
        extensions: { path: ['filter', 'text'] },
      }),
    );
  });

  it('stays linear in what is hostile', () => {
    for (const text of ['"'.repeat(200), '-'.repeat(200), '-"'.repeat(100)])
      expect(() => parseSearch(text)).toThrow(/needs a word/);
  });

  it('says when a text holds nothing to find at all', () => {
    expect(tryParseSearch(' ?! ')).toBeNull();
    expect(tryParseSearch('plan')).not.toBeNull();
  });
});
