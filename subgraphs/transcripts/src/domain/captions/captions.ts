import { type CaptionFormat, type CaptionsResult, type RefusedCaptions, refuse } from './captions-result.ts';
import { decodeText } from './decode.ts';
import { detectFormat } from './detect-format.ts';
import { readJson } from './json-captions.ts';
import type { ParsedCaptions } from './parsed-captions.ts';
import { readPlainText } from './plain-text.ts';
import { finishSegments } from './segment-list.ts';
import { spokenLanguage } from './spoken-language.ts';
import { readSrt } from './srt.ts';
import { readVtt } from './vtt-captions.ts';
import { createWarningLog, type WarningLog } from './warning-log.ts';

/** 20 MiB: more than a hundred hours of captions. */
export const DEFAULT_MAX_CAPTION_BYTES = 20 * 1024 * 1024;

const NAMES = { VTT: 'WebVTT', SRT: 'SubRip (SRT)', JSON: 'JSON', TEXT: 'plain text' } as const;
const MISMATCH_CODES = { VTT: 'NOT_VTT', SRT: 'NOT_SRT', JSON: 'BAD_JSON' } as const;

/**
 * Reads a caption file. Never throws for any input, takes time linear in its size, and invents no words.
 * @param format what the sender says the file is; told from the content when left out.
 * @param maxBytes the size limit, checked before anything else. @default 20 MiB
 */
export function decodeCaptions(
  bytes: Uint8Array,
  format?: CaptionFormat,
  maxBytes: number = DEFAULT_MAX_CAPTION_BYTES,
): CaptionsResult {
  if (bytes.length > maxBytes) return tooLarge(bytes.length, maxBytes);
  const decoded = decodeText(bytes);
  return decoded.ok ? parseCaptions(decoded.text, format, maxBytes) : decoded;
}

/**
 * Reads captions that are already text; otherwise as {@link decodeCaptions}.
 * @param maxBytes compared with the number of UTF-16 units, which UTF-8 never undercuts.
 */
export function parseCaptions(
  text: string,
  format?: CaptionFormat,
  maxBytes: number = DEFAULT_MAX_CAPTION_BYTES,
): CaptionsResult {
  if (text.length > maxBytes) return tooLarge(text.length, maxBytes);
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (content.trim() === '')
    return refuse('EMPTY_FILE', 'The file is empty. Choose a file with captions in it.');
  const seen = detectFormat(content);
  if (format === undefined || format === seen) return readAs(seen, content);
  if (format === 'TEXT') return preferSeen(seen, content);
  // The lenient SubRip reader would take WebVTT too, and its notes for speech.
  if (format === 'SRT' && seen !== 'TEXT') return explainMismatch(format, seen);
  const result = readAs(format, content);
  return result.ok || result.error.code === 'BROKEN_CUES' ? result : explainMismatch(format, seen);
}

function readAs(
  format: CaptionFormat,
  text: string,
  warnings: WarningLog = createWarningLog(),
): CaptionsResult {
  const parsed = read(text, format, warnings);
  return parsed.ok ? finish(parsed, format, warnings) : parsed;
}

/** Timings and brackets are not speech: what was sent as plain text but is captions is read as captions. */
function preferSeen(seen: CaptionFormat, text: string): CaptionsResult {
  const warnings = createWarningLog();
  warnings.add('FORMAT_MISMATCH', `Sent as plain text, but read as ${NAMES[seen]}, which it is.`, 1);
  const result = readAs(seen, text, warnings);
  return !result.ok && seen === 'JSON' ? readAs('TEXT', text) : result; // talk may begin with a brace
}

function read(text: string, format: CaptionFormat, warnings: WarningLog): ParsedCaptions | RefusedCaptions {
  switch (format) {
    case 'VTT':
      return readVtt(text, warnings);
    case 'SRT':
      return readSrt(text, warnings);
    case 'JSON':
      return readJson(text);
    case 'TEXT':
      return readPlainText(text, warnings);
  }
}

function finish(parsed: ParsedCaptions, format: CaptionFormat, warnings: WarningLog): CaptionsResult {
  const segments = finishSegments(parsed.drafts, warnings);
  if (segments.length === 0) {
    const advice = 'Check that the export was complete.';
    return refuse('NO_SPEECH', `Nothing is said in this file, read as ${NAMES[format]}. ${advice}`);
  }
  const languageHint = parsed.languageHint ?? spokenLanguage(segments);
  return {
    ok: true,
    format,
    timed: parsed.timed,
    segments,
    ...(languageHint !== undefined && { languageHint }),
    warnings: warnings.list(),
  };
}

/** A file of another format than the sender says is refused by the name of what it is. */
function explainMismatch(said: 'VTT' | 'SRT' | 'JSON', seen: CaptionFormat): RefusedCaptions {
  const advice = `Import it as ${seen}, or leave the format out.`;
  return refuse(
    MISMATCH_CODES[said],
    `This is not ${NAMES[said]}; it looks like ${NAMES[seen]}. ${advice}`,
    1,
  );
}

function tooLarge(size: number, maxBytes: number): RefusedCaptions {
  const mebibytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
  const message = `The file has ${mebibytes(size)}; the limit is ${mebibytes(maxBytes)}. Split it and import the parts.`;
  return refuse('TOO_LARGE', message);
}
