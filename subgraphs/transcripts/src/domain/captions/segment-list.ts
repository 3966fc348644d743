import type { RawSegment } from './captions-result.ts';
import { oneLine } from './cue-text.ts';
import type { WarningLog } from './warning-log.ts';

/** A segment before its times and text are made fit; times may be fractional milliseconds. */
export interface SegmentDraft extends RawSegment {
  /** Line of the file, from 1, for warnings. */
  readonly sourceLine?: number;
}

/** PostgreSQL's integer holds no more; as milliseconds this is 24 days. */
const MAX_TIME_MS = 2 ** 31 - 1;

/**
 * Makes drafts fit to keep: whole milliseconds, one line of well-formed text without NUL (PostgreSQL refuses it),
 * no end before its start, in order of start. Leaves out blank segments silently and impossible times with a
 * warning.
 */
export function finishSegments(drafts: Iterable<SegmentDraft>, warnings: WarningLog): RawSegment[] {
  const segments: RawSegment[] = [];
  for (const draft of drafts) {
    const segment = finishSegment(draft, warnings);
    if (segment) segments.push(segment);
  }
  return segments.sort((a, b) => a.startMs - b.startMs); // stable: overlaps keep the file's order
}

function finishSegment(draft: SegmentDraft, warnings: WarningLog): RawSegment | undefined {
  const text = storable(draft.text);
  if (text === '') return undefined;
  const startMs = Math.round(draft.startMs);
  let endMs = Math.round(draft.endMs);
  if (!(startMs >= 0 && startMs <= MAX_TIME_MS && endMs >= 0 && endMs <= MAX_TIME_MS)) {
    warnings.add('TIME_OUT_OF_RANGE', 'A time is negative or beyond 24 days; left out.', draft.sourceLine);
    return undefined;
  }
  if (endMs < startMs) {
    warnings.add(
      'ENDS_BEFORE_START',
      'Ends before it starts; the end was set to the start.',
      draft.sourceLine,
    );
    endMs = startMs;
  }
  const speakerLabel = storable(draft.speakerLabel ?? '');
  return {
    startMs,
    endMs,
    text,
    ...(speakerLabel !== '' && { speakerLabel }),
    ...(draft.confidence !== undefined && { confidence: draft.confidence }),
  };
}

function storable(text: string): string {
  return oneLine(text.replaceAll('\0', '\uFFFD').toWellFormed());
}
