import type { RawSegment } from './captions-result.ts';

const SAMPLE_SEGMENTS = 500;
const KOREAN_SHARE = 0.7;

/** "ko" when at least 70 % of the letters of the first 500 segments are Hangul; other scripts name no language. */
export function spokenLanguage(segments: readonly RawSegment[]): string | undefined {
  let hangul = 0;
  let letters = 0;
  for (const { text } of segments.slice(0, SAMPLE_SEGMENTS)) {
    hangul += text.match(/\p{Script=Hangul}/gu)?.length ?? 0;
    letters += text.match(/\p{L}/gu)?.length ?? 0;
  }
  return letters > 0 && hangul / letters >= KOREAN_SHARE ? 'ko' : undefined;
}
