import { type RefusedCaptions, refuse } from './captions-result.ts';

/** The text of a file, or why it is not text. */
export type DecodedText = { readonly ok: true; readonly text: string } | RefusedCaptions;

/** How files that people mistake for captions begin; `at` is the offset in bytes. */
const FOREIGN_FILES = [
  {
    at: 0,
    magic: 'PK\u0003\u0004',
    what: 'a ZIP or Office document',
    advice: 'Export the transcript as VTT or text',
  },
  { at: 0, magic: '%PDF-', what: 'a PDF document', advice: 'Export the transcript as VTT or text' },
  { at: 8, magic: 'WAVE', what: 'a WAV recording', advice: 'Upload it as a recording' },
  { at: 0, magic: 'ID3\u0003', what: 'an MP3 recording', advice: 'Upload it as a recording' },
  { at: 0, magic: 'fLaC\u0000', what: 'a FLAC recording', advice: 'Upload it as a recording' },
  { at: 0, magic: 'OggS\u0000', what: 'an Ogg recording', advice: 'Upload it as a recording' },
  { at: 4, magic: 'ftyp', what: 'an MP4 recording', advice: 'Upload it as a recording' },
] as const;

const SAMPLE_CHARS = 65_536;
const MAX_CONTROL_SHARE = 0.05;

/**
 * Decodes a file to text: UTF-8 with or without byte order mark, or UTF-16 of either order with one.
 * The byte order mark stays in the text. Refuses with `EMPTY_FILE`, or with `BINARY_FILE` for known document and
 * recording types, for invalid sequences, and when more than 5 % of the first 65,536 characters are controls.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (bytes.length === 0)
    return refuse('EMPTY_FILE', 'The file is empty. Choose a file with captions in it.');
  const foreign = FOREIGN_FILES.find(({ at, magic }) => startsWith(bytes, magic, at));
  if (foreign) return refuse('BINARY_FILE', `This is ${foreign.what}, not captions. ${foreign.advice}.`);
  const encoding = encodingOf(bytes);
  const text = decodeAs(encoding, bytes);
  if (text === undefined) {
    const line = lineOfFirstFault(encoding, bytes);
    return refuse('BINARY_FILE', `Line ${line} is not valid ${encoding}. Save the file as UTF-8 text.`, line);
  }
  if (controlShare(text.slice(0, SAMPLE_CHARS)) > MAX_CONTROL_SHARE) {
    return refuse('BINARY_FILE', 'The file holds binary content, not text. Save the captions as UTF-8 text.');
  }
  return { ok: true, text };
}

function startsWith(bytes: Uint8Array, magic: string, at: number): boolean {
  return Array.from(magic).every((char, index) => bytes[at + index] === char.charCodeAt(0));
}

/** Stray NULs are legal in WebVTT (its parser replaces them), so only a share of controls makes a file binary. */
function controlShare(sample: string): number {
  let controls = 0;
  for (let index = 0; index < sample.length; index += 1) {
    const code = sample.charCodeAt(index);
    const isWhiteSpace = code >= 9 && code <= 13;
    if ((code < 32 && !isWhiteSpace) || code === 127) controls += 1;
  }
  return controls / Math.max(sample.length, 1);
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

function decodeAs(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined; // a fatal decoder throws on an invalid sequence: the caller names its line
  }
}

function lineOfFirstFault(encoding: string, bytes: Uint8Array): number {
  const mended = new TextDecoder(encoding).decode(bytes);
  return mended.slice(0, mended.indexOf('\uFFFD')).split('\n').length;
}
