/** A particle by its form after a final consonant and its form after a vowel. */
export type Particle = '이/가' | '을/를';

const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
const FINALS = 28;

/** Digits that are read with a final consonant: 영 일 삼 육 칠 팔; 십, 백, 천 and 만 have one as well. */
const CLOSED_DIGITS = '013678';

/**
 * The particle that follows a word, for example `가` after `회의`. Where letters do not tell how the word is read (Latin
 * and other scripts) both forms are given, `이(가)`, as Korean practice is. Quotes and punctuation at the end are skipped.
 */
export function particleAfter(word: string, particle: Particle): string {
  const [afterConsonant = '', afterVowel = ''] = particle.split('/');
  const closed = endsClosed(word.replace(/[^\p{L}\p{N}]+$/u, '').at(-1) ?? '');
  if (closed === undefined) return `${afterConsonant}(${afterVowel})`;
  return closed ? afterConsonant : afterVowel;
}

function endsClosed(letter: string): boolean | undefined {
  if (/^\d$/.test(letter)) return CLOSED_DIGITS.includes(letter);
  const code = letter.charCodeAt(0);
  if (!(code >= FIRST_SYLLABLE && code <= LAST_SYLLABLE)) return undefined;
  return (code - FIRST_SYLLABLE) % FINALS !== 0;
}
