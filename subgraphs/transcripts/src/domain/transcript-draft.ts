import type { RawSegment } from './captions/captions-result.ts';
import { sectionRanges } from './section-boundaries.ts';
import { contentHash, countWords, titleOf } from './section-text.ts';
import { speakerKey } from './speaker-key.ts';

/** A transcript before it has ids; speakers and sections are named by their place in the lists. */
export interface TranscriptDraft {
  readonly durationMs: number;
  readonly wordCount: number;
  readonly speakers: readonly SpeakerDraft[];
  readonly sections: readonly SectionDraft[];
  readonly segments: readonly SegmentDraft[];
}

/** A voice and how much it says. */
export interface SpeakerDraft {
  readonly label: string;
  readonly talkMs: number;
  readonly words: number;
}

/** A section and its place in time. */
export interface SectionDraft {
  readonly title: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly contentHash: string;
}

/** A segment with the places of its speaker and its section. */
export interface SegmentDraft {
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
  readonly speaker: number | null;
  readonly section: number;
  readonly confidence: number | null;
}

/** PostgreSQL's and GraphQL's integer hold no more. */
const MAX_INT = 2 ** 31 - 1;

/**
 * Arranges parsed captions: one speaker per label (as {@link speakerKey} compares them, spelled as first seen), sections,
 * and the sums over all of it. Linear in the number of segments, which must not be empty and come in order.
 */
export function draftTranscript(parsed: readonly RawSegment[]): TranscriptDraft {
  const { speakers, placeOf } = collectSpeakers(parsed);
  const spoken = parsed.map((segment) => ({ ...segment, speaker: placeOf(segment) }));
  const ranges = sectionRanges(spoken);
  return {
    durationMs: latestEnd(parsed),
    wordCount: parsed.reduce((sum, { text }) => sum + countWords(text), 0),
    speakers,
    sections: ranges.map(({ from, to }) => describeSection(parsed.slice(from, to))),
    segments: ranges.flatMap(({ from, to }, section) =>
      spoken.slice(from, to).map(({ startMs, endMs, text, speaker, confidence }) => {
        return { startMs, endMs, text, speaker, section, confidence: confidence ?? null };
      }),
    ),
  };
}

function collectSpeakers(parsed: readonly RawSegment[]): {
  speakers: SpeakerDraft[];
  placeOf: (segment: RawSegment) => number | null;
} {
  const places = new Map<string, number>();
  const speakers: { label: string; talkMs: number; words: number }[] = [];
  for (const { speakerLabel, startMs, endMs, text } of parsed) {
    if (speakerLabel === undefined) continue;
    const key = speakerKey(speakerLabel);
    const place = places.get(key) ?? speakers.push({ label: speakerLabel, talkMs: 0, words: 0 }) - 1;
    places.set(key, place);
    const speaker = speakers[place];
    if (speaker === undefined) continue;
    speaker.talkMs = Math.min(MAX_INT, speaker.talkMs + endMs - startMs);
    speaker.words += countWords(text);
  }
  return {
    speakers,
    placeOf: ({ speakerLabel }) =>
      speakerLabel === undefined ? null : (places.get(speakerKey(speakerLabel)) ?? null),
  };
}

function describeSection(segments: readonly RawSegment[]): SectionDraft {
  const texts = segments.map(({ text }) => text);
  return {
    title: titleOf(texts),
    startMs: segments[0]?.startMs ?? 0,
    endMs: latestEnd(segments),
    contentHash: contentHash(texts),
  };
}

function latestEnd(segments: readonly RawSegment[]): number {
  return segments.reduce((latest, { endMs }) => Math.max(latest, endMs), 0);
}
