/** The caption formats that are understood: WebVTT, SubRip, JSON of several tools, plain text. */
export const CAPTION_FORMATS = ['VTT', 'SRT', 'JSON', 'TEXT'] as const;

/** One of {@link CAPTION_FORMATS}. */
export type CaptionFormat = (typeof CAPTION_FORMATS)[number];

/** One stretch of speech as the file gives it: one cue, sentence or turn; never merged with its neighbors. */
export interface RawSegment {
  /** Whole milliseconds from the start of the meeting, 0 to 2^31 - 1. */
  readonly startMs: number;
  /** Whole milliseconds, never before `startMs`. */
  readonly endMs: number;
  /** One line without markup, never blank, free of NUL and of lone surrogates. */
  readonly text: string;
  /** The speaker as written in the file, for example "Dana Lee" or "Speaker 1"; absent when unknown. */
  readonly speakerLabel?: string;
  /** 0 to 1, only when the file states it. */
  readonly confidence?: number;
}

/**
 * Why a file was refused.
 * - `EMPTY_FILE`: no bytes, or white space only.
 * - `BINARY_FILE`: a document, a recording, or text that is neither UTF-8 nor UTF-16 with a byte order mark.
 * - `TOO_LARGE`: more bytes than the limit.
 * - `NOT_VTT`, `NOT_SRT`: the format was asked for and the content is something else.
 * - `BAD_JSON`: not JSON, or JSON of a shape that is not understood.
 * - `BROKEN_CUES`: captions whose every timing is unreadable.
 * - `NO_SPEECH`: well formed, but nothing is said in it.
 */
export type CaptionErrorCode =
  | 'EMPTY_FILE'
  | 'BINARY_FILE'
  | 'TOO_LARGE'
  | 'NOT_VTT'
  | 'NOT_SRT'
  | 'BAD_JSON'
  | 'BROKEN_CUES'
  | 'NO_SPEECH';

/** What was refused: `message` says what is wrong, where, and what to do; it is meant for the user. */
export interface CaptionError {
  readonly code: CaptionErrorCode;
  readonly message: string;
  /** Line of the file, from 1, where known. */
  readonly line?: number;
}

/**
 * What was left out or mended while the rest was kept.
 * - `BROKEN_CUE`: a timing that cannot be read; its text is left out.
 * - `ENDS_BEFORE_START`: the end was set to the start.
 * - `TIME_OUT_OF_RANGE`: a negative time or one beyond 24 days; the segment is left out.
 * - `UNTIMED_TURNS`: some turns of a timed text have no time; theirs are estimated.
 * - `PREAMBLE_SKIPPED`: lines before the first speaker of a labeled text.
 * - `FORMAT_MISMATCH`: sent as plain text, but read as the captions it is.
 * - `MORE_WARNINGS`: how many further warnings were not listed.
 */
export type CaptionWarningCode =
  | 'BROKEN_CUE'
  | 'ENDS_BEFORE_START'
  | 'TIME_OUT_OF_RANGE'
  | 'UNTIMED_TURNS'
  | 'PREAMBLE_SKIPPED'
  | 'FORMAT_MISMATCH'
  | 'MORE_WARNINGS';

/** One mended or skipped place of a file that was otherwise kept. */
export interface CaptionWarning {
  readonly code: CaptionWarningCode;
  readonly message: string;
  /** Line of the file, from 1, where known. */
  readonly line?: number;
}

/** A file that was read. */
export interface ReadCaptions {
  readonly ok: true;
  readonly format: CaptionFormat;
  /** False when at least one time is estimated from the words because the text has none. */
  readonly timed: boolean;
  /** In order of start; segments that overlap keep the file's order among equal starts. Never empty. */
  readonly segments: readonly RawSegment[];
  /** BCP 47 tag that the file states, or "ko" when nearly all letters are Hangul. */
  readonly languageHint?: string;
  readonly warnings: readonly CaptionWarning[];
}

/** A file that was refused. */
export interface RefusedCaptions {
  readonly ok: false;
  readonly error: CaptionError;
}

/** What became of a caption file; expected failures are values, nothing is thrown. */
export type CaptionsResult = ReadCaptions | RefusedCaptions;

/** Builds the refusal of a file. */
export function refuse(code: CaptionErrorCode, message: string, line?: number): RefusedCaptions {
  return { ok: false, error: line === undefined ? { code, message } : { code, message, line } };
}
