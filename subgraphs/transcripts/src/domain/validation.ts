import { estimateSpeechMs } from './captions/speech-pace.ts';

export const VALIDATION_RULES = [
  'GAP',
  'OVERLAP',
  'UNKNOWN_SPEAKER',
  'LOW_CONFIDENCE',
  'EMPTY',
  'REPEATED',
  'TOO_FAST',
  'TOO_SLOW',
] as const;

/** What a validation looks for. */
export type ValidationRule = (typeof VALIDATION_RULES)[number];

/** A segment as a validation reads it. */
export interface CheckedSegment {
  readonly id: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
  readonly confidence: number | null;
  readonly speakerId: string | null;
}

/** What is suspicious about one segment. */
export interface Finding {
  readonly segmentId: string;
  readonly rule: ValidationRule;
  /** GAP, OVERLAP: milliseconds. LOW_CONFIDENCE: 0 to 1. REPEATED: times in a row. TOO_FAST, TOO_SLOW: how many times. */
  readonly measured: number | null;
}

/** Longer silences have a reason: a break, or speech that is missing. */
const GAP_MS = 60_000;
/** People do talk over one another; for longer it is a wrong time. */
const OVERLAP_MS = 3_000;
const MIN_CONFIDENCE = 0.6;
/** The same words so often in a row are a recognizer that ran in circles. */
const REPEATS = 3;
/** Times as fast as ordinary speech; a fast speaker has about twice. */
const TOO_FAST = 3;
const TOO_SLOW = 8;
/** Below it pace says nothing: a laugh, a name. */
const MIN_PACED_WORDS = 4;
const MIN_SLOW_MS = 20_000;

/** Looks at the segments of one transcript, one after the other. */
export interface TranscriptChecker {
  /** What is wrong with the next segment; they have to come in the order of the meeting. */
  readonly check: (segment: CheckedSegment) => Finding[];
}

/**
 * Builds a checker. It holds no more than the segment before, however long the transcript is.
 * @param labels labels of the speakers that no user has been assigned to, by the id of the speaker.
 */
export function createTranscriptChecker(labels: ReadonlyMap<string, string>): TranscriptChecker {
  let latestEndMs: number | null = null;
  let repeated = { text: '', times: 0 };
  // Undefined until somebody has spoken: null is a voice that the captions do not name.
  let lastSpeaker: string | null | undefined;
  const told = new Set<string>();

  const isUnknown = ({ speakerId }: CheckedSegment): boolean => {
    const changed = lastSpeaker !== speakerId;
    lastSpeaker = speakerId;
    if (speakerId === null) return changed;
    if (told.has(speakerId) || !isPlaceholder(labels.get(speakerId))) return false;
    told.add(speakerId);
    return true;
  };
  const timesInARow = (text: string): number => {
    const same = text !== '' && text === repeated.text;
    repeated = { text, times: same ? repeated.times + 1 : 1 };
    return repeated.times;
  };
  return {
    check: (segment) => {
      const { id: segmentId, startMs, endMs, confidence } = segment;
      const text = spokenText(segment.text);
      const found: Finding[] = [];
      const add = (rule: ValidationRule, measured: number | null = null): void =>
        void found.push({ segmentId, rule, measured });
      const silenceMs = startMs - (latestEndMs ?? startMs);
      if (silenceMs > GAP_MS) add('GAP', silenceMs);
      if (-silenceMs > OVERLAP_MS) add('OVERLAP', -silenceMs);
      latestEndMs = Math.max(latestEndMs ?? endMs, endMs);
      if (isUnknown(segment)) add('UNKNOWN_SPEAKER');
      if (confidence !== null && confidence < MIN_CONFIDENCE) add('LOW_CONFIDENCE', confidence);
      if (text === '') add('EMPTY');
      const times = Math.max(timesInARow(text), timesWithin(text));
      if (times >= REPEATS) add('REPEATED', times);
      const pace = paceOf(text, endMs - startMs);
      if (pace !== null) add(...pace);
      return found;
    },
  };
}

/** Words alone, in lower case: what stands in brackets was not said. */
function spokenText(text: string): string {
  return (
    text
      .replace(/\[[^\]]*\]|\([^)]*\)|\{[^}]*\}/g, ' ')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.join(' ') ?? ''
  );
}

/** How often a run of up to six words is said again at once, at most; interjections of one word may be. */
function timesWithin(text: string): number {
  const words = text.split(' ');
  let most = 1;
  for (let length = 2; length <= 6; length += 1) {
    let matching = 0;
    for (let place = length; place < words.length; place += 1) {
      matching = words[place] === words[place - length] ? matching + 1 : 0;
      most = Math.max(most, 1 + Math.floor(matching / length));
    }
  }
  return most;
}

function paceOf(text: string, durationMs: number): ['TOO_FAST' | 'TOO_SLOW', number] | null {
  if (text.split(' ').length < MIN_PACED_WORDS) return null;
  const expectedMs = estimateSpeechMs(text);
  if (expectedMs > TOO_FAST * durationMs) return ['TOO_FAST', ratio(expectedMs, durationMs)];
  if (durationMs > MIN_SLOW_MS && durationMs > TOO_SLOW * expectedMs)
    return ['TOO_SLOW', ratio(durationMs, expectedMs)];
  return null;
}

function ratio(longMs: number, shortMs: number): number {
  return Math.round((10 * longMs) / Math.max(1, shortMs)) / 10;
}

/** A label that a program gave: "Speaker 2", "SPEAKER_00", "참석자 1", "Unknown". */
function isPlaceholder(label: string | undefined): boolean {
  return label !== undefined && PLACEHOLDER.test(label.normalize('NFC').trim());
}

const PLACEHOLDER =
  /^(unknown( speaker)?|(speaker|spk|participant|guest|person|화자|발화자|참석자|참가자|알 수 없음)[ _#-]*([0-9]{1,3}|[a-z])?)$/iu;
