import type { RawSegment } from './captions-result.ts';
import { oneLine } from './cue-text.ts';

// Only what the reader would take for markup is escaped in SRT, for its players show entities as they are.
const SRT_MARKUP = /&(?=#?\w{1,7};)|<(?=[/a-z\d])|(?<=-)>/gi;
const LANGUAGE_TAG = /^[A-Za-z]{2,3}(?:-[A-Za-z\d]{2,8})*$/;

/**
 * Writes WebVTT with `<v Speaker>` voices. Reading it back gives the same times, texts and speakers; confidence has
 * no place in the format. When no segment has a speaker and the texts look like "Name: text", they read back as
 * speakers.
 */
export function toVtt(segments: readonly RawSegment[]): string {
  return vttHeader() + segments.map(vttCue).join('');
}

/** What a WebVTT file begins with; the language is told in the way of YouTube, when it is one tag. */
export function vttHeader(language?: string): string {
  return language !== undefined && LANGUAGE_TAG.test(language)
    ? `WEBVTT\nLanguage: ${language}\n`
    : 'WEBVTT\n';
}

/** One cue of {@link toVtt} with the blank line before it; `index` is its place from 0. */
export function vttCue({ startMs, endMs, text, speakerLabel }: RawSegment, index: number): string {
  const said = escapeVtt(text);
  const payload = speakerLabel === undefined ? said : `<v ${escapeVtt(speakerLabel)}>${said}</v>`;
  return `\n${index + 1}\n${clock(startMs, '.')} --> ${clock(endMs, '.')}\n${payload}\n`;
}

/**
 * Writes SubRip with "Speaker: text", as {@link toVtt}. The format has no voices, so a speaker survives reading back
 * only when the label looks like a name.
 */
export function toSrt(segments: readonly RawSegment[]): string {
  return segments.map(srtCue).join('\n');
}

/** One cue of {@link toSrt}, to be followed by a blank line; `index` is its place from 0. */
export function srtCue({ startMs, endMs, text, speakerLabel }: RawSegment, index: number): string {
  const payload = speakerLabel === undefined ? text : `${speakerLabel}: ${text}`;
  const times = `${clock(startMs, ',')} --> ${clock(endMs, ',')}`;
  return `${index + 1}\n${times}\n${oneLine(payload).replace(SRT_MARKUP, escapeVtt)}\n`;
}

function escapeVtt(text: string): string {
  return oneLine(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** `01:02:03` and, after the separator, milliseconds; hours take more than two digits when there are as many. */
export function clock(ms: number, separator: '.' | ','): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const millis = String(ms % 1000).padStart(3, '0');
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}${separator}${millis}`;
}
