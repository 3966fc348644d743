import type { PlainCue } from './plain-cue.ts';

// Rolling captions show two or three lines; a bound keeps the search for the overlap linear.
const MAX_ROLLED_LINES = 4;

/**
 * Folds rolling captions, in which every cue repeats the last line of the one before (YouTube's automatic
 * captions), so that each line is said once. A cue with nothing new lengthens the one before. A file in which fewer
 * than half of the neighboring cues repeat is returned as it is: people do say "Yeah." twice.
 */
export function foldRollingCaptions(cues: readonly PlainCue[]): readonly PlainCue[] {
  if (!isRolling(cues)) return cues;
  const folded: PlainCue[] = [];
  let shown: readonly string[] = [];
  for (const cue of cues) {
    const lines = linesOf(cue);
    const fresh = lines.slice(overlap(shown, lines));
    shown = lines.length > 0 ? lines : shown;
    const last = folded.at(-1);
    if (fresh.length > 0) folded.push({ ...cue, turns: [{ lines: fresh }] });
    else if (last) folded[folded.length - 1] = { ...last, endMs: Math.max(last.endMs, cue.endMs) };
  }
  return folded;
}

function isRolling(cues: readonly PlainCue[]): boolean {
  if (cues.some((cue) => cue.turns.some((turn) => turn.speaker !== undefined))) return false;
  let repeats = 0;
  let repeatsWithMore = 0;
  for (const [index, cue] of cues.entries()) {
    const lines = linesOf(cue);
    const before = cues[index - 1];
    const repeated = before ? overlap(linesOf(before), lines) : 0;
    if (repeated === 0) continue;
    repeats += 1;
    // A repeat followed by a new line is the mark of rolling; a bare repeat may be said twice.
    if (lines.length > repeated) repeatsWithMore += 1;
  }
  return repeatsWithMore > 0 && repeats * 2 >= cues.length - 1;
}

function linesOf(cue: PlainCue): readonly string[] {
  return cue.turns[0]?.lines ?? [];
}

/** How many lines at the start of `next` are the last lines of `shown`. */
function overlap(shown: readonly string[], next: readonly string[]): number {
  for (let count = Math.min(shown.length, next.length, MAX_ROLLED_LINES); count > 0; count -= 1) {
    if (shown.slice(-count).every((line, index) => line === next[index])) return count;
  }
  return 0;
}
