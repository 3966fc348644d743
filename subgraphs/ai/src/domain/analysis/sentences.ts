import { cleanSpeech } from './cleaning.ts';
import type { AnalysisSegment, DraftEvidence } from './draft-minutes.ts';

/** A run of characters of one segment. */
export interface Span {
  readonly segmentIndex: number;
  readonly startChar: number;
  readonly endChar: number;
}

/** One sentence of the meeting. It has several spans when a caption cue broke it in two. */
export interface Sentence {
  readonly spans: readonly Span[];
  readonly startMs: number;
  readonly speakerLabel: string;
  /** Cleaned for scoring and showing; not verbatim. */
  readonly text: string;
  readonly korean: boolean;
  /** Length in English words; an eojeol, which packs stem and particles, counts as 1.6. */
  readonly length: number;
}

const HANGUL = /[가-힣]/u;
const HAS_WORD = /[\p{L}\p{N}]/u;
const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
const ABBREVIATION = /(?:^|\s)(?:mr|mrs|ms|dr|prof|hon|st|vs|no|e\.g|i\.e|approx|fig)\.\s*$/iu;
// Speech recognition often leaves Korean without periods; these endings close a sentence.
const KOREAN_CLOSE =
  /(?:니다|니까|세요|에요|예요|어요|아요|해요|네요|게요|거든요|지요|죠|까요|군요)(?=\s+[가-힣A-Za-z0-9])/gu;
const OPEN_END = /[\p{L}\p{N}'"”)]$/u;
const KOREAN_END = /(?:다|요|죠|까|네|지|자)$/u;
const MAX_JOINED_GAP_MS = 1_000;
const MAX_JOINED_WORDS = 35;
const EOJEOL_IN_WORDS = 1.6;
const KOREAN_SHARE = 0.3;

/** Share of Hangul among the letters of a text, 0 to 1; 0 when it has no letters. */
export function hangulShare(text: string): number {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return letters === 0 ? 0 : (text.match(/[가-힣]/gu)?.length ?? 0) / letters;
}

/** Length of cleaned text as `Sentence.length` counts it. */
function spokenLength(text: string, korean: boolean): number {
  const words = text === '' ? 0 : text.split(' ').length;
  return korean ? words * EOJEOL_IN_WORDS : words;
}

/** Where the sentences of a text end, in order; the last is the end of the text. */
function sentenceEnds(text: string): number[] {
  const ends: number[] = [];
  for (const { segment, index } of segmenter.segment(text)) {
    if (HANGUL.test(segment)) {
      for (const close of segment.matchAll(KOREAN_CLOSE)) ends.push(index + close.index + close[0].length);
    }
    if (!ABBREVIATION.test(segment)) ends.push(index + segment.length);
  }
  if (ends.at(-1) !== text.length) ends.push(text.length);
  return ends;
}

function spansOf(segment: AnalysisSegment, segmentIndex: number): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const end of sentenceEnds(segment.text)) {
    const piece = segment.text.slice(start, end);
    const startChar = start + piece.length - piece.trimStart().length;
    const endChar = startChar + piece.trim().length;
    if (HAS_WORD.test(piece)) spans.push({ segmentIndex, startChar, endChar });
    start = end;
  }
  return spans;
}

interface Open {
  spans: Span[];
  raw: string;
  last: AnalysisSegment;
  startMs: number;
}

/** A caption cue often ends in the middle of a sentence; the same voice going on at once belongs to it. */
function continues(open: Open, next: AnalysisSegment, text: string): boolean {
  if (open.last === next || open.last.speakerLabel !== next.speakerLabel) return false;
  if (next.startMs - open.last.endMs > MAX_JOINED_GAP_MS || !OPEN_END.test(open.raw)) return false;
  if (open.raw.split(' ').length + text.split(' ').length > MAX_JOINED_WORDS) return false;
  return HANGUL.test(text) ? !KOREAN_END.test(open.raw) : /^\p{Ll}/u.test(text);
}

function closed({ spans, raw, last, startMs }: Open): Sentence {
  const text = cleanSpeech(raw);
  const korean = hangulShare(raw) >= KOREAN_SHARE;
  return {
    spans,
    startMs,
    speakerLabel: last.speakerLabel,
    text,
    korean,
    length: spokenLength(text, korean),
  };
}

/**
 * The sentences of a meeting in time order. Every span lies within one segment and is not empty; text without a
 * letter or digit yields none. Lazy, so that a caller may pause. Start times inside a segment are interpolated.
 */
export function* splitSentences(segments: readonly AnalysisSegment[]): Generator<Sentence> {
  let open: Open | undefined;
  for (const [segmentIndex, segment] of segments.entries()) {
    for (const span of spansOf(segment, segmentIndex)) {
      const raw = segment.text.slice(span.startChar, span.endChar);
      if (open !== undefined && continues(open, segment, raw)) {
        open = { ...open, spans: [...open.spans, span], raw: `${open.raw} ${raw}`, last: segment };
        continue;
      }
      if (open !== undefined) yield closed(open);
      const progress = span.startChar / segment.text.length;
      const startMs = Math.round(segment.startMs + progress * (segment.endMs - segment.startMs));
      open = { spans: [span], raw, last: segment, startMs };
    }
  }
  if (open !== undefined) yield closed(open);
}

/** The verbatim evidence of a sentence, one piece per segment it runs through. */
export function evidenceOf(sentence: Sentence, segments: readonly AnalysisSegment[]): DraftEvidence[] {
  return sentence.spans.flatMap(({ segmentIndex, startChar, endChar }) => {
    const segment = segments[segmentIndex];
    if (segment === undefined) return [];
    return [{ segmentId: segment.id, quote: segment.text.slice(startChar, endChar), startChar, endChar }];
  });
}
