import { z } from 'zod';
import type { RawSegment } from './captions/captions-result.ts';
import { createWarningLog } from './captions/warning-log.ts';
import { finishSegments, type SegmentDraft } from './captions/segment-list.ts';

/** What was heard in one part of a recording; stored as the checkpoint of that part. */
export const heardSpeech = z.object({
  /** What the provider calls the model that did it. */
  model: z.string(),
  /** As the provider says it: a tag or a name; null when it does not. */
  language: z.string().nullable(),
  segments: z.array(
    z.object({
      /** Milliseconds from the beginning of the part. */
      startMs: z.number(),
      endMs: z.number(),
      text: z.string(),
      speaker: z.string().nullable(),
      /** 0 to 1. */
      confidence: z.number().nullable(),
    }),
  ),
});

export type HeardSpeech = Readonly<z.output<typeof heardSpeech>>;
export type HeardSegment = HeardSpeech['segments'][number];

/** A part and where it is in the recording. */
export interface HeardPart {
  readonly startMs: number;
  readonly heard: HeardSpeech;
}

/** More of either is no speech, in a part of at most some hours. */
const MAX_SEGMENTS = 20_000;
const MAX_TEXT = 5_000;
const MAX_LABEL = 100;
const MAX_MS = 2 ** 31 - 1;

/** What a provider claims of one segment; any of it may be wrong. */
export interface ClaimedSegment {
  /** Seconds. */
  readonly start: unknown;
  readonly end: unknown;
  readonly text: string;
  readonly speaker?: unknown;
  readonly confidence?: number | undefined;
}

/**
 * Makes what a provider claims fit to keep, whatever it is: times are clamped into the part and to their order, a time that is
 * none is that of the end before, and no text grows beyond a bound. The text itself is data, and stays what it is.
 */
export function acceptSegments(
  claimed: readonly ClaimedSegment[],
  durationMs: number | null,
): HeardSegment[] {
  const last = durationMs ?? MAX_MS;
  let clockMs = 0;
  return claimed.slice(0, MAX_SEGMENTS).flatMap(({ start, end, text, speaker, confidence }) => {
    const said = storable(text.slice(0, MAX_TEXT));
    if (said === '') return [];
    const startMs = within(toMs(start) ?? clockMs, 0, last);
    const endMs = within(toMs(end) ?? startMs, startMs, last);
    clockMs = endMs;
    const label = typeof speaker === 'string' ? storable(speaker.slice(0, MAX_LABEL)) : '';
    return [
      {
        startMs,
        endMs,
        text: said,
        speaker: label === '' ? null : label,
        confidence: toConfidence(confidence),
      },
    ];
  });
}

/** Text without times: its sentences share the part by their lengths. */
export function spreadText(text: string, durationMs: number | null): HeardSegment[] {
  const sentences = text.match(/[^.!?。！？\n]+[.!?。！？]*/g)?.map((sentence) => sentence.trim()) ?? [];
  const spoken = sentences.filter((sentence) => sentence !== '');
  const letters = spoken.reduce((sum, { length }) => sum + length, 0);
  const lengthMs = durationMs ?? Math.round(letters * MS_PER_LETTER);
  let heard = 0;
  const claimed = spoken.map((sentence) => {
    const start = ((heard / letters) * lengthMs) / 1_000;
    heard += sentence.length;
    return { start, end: ((heard / letters) * lengthMs) / 1_000, text: sentence };
  });
  return acceptSegments(claimed, durationMs);
}

const MS_PER_LETTER = 70;

/**
 * The parts of a recording, in order, as segments of the whole. A label for a speaker means one voice within a part, and maybe
 * another one in the next: with several parts it tells which part it is of.
 */
export function joinParts(parts: readonly HeardPart[]): RawSegment[] {
  const drafts = parts.flatMap(({ startMs, heard }, index) =>
    heard.segments.map((segment): SegmentDraft => {
      const label =
        segment.speaker === null ? '' : speakerLabel(segment.speaker, parts.length > 1 ? index + 1 : null);
      return {
        startMs: startMs + segment.startMs,
        endMs: startMs + segment.endMs,
        text: segment.text,
        ...(label !== '' && { speakerLabel: label }),
        ...(segment.confidence !== null && { confidence: segment.confidence }),
      };
    }),
  );
  return finishSegments(drafts, createWarningLog());
}

function speakerLabel(label: string, part: number | null): string {
  const name = /^[A-Z]{1,2}$/.test(label) ? `Speaker ${label}` : label;
  return part === null ? name : `${name} (${part})`;
}

/** A checkpoint is JSON in PostgreSQL, which holds no NUL. */
function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed().trim();
}

function toMs(seconds: unknown): number | undefined {
  return typeof seconds === 'number' && Number.isFinite(seconds) ? Math.round(seconds * 1_000) : undefined;
}

function within(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), Math.max(least, most));
}

function toConfidence(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value)
    ? null
    : within(Math.round(value * 10_000) / 10_000, 0, 1);
}
