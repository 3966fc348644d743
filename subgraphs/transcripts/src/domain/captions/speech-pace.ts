/** English meetings run at about 150 words a minute. */
const MS_PER_WORD = 400;
/** Korean runs at about 4.5 syllables a second; kana and Chinese characters are close to that. */
const MS_PER_SYLLABLE = 220;
const MIN_TURN_MS = 1000;
const SYLLABLE = /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;

/**
 * Estimates how long a text takes to say, in milliseconds: 220 for each syllable of a word in Hangul, kana or Han
 * characters, 400 for any other word (150 a minute), at least 1000.
 */
export function estimateSpeechMs(text: string): number {
  let totalMs = 0;
  for (const word of text.split(/\s+/)) {
    if (word !== '') totalMs += (word.match(SYLLABLE)?.length ?? 0) * MS_PER_SYLLABLE || MS_PER_WORD;
  }
  return Math.max(totalMs, MIN_TURN_MS);
}
