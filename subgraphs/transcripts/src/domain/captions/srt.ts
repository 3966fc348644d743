import { type RefusedCaptions, refuse } from './captions-result.ts';
import { cuesToDrafts } from './cue-segments.ts';
import { readCueText } from './cue-text.ts';
import type { ParsedCaptions } from './parsed-captions.ts';
import type { PlainCue } from './plain-cue.ts';
import type { WarningLog } from './warning-log.ts';

const TIME = String.raw`(?:(\d{1,9}):)?(\d{1,2}):(\d{1,2})(?:[,.](\d{1,3}))?(?!\d)`;
const TIMING = new RegExp(String.raw`^\s*${TIME}\s*-{1,3}>\s*${TIME}`);
const BLOCK_NUMBER = /^\s*\d{1,9}\s*$/;
const POSITION_TAG = /\{\\[^{}]*\}/g; // {\an8}

/**
 * Reads SubRip leniently: any line ending, comma or dot before the milliseconds, hours or block numbers left out,
 * blank lines inside a block. A block whose timing cannot be read is left out with a warning naming its line.
 * Refuses with `NOT_SRT` when no line has an arrow, `BROKEN_CUES` when no timing can be read.
 */
export function readSrt(text: string, warnings: WarningLog): ParsedCaptions | RefusedCaptions {
  const cues = collectCues(text.split(/\r\n|\r|\n/), warnings);
  if (cues.length > 0) return { ok: true, timed: true, drafts: cuesToDrafts(cues) };
  const broken = warnings.first('BROKEN_CUE');
  const advice = 'Write timings like 00:01:02,345 --> 00:01:04,000.';
  if (!broken) return refuse('NOT_SRT', `No line has a timing, so this is not SubRip (SRT). ${advice}`, 1);
  const message = `No block has a readable timing; the first is on line ${broken.line}. ${advice}`;
  return refuse('BROKEN_CUES', message, broken.line);
}

interface OpenCue {
  readonly startMs: number;
  readonly endMs: number;
  readonly sourceLine: number;
  readonly lines: string[];
}

function collectCues(lines: readonly string[], warnings: WarningLog): PlainCue[] {
  const cues: PlainCue[] = [];
  let open: OpenCue | undefined; // undefined also after a broken block: its text has no place
  let lastNumber = 0;
  const close = (): void => {
    if (open) cues.push(closeCue(open));
    open = undefined;
  };
  for (const [index, line] of lines.entries()) {
    const afterBlank = (lines[index - 1] ?? '').trim() === '';
    if (startsBlock(lines, index, afterBlank, lastNumber)) {
      close();
      lastNumber = Number(line);
      if (!lines[index + 1]?.includes('->')) warnBroken(warnings, index + 1, 'This block has no timing');
    } else if (line.includes('-->') || TIMING.test(line)) {
      close();
      open = openCue(line, index + 1);
      if (!open) warnBroken(warnings, index + 1, 'This timing cannot be read');
    } else open?.lines.push(line);
  }
  close();
  return cues;
}

/** A number opens a block when its timing follows, or when it is the next number and its timing is missing. */
function startsBlock(
  lines: readonly string[],
  index: number,
  afterBlank: boolean,
  lastNumber: number,
): boolean {
  const line = lines[index] ?? '';
  const next = lines[index + 1] ?? '';
  if (!BLOCK_NUMBER.test(line)) return false;
  const isNext = Number(line) === lastNumber + 1;
  if (next.includes('-->') || TIMING.test(next)) return afterBlank || isNext;
  return afterBlank && isNext && next.trim() !== '';
}

function warnBroken(warnings: WarningLog, line: number, what: string): void {
  warnings.add(
    'BROKEN_CUE',
    `${what}; write it like 00:01:02,345 --> 00:01:04,000. Its text was left out.`,
    line,
  );
}

function openCue(line: string, sourceLine: number): OpenCue | undefined {
  const match = TIMING.exec(line);
  if (!match) return undefined;
  const startMs = timeMs(match.slice(1, 5));
  const endMs = timeMs(match.slice(5, 9));
  return startMs === undefined || endMs === undefined ? undefined : { startMs, endMs, sourceLine, lines: [] };
}

function timeMs([hours = '0', minutes, seconds, millis = '']: readonly (string | undefined)[]):
  | number
  | undefined {
  if (Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  return (
    Number(hours) * 3_600_000 +
    Number(minutes) * 60_000 +
    Number(seconds) * 1000 +
    Number(millis.padEnd(3, '0'))
  );
}

function closeCue({ lines, ...cue }: OpenCue): PlainCue {
  return { ...cue, turns: readCueText(lines.join('\n').replace(POSITION_TAG, '')) };
}
