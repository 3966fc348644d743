import type { VttRegion } from './vtt-region.ts';
import { parsePercentage, settingPairs } from './vtt-setting-syntax.ts';

/** Where and how a cue is shown, with the names and defaults of `VTTCue`. */
export interface CueSettings {
  region: VttRegion | null;
  vertical: '' | 'rl' | 'lr';
  /** Percent when `snapToLines` is false, else a line number. */
  line: number | 'auto';
  lineAlign: 'start' | 'center' | 'end';
  snapToLines: boolean;
  /** Percent. */
  position: number | 'auto';
  positionAlign: 'line-left' | 'center' | 'line-right' | 'auto';
  /** Percent. */
  size: number;
  align: 'start' | 'center' | 'end' | 'left' | 'right';
}

const LINE_ALIGNS = ['start', 'center', 'end'] as const;
const POSITION_ALIGNS = ['line-left', 'center', 'line-right'] as const;
const ALIGNS = ['start', 'center', 'end', 'left', 'right'] as const;

/**
 * Reads the part of a timing line that follows the end time. Settings that do not parse are ignored, as the
 * specification says (W3C WebVTT, "parse the WebVTT cue settings").
 */
export function parseCueSettings(input: string, regions: ReadonlyMap<string, VttRegion>): CueSettings {
  const cue = defaultSettings();
  for (const [name, value] of settingPairs(input)) {
    if (name === 'region') cue.region = regions.get(value) ?? null;
    else if (name === 'vertical' && (value === 'rl' || value === 'lr')) cue.vertical = value;
    else if (name === 'line') applyLine(cue, value);
    else if (name === 'position') applyPosition(cue, value);
    else if (name === 'size') cue.size = parsePercentage(value) ?? cue.size;
    else if (name === 'align') cue.align = ALIGNS.find((align) => align === value) ?? cue.align;
  }
  if (cue.line !== 'auto' || cue.size !== 100 || cue.vertical !== '') cue.region = null;
  return cue;
}

function defaultSettings(): CueSettings {
  return {
    region: null,
    vertical: '',
    line: 'auto',
    lineAlign: 'start',
    snapToLines: true,
    position: 'auto',
    positionAlign: 'auto',
    size: 100,
    align: 'center',
  };
}

function applyLine(cue: CueSettings, value: string): void {
  const [offset, alignName] = splitAtComma(value);
  const isPercentage = offset.endsWith('%');
  const line = isPercentage ? parsePercentage(offset) : parseLineNumber(offset);
  const align = LINE_ALIGNS.find((known) => known === alignName);
  if (line === undefined || (alignName !== undefined && align === undefined)) return;
  cue.line = line;
  cue.lineAlign = align ?? cue.lineAlign;
  cue.snapToLines = !isPercentage;
}

function applyPosition(cue: CueSettings, value: string): void {
  const [offset, alignName] = splitAtComma(value);
  const position = parsePercentage(offset);
  const align = POSITION_ALIGNS.find((known) => known === alignName);
  if (position === undefined || (alignName !== undefined && align === undefined)) return;
  cue.position = position;
  cue.positionAlign = align ?? cue.positionAlign;
}

function splitAtComma(value: string): [string, string | undefined] {
  const comma = value.indexOf(',');
  return comma < 0 ? [value, undefined] : [value.slice(0, comma), value.slice(comma + 1)];
}

function parseLineNumber(input: string): number | undefined {
  if (!/^-?\d+(?:\.\d+)?$/.test(input)) return undefined;
  const line = Number(input) + 0; // + 0 turns -0 into 0
  return Number.isFinite(line) ? line : undefined;
}
