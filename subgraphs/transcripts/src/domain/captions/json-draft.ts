import { z } from 'zod';
import type { SegmentDraft } from './segment-list.ts';

/** Seconds from the start, maybe with a fraction. */
export const seconds = z.number().nonnegative();

/** A speaker as tools give it: a name, a number, or nothing. */
export const speakerLabel = z.union([z.string(), z.number()]).nullish();

/** What {@link speakerLabel} decodes to. */
export type JsonSpeaker = z.infer<typeof speakerLabel>;

/** An item of a JSON transcript after it is decoded; times in seconds. */
export interface JsonSpeech {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly speaker?: JsonSpeaker;
  readonly confidence?: number | undefined;
}

/** Turns a decoded item into a segment draft. */
export function toDraft({ start, end, text, speaker, confidence }: JsonSpeech): SegmentDraft {
  const name = typeof speaker === 'number' ? numberedSpeaker(speaker) : speaker;
  return {
    startMs: start * 1000,
    endMs: end * 1000,
    text,
    ...(name && { speakerLabel: name }),
    ...(confidence !== undefined && { confidence }),
  };
}

/** Names the speakers of diarizers that only number them, from 0: 0 becomes "Speaker 1". */
export function numberedSpeaker(id: JsonSpeaker): string | undefined {
  if (id === null || id === undefined || id === '') return undefined;
  return /^\d+$/.test(String(id)) ? `Speaker ${Number(id) + 1}` : String(id);
}
