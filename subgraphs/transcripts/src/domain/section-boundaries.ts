/** When something was said, and by whom. */
export interface Spoken {
  readonly startMs: number;
  readonly endMs: number;
  /** Null when the captions do not say. */
  readonly speaker: number | null;
}

/** A run of segments, from `from` up to and without `to`. */
export interface SectionRange {
  readonly from: number;
  readonly to: number;
}

const WANTED_MS = 5 * 60_000;
const WANTED_SEGMENTS = 40;
const LONGEST_MS = 8 * 60_000;
const MOST_SEGMENTS = 60;
const PAUSE_MS = 1_500;

/**
 * Cuts a meeting into sections that a person can verify in one go: after about five minutes or forty segments, at the
 * next pause of 1.5 s or change of speaker; at eight minutes or sixty segments wherever it is. Every segment is in
 * exactly one section, in order.
 */
export function sectionRanges(spoken: readonly Spoken[]): SectionRange[] {
  const ranges: SectionRange[] = [];
  let from = 0;
  for (let next = 1; next < spoken.length; next += 1) {
    if (!isBoundary(spoken, from, next)) continue;
    ranges.push({ from, to: next });
    from = next;
  }
  if (spoken.length > 0) ranges.push({ from, to: spoken.length });
  return ranges;
}

function isBoundary(spoken: readonly Spoken[], from: number, next: number): boolean {
  const first = spoken[from];
  const before = spoken[next - 1];
  const after = spoken[next];
  if (first === undefined || before === undefined || after === undefined) return false;
  const segments = next - from;
  const lengthMs = after.endMs - first.startMs;
  if (segments >= MOST_SEGMENTS || lengthMs > LONGEST_MS) return true;
  if (segments < WANTED_SEGMENTS && lengthMs <= WANTED_MS) return false;
  return after.startMs - before.endMs >= PAUSE_MS || after.speaker !== before.speaker;
}
