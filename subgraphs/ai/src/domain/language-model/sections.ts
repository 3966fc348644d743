import type { AnalysisSegment } from '../analysis/draft-minutes.ts';

/** A line of the transcript as it is sent: `n` counts the segments of the meeting from 1 and says nothing about our ids. */
export interface SentLine {
  readonly n: number;
  readonly speaker: string;
  readonly text: string;
}

/** Room a line takes beside its text and speaker: braces, names of the fields, the number. */
const LINE_TOKENS = 16;
/** Share of a section behind which a change of speaker is taken as a good place to cut. */
const ENOUGH = 0.8;

/**
 * Tokens of a text, counted high: no tokenizer that we know of makes more of ordinary speech. A third of the UTF-8 bytes,
 * that is three Latin letters or one Hangul syllable a token.
 */
export function estimateTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 3);
}

/** Cuts lines into sections of at most `maxTokens`, where the speaker changes if that is near; a longer line goes in pieces. */
export function cutIntoSections(lines: readonly SentLine[], maxTokens: number): SentLine[][] {
  const sections: SentLine[][] = [];
  let open: SentLine[] = [];
  let used = 0;
  const close = (): void => {
    if (open.length > 0) sections.push(open);
    open = [];
    used = 0;
  };
  for (const line of lines.flatMap((long) => inPieces(long, maxTokens))) {
    const tokens = tokensOf(line);
    const changes = open.at(-1)?.speaker !== line.speaker;
    if (used + tokens > maxTokens || (changes && used > ENOUGH * maxTokens)) close();
    open.push(line);
    used += tokens;
  }
  close();
  return sections;
}

function tokensOf({ speaker, text }: SentLine): number {
  return LINE_TOKENS + estimateTokens(speaker) + estimateTokens(text);
}

function inPieces(line: SentLine, maxTokens: number): SentLine[] {
  if (tokensOf(line) <= maxTokens) return [line];
  // A UTF-16 unit has at most three bytes, so it is at most one token.
  const size = Math.max(1, maxTokens - tokensOf({ ...line, text: '' }) - 1);
  const pieces: SentLine[] = [];
  for (let from = 0; from < line.text.length; from += size)
    pieces.push({ ...line, text: line.text.slice(from, from + size) });
  return pieces;
}

/** What is sent of a meeting: lines and the names of who took part, without an id or an e-mail address in a name. */
export interface SentMeeting {
  readonly participants: readonly string[];
  readonly lines: readonly SentLine[];
  /** The name behind one that was sent. */
  readonly nameOf: (sent: string) => string;
}

const ADDRESS = /\S+@\S+/u;

/** Numbers the segments and takes e-mail addresses out of names: who has only an address becomes `Person 1`. */
export function sentMeeting(segments: readonly AnalysisSegment[], names: readonly string[]): SentMeeting {
  const masks = new Map<string, string>();
  const send = (name: string): string => {
    if (!ADDRESS.test(name)) return name;
    const mask = masks.get(name) ?? `Person ${masks.size + 1}`;
    masks.set(name, mask);
    return mask;
  };
  const participants = [...new Set(names.map(send))];
  const lines = segments.map(({ speakerLabel, text }, index) => {
    return { n: index + 1, speaker: send(speakerLabel), text };
  });
  const real = new Map([...masks].map(([name, mask]) => [mask, name]));
  return { participants, lines, nameOf: (sent) => real.get(sent) ?? sent };
}
