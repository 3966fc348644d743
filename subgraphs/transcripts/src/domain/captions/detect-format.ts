import type { CaptionFormat } from './captions-result.ts';

const VTT_START = /^\s*WEBVTT?/i;
// "{" begins JSON unless it is MicroDVD's "{1}{72}"; "[" only when a list follows, for "[00:01:02] Name: text" is text.
const JSON_START = /^\s*(?:\{(?!\d)|\[\s*(?:[{[\]"]|$))/;
const SRT_TIMING = /^[ \t]*(?:\d{1,9}:)?\d{1,2}:\d{1,2}(?:[,.]\d{1,3})?[ \t]*-->/m;
const OPENING_CHARS = 200;

/**
 * Tells the format from the content: WebVTT by its signature (also a misspelt one, so that the error names WebVTT),
 * JSON by its first bracket, SubRip by a line that begins with a timing, and plain text otherwise.
 */
export function detectFormat(text: string): CaptionFormat {
  const opening = text.slice(0, OPENING_CHARS);
  if (VTT_START.test(opening)) return 'VTT';
  if (JSON_START.test(opening)) return 'JSON';
  return SRT_TIMING.test(text) ? 'SRT' : 'TEXT';
}
