import { canBeName } from './speaker-labels.ts';

/** A line of a plain-text transcript after its time is taken off. */
export interface TextLine {
  /** What remains, maybe still with a "Name:" in front; empty for a heading and for a blank line. */
  readonly text: string;
  readonly startMs?: number;
  /** Only where the line's form names the speaker beyond doubt: beside a time. */
  readonly speaker?: string;
}

const CLOCK = String.raw`(?:(\d{1,2}):)?(\d{1,3}):(\d{2})(?:[.,](\d{1,3}))?`;
const TIME_FIRST = new RegExp(
  String.raw`^(?:\[${CLOCK}\]|\(${CLOCK}\)|${CLOCK}(?=\s))\s*[-–]?\s*(.*)$`,
  'su',
);
const NAME_THEN_TIME = new RegExp(
  String.raw`^([^:：()\[\]]{1,60}?)\s?[(\[]${CLOCK}[)\]]\s?(?::\s?(.*))?$`,
  'su',
);
const HEADING = new RegExp(
  String.raw`^(?:\[([^\[\]]{1,60})\]|(\S.{0,59}?))(?:\s{2,}|\t|(?<=\])\s)${CLOCK}\s*$`,
  'su',
);
const FOOTER = /^Transcribed by https:\/\/otter\.ai/i;

/**
 * Takes the time, and the speaker beside it, off a line.
 * @param line the line with single spaces.
 * @param original the line as written: two spaces between name and time mark a heading of Otter's.
 */
export function readTextLine(line: string, original: string = line): TextLine {
  if (line === '' || FOOTER.test(line)) return { text: '' };
  return readHeading(original.trim()) ?? readNameThenTime(line) ?? readTimeFirst(line) ?? { text: line };
}

const MAX_HEADING_CHARS = 200; // a bound, for the lazy name would be slow on a very long line

function readHeading(line: string): TextLine | undefined {
  if (line.length > MAX_HEADING_CHARS) return undefined;
  const match = HEADING.exec(line);
  const speaker = (match?.[1] ?? match?.[2])?.trim();
  if (!match || !speaker || !canBeName(speaker)) return undefined;
  return { text: '', speaker, startMs: clockMs(match.slice(3, 7)) };
}

function readNameThenTime(line: string): TextLine | undefined {
  const match = NAME_THEN_TIME.exec(line);
  const speaker = match?.[1]?.trim();
  if (!match || !speaker || !canBeName(speaker)) return undefined;
  return { text: (match[6] ?? '').trim(), speaker, startMs: clockMs(match.slice(2, 6)) };
}

function readTimeFirst(line: string): TextLine | undefined {
  const match = TIME_FIRST.exec(line);
  if (!match) return undefined;
  // Three ways to write the clock, four groups each; the one that matched has its seconds.
  const at = [1, 5, 9].find((group) => match[group + 2] !== undefined) ?? 1;
  // "10:30 we meet" without brackets is talk; a bare clock counts only with seconds, "00:10:30 text".
  if (at === 9 && match[9] === undefined) return undefined;
  return { text: (match[13] ?? '').trim(), startMs: clockMs(match.slice(at, at + 4)) };
}

function clockMs([hours = '0', minutes, seconds, millis = '']: readonly (string | undefined)[]): number {
  return (
    Number(hours) * 3_600_000 +
    Number(minutes) * 60_000 +
    Number(seconds) * 1000 +
    Number(millis.padEnd(3, '0'))
  );
}
