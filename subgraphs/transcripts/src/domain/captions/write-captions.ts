import type { RawSegment } from './captions-result.ts';
import { oneLine } from './cue-text.ts';

// Only what the reader would take for markup is escaped in SRT, for its players show entities as they are.
const SRT_MARKUP = /&(?=#?\w{1,7};)|<(?=[/a-z\d])|(?<=-)>/gi;

/**
 * Writes WebVTT with `<v Speaker>` voices. Reading it back gives the same times, texts and speakers; confidence has
 * no place in the format. When no segment has a speaker and the texts look like "Name: text", they read back as
 * speakers.
 */
export function toVtt(segments: readonly RawSegment[]): string {
  const cues = segments.map(({ startMs, endMs, text, speakerLabel }, index) => {
    const said = escapeVtt(text);
    const payload = speakerLabel === undefined ? said : `<v ${escapeVtt(speakerLabel)}>${said}</v>`;
    return `\n${index + 1}\n${clock(startMs, '.')} --> ${clock(endMs, '.')}\n${payload}\n`;
  });
  return `WEBVTT\n${cues.join('')}`;
}

/**
 * Writes SubRip with "Speaker: text", as {@link toVtt}. The format has no voices, so a speaker survives reading back
 * only when the label looks like a name.
 */
export function toSrt(segments: readonly RawSegment[]): string {
  return segments
    .map(({ startMs, endMs, text, speakerLabel }, index) => {
      const payload = speakerLabel === undefined ? text : `${speakerLabel}: ${text}`;
      const times = `${clock(startMs, ',')} --> ${clock(endMs, ',')}`;
      return `${index + 1}\n${times}\n${oneLine(payload).replace(SRT_MARKUP, escapeVtt)}\n`;
    })
    .join('\n');
}

function escapeVtt(text: string): string {
  return oneLine(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function clock(ms: number, separator: string): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const millis = String(ms % 1000).padStart(3, '0');
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}${separator}${millis}`;
}
