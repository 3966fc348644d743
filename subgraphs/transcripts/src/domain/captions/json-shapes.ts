import type { z } from 'zod';
import { firefliesSentence } from './json-fireflies.ts';
import { otterTurns } from './json-otter.ts';
import { whisperCppSegment, whisperSegment } from './json-whisper.ts';
import type { SegmentDraft } from './segment-list.ts';

/** One tool's way to write a transcript in JSON. */
export interface JsonShape {
  /** As shown to the user. */
  readonly name: string;
  /** Finds the list of speech, or undefined when the file is not of this shape. */
  locate(root: unknown): JsonList | undefined;
  /** Decodes one item of that list; the rest of the file may name speakers. */
  itemSchema(root: unknown): z.ZodType<SegmentDraft>;
}

/** A list found inside a JSON file. */
export interface JsonList {
  readonly items: readonly unknown[];
  /** Keys from the root joined by dots; empty for the root itself. */
  readonly path: string;
}

/** Every shape that is understood, tried in this order. */
export const JSON_SHAPES: readonly JsonShape[] = [
  {
    name: 'segments[] {start, end, text, speaker} in seconds (Whisper, OpenAI verbose or diarized, Hoerok)',
    locate: (root) => listAt(root, 'segments') ?? bareList(root, 'start'),
    itemSchema: () => whisperSegment,
  },
  {
    name: 'sentences[] {start_time, end_time, text, speaker_name} (Fireflies)',
    locate: (root) =>
      listAt(root, 'sentences', 'transcript.sentences', 'data.transcript.sentences', 'transcript') ??
      bareList(root, 'sentence', 'speaker_name'),
    itemSchema: () => firefliesSentence,
  },
  {
    name: 'transcripts[] or speech_segments[] {start_offset, end_offset, transcript} (Otter)',
    locate: (root) =>
      listAt(root, 'transcripts', 'speech.transcripts', 'speech_segments', 'speech.speech_segments'),
    itemSchema: (root) => otterTurns(listAt(root, 'speakers', 'speech.speakers')?.items ?? []),
  },
  {
    name: 'transcription[] {offsets: {from, to}, text} (whisper.cpp)',
    locate: (root) => listAt(root, 'transcription'),
    itemSchema: () => whisperCppSegment,
  },
];

/** The first of several dotted paths that leads to a list. */
function listAt(root: unknown, ...paths: readonly string[]): JsonList | undefined {
  for (const path of paths) {
    let value = root;
    for (const key of path.split('.')) value = isRecord(value) ? value[key] : undefined;
    if (Array.isArray(value)) return { items: value, path };
  }
  return undefined;
}

/** The root, when it is a list whose first item has one of these keys. */
function bareList(root: unknown, ...keys: readonly string[]): JsonList | undefined {
  if (!Array.isArray(root)) return undefined;
  const first: unknown = root[0];
  return isRecord(first) && keys.some((key) => key in first) ? { items: root, path: '' } : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
