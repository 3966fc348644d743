const ANNOTATION = /\{[a-z ]*\}|\[(?:laughter|noise|inaudible|crosstalk|music|applause)\]/giu;
const FILLER = /^(?:u+h+|u+m+|uh-?huh|uhm|erm?|hmm+|mm+|mm-hmm|ah|음+|어+|으음|에)$/iu;
const SHORT_WORDS = new Set(
  'a i an as at be by do go he if in is it me my no of on or so to up us we ok tv pr qa ui id am'.split(' '),
);
const LEADING_WORDS =
  /^(?:(?:okay|ok|so|well|and|but|yeah|yes|yep|right|alright|great|oh|then|now|also|anyway|actually|네|예|아|자|그럼|그러면|그리고|그래서|좋습니다|저기)(?=[\s,.!])[\s,.!]*)+/iu;

const letters = (word: string): string => word.toLowerCase().replace(/[^\p{L}\p{N}']/gu, '');

/** `th think`, `s the`: the speaker starts a word, breaks off and says it. */
function isFalseStart(word: string, next: string): boolean {
  const fragment = letters(word);
  if (fragment.length === 0 || fragment.length > 3 || /[.!?\d]$/u.test(word)) return false;
  const following = letters(next);
  if (fragment.length === 1 && /^[b-hj-z]$/u.test(fragment)) return word === fragment;
  return following.length > fragment.length && following.startsWith(fragment) && !SHORT_WORDS.has(fragment);
}

function repeatsTail(kept: readonly string[], words: readonly string[], at: number, length: number): boolean {
  if (kept.length < length) return false;
  for (let offset = 0; offset < length; offset += 1) {
    const earlier = letters(kept[kept.length - length + offset] ?? '');
    if (earlier === '' || earlier !== letters(words[at + offset] ?? '') || /^\d/u.test(earlier)) return false;
  }
  return true;
}

/**
 * Speech made readable: without annotation marks, fillers (`um`, `음`), false starts, and one to three words
 * said twice in a row. Used for scoring and for the text of items; quotes are always cut from the segment itself.
 */
export function cleanSpeech(text: string): string {
  const words = text
    .replace(ANNOTATION, ' ')
    .split(/\s+/u)
    .filter((word) => word !== '');
  const spoken = words.filter((word) => !FILLER.test(word.replace(/[.,…-]+$/u, '')));
  const kept: string[] = [];
  for (let at = 0; at < spoken.length; at += 1) {
    const word = spoken[at] ?? '';
    if (isFalseStart(word, spoken[at + 1] ?? '')) continue;
    const repeated = [3, 2].find((length) => repeatsTail(kept, spoken, at, length));
    if (repeated !== undefined) {
      at += repeated - 1;
      continue;
    }
    if (repeatsTail(kept, spoken, at, 1)) kept.pop();
    kept.push(word);
  }
  return tidyPunctuation(kept.join(' '));
}

function tidyPunctuation(text: string): string {
  return text
    .replace(/\s+(?=[.,!?;:](?:\s|$))/gu, '')
    .replace(/(?:,\s*)+(?=[.,!?;:])/gu, '')
    .replace(/^[\s.,;:!?-]+/u, '')
    .trim();
}

/** Cleaned speech as an item shows it: without leading "okay, so" and beginning with a capital. */
export function statementText(cleaned: string): string {
  const text = cleaned.replace(LEADING_WORDS, '');
  const kept = text.length > 3 ? text : cleaned;
  // A name such as "v2" keeps its small letter.
  return /^\p{Ll}\d/u.test(kept) ? kept : kept.charAt(0).toUpperCase() + kept.slice(1);
}
