import { parseRegion, type VttRegion } from './vtt-region.ts';
import { type CueSettings, parseCueSettings } from './vtt-settings.ts';

/** One cue as it stands in the file; `text` still holds its markup. */
export interface VttCue {
  readonly id: string;
  readonly startMs: number;
  /** May lie before `startMs`: the specification keeps such cues. */
  readonly endMs: number;
  readonly text: string;
  readonly settings: CueSettings;
  /** Line of the timing, from 1. */
  readonly sourceLine: number;
}

/** A parsed WebVTT file. */
export interface VttFile {
  /** Lines between the signature and the first blank line, such as "Language: ko". */
  readonly header: readonly string[];
  /** In the file's order. */
  readonly cues: readonly VttCue[];
  /** Lines, from 1, that hold an arrow but no readable timing; their cues are dropped. */
  readonly brokenLines: readonly number[];
}

interface ParserState {
  readonly lines: readonly string[];
  /** Index of the next line to read. */
  next: number;
  seenCue: boolean;
  readonly regions: Map<string, VttRegion>;
  readonly cues: VttCue[];
  readonly brokenLines: number[];
}

/**
 * Parses WebVTT exactly as a browser does (W3C WebVTT, section 6.1 "WebVTT file parsing"), in linear time.
 * Takes text whose byte order mark is gone. Undefined when the signature is missing.
 */
export function parseVtt(text: string): VttFile | undefined {
  if (!/^WEBVTT(?:[ \t\r\n]|$)/.test(text)) return undefined;
  const lines = text.replaceAll('\0', '\uFFFD').split(/\r\n|\r|\n/);
  const state: ParserState = {
    lines,
    next: 1,
    seenCue: false,
    regions: new Map(),
    cues: [],
    brokenLines: [],
  };
  const header = lines[1] === '' ? [] : collectBlock(state, true);
  while (state.next < lines.length) {
    if (lines[state.next] === '') state.next += 1;
    else collectBlock(state, false);
  }
  return { header, cues: state.cues, brokenLines: state.brokenLines };
}

type Timing = Pick<VttCue, 'id' | 'startMs' | 'endMs' | 'settings' | 'sourceLine'>;

/** Reads one block and files it as a cue or region; returns its lines (comments and styles are of no use here). */
function collectBlock(state: ParserState, inHeader: boolean): string[] {
  let buffer: string[] = [];
  let timing: Timing | undefined;
  let isRegion = false;
  let seenArrow = false;
  for (let lineCount = 1; state.next < state.lines.length; lineCount += 1) {
    const line = state.lines[state.next] ?? '';
    if (line.includes('-->')) {
      const mayBeTiming = !inHeader && (lineCount === 1 || (lineCount === 2 && !seenArrow));
      if (!mayBeTiming) break; // the arrow begins the next block
      seenArrow = true;
      timing = readTiming(state, line, buffer.join('\n'));
      if (timing) buffer = [];
    } else if (line === '') {
      state.next += 1;
      break;
    } else {
      if (!inHeader && lineCount === 2 && !state.seenCue && /^REGION[\t\f ]*$/.test(buffer[0] ?? '')) {
        isRegion = true;
        buffer = [];
      }
      buffer.push(line);
    }
    state.next += 1;
  }
  if (timing) state.cues.push({ ...timing, text: buffer.join('\n') });
  else if (isRegion) addRegion(state, parseRegion(buffer.join('\n')));
  return buffer;
}

function addRegion(state: ParserState, region: VttRegion): void {
  state.regions.set(region.id, region);
}

function readTiming(state: ParserState, line: string, id: string): Timing | undefined {
  const sourceLine = state.next + 1;
  const timing = parseTimingLine(line);
  if (!timing) {
    state.brokenLines.push(sourceLine);
    return undefined;
  }
  state.seenCue = true;
  const { startMs, endMs, rest } = timing;
  return { id, startMs, endMs, settings: parseCueSettings(rest, state.regions), sourceLine };
}

const TIMESTAMP = String.raw`(\d+):(\d\d)(?::(\d\d))?\.(\d{3})(?!\d)`;
const TIMING_LINE = new RegExp(String.raw`^[\t\f ]*${TIMESTAMP}[\t\f ]*-->[\t\f ]*${TIMESTAMP}(.*)$`, 's');

function parseTimingLine(line: string): { startMs: number; endMs: number; rest: string } | undefined {
  const match = TIMING_LINE.exec(line);
  if (!match) return undefined;
  const startMs = timestampMs(match.slice(1, 5));
  const endMs = timestampMs(match.slice(5, 9));
  if (startMs === undefined || endMs === undefined) return undefined;
  return { startMs, endMs, rest: match[9] ?? '' };
}

/** Hours may be left out; then the first number is minutes of exactly two digits. */
function timestampMs(parts: readonly (string | undefined)[]): number | undefined {
  const [first = '', second = '', third, millis = ''] = parts;
  const [hours, minutes, seconds] = third === undefined ? ['0', first, second] : [first, second, third];
  if (minutes.length !== 2 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  return Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000 + Number(millis);
}
