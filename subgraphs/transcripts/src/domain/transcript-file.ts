import { clock, srtCue, vttCue, vttHeader } from './captions/write-captions.ts';

/** One stretch of speech as it is exported. */
export interface ExportedSegment {
  readonly id: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
  /** Null before the first edit. */
  readonly originalText: string | null;
  /** The user whom the speaker was assigned to by name, else the label; null when nobody knows who speaks. */
  readonly speaker: string | null;
  /** As the speaker is called in the transcript itself. */
  readonly speakerLabel: string | null;
  readonly confidence: number | null;
  readonly revision: number;
  /** Title of its section, from its first segment on; null for the others. */
  readonly opens: string | null;
}

/** A transcript as it is exported; segments in the order of the meeting. */
export interface ExportedTranscript {
  readonly id: string;
  readonly revision: number;
  readonly title: string;
  readonly meetingId: string;
  readonly language: string;
  readonly segments: readonly ExportedSegment[];
}

/** In which a transcript can be taken along. */
export const TRANSCRIPT_FORMATS = {
  VTT: { extension: 'vtt', mimeType: 'text/vtt; charset=utf-8' },
  SRT: { extension: 'srt', mimeType: 'application/x-subrip; charset=utf-8' },
  JSON: { extension: 'json', mimeType: 'application/json; charset=utf-8' },
  TXT: { extension: 'txt', mimeType: 'text/plain; charset=utf-8' },
  MARKDOWN: { extension: 'md', mimeType: 'text/markdown; charset=utf-8' },
} as const;

/** One of {@link TRANSCRIPT_FORMATS}. */
export type TranscriptFormat = keyof typeof TRANSCRIPT_FORMATS;

const SEGMENTS_PER_CHUNK = 500;

/** The file in pieces of some hundred segments, so that a long one is never in memory as a whole. */
export function* writeTranscript(
  transcript: ExportedTranscript,
  format: TranscriptFormat,
): Generator<string> {
  const { head, line, between, tail } = WRITERS[format](transcript);
  const { segments } = transcript;
  yield head;
  for (let from = 0; from < segments.length; from += SEGMENTS_PER_CHUNK) {
    const lines = segments
      .slice(from, from + SEGMENTS_PER_CHUNK)
      .map((one, place) => line(one, from + place));
    yield (from === 0 ? '' : between) + lines.join(between);
  }
  yield tail;
}

interface Writer {
  readonly head: string;
  readonly line: (segment: ExportedSegment, index: number) => string;
  /** Between two lines. */
  readonly between: string;
  readonly tail: string;
}

const WRITERS: Readonly<Record<TranscriptFormat, (transcript: ExportedTranscript) => Writer>> = {
  VTT: ({ language }) => ({ head: vttHeader(language), line: cueOf(vttCue), between: '', tail: '' }),
  SRT: () => ({ head: '', line: cueOf(srtCue), between: '\n', tail: '' }),
  JSON: toJson,
  TXT: () => ({ head: '', line: textLine, between: '\n', tail: '\n' }),
  MARKDOWN: ({ title }) => ({
    head: `# ${escapeMarkdown(title)}\n`,
    line: markdownLine,
    between: '\n',
    tail: '\n',
  }),
};

function cueOf(write: typeof vttCue): Writer['line'] {
  return ({ startMs, endMs, text, speaker }, index) =>
    write({ startMs, endMs, text, ...(speaker === null ? {} : { speakerLabel: speaker }) }, index);
}

/**
 * The own shape that the import reads: `segments[] {start, end, text, speaker, confidence}` in seconds. What it does not read
 * (ids, revisions, texts before an edit) is for other programs.
 */
function toJson({ id, revision, title, meetingId, language }: ExportedTranscript): Writer {
  const facts = { format: 'hoerok.transcript.v1', id, revision, language, meeting: { id: meetingId, title } };
  const opened = JSON.stringify(facts, null, 2).replace(/\n\}$/, '');
  return {
    head: `${opened},\n  "segments": [\n    `,
    line: jsonSegment,
    between: ',\n    ',
    tail: '\n  ]\n}\n',
  };
}

function jsonSegment({ startMs, endMs, ...segment }: ExportedSegment): string {
  const { id, text, originalText, speaker, speakerLabel, confidence, revision } = segment;
  const label = speakerLabel === speaker ? {} : { speakerLabel };
  const times = { start: startMs / 1_000, end: endMs / 1_000 };
  const before = originalText === null ? {} : { originalText };
  const sure = confidence === null ? {} : { confidence };
  return JSON.stringify({ id, ...times, speaker, ...label, text, ...before, ...sure, revision });
}

/** `[01:02:03] Name: text`, which the import reads too; times lose their milliseconds. */
function textLine({ startMs, text, speaker }: ExportedSegment): string {
  return `[${clock(startMs, '.').slice(0, -4)}] ${speaker === null ? '' : `${speaker}: `}${text}`;
}

function markdownLine({ startMs, text, speaker, opens }: ExportedSegment): string {
  const time = clock(startMs, '.').slice(0, -4);
  const heading = opens === null ? '' : `\n## ${time} ${escapeMarkdown(opens)}\n\n`;
  const who = speaker === null ? '' : `**${escapeMarkdown(speaker)}:** `;
  return `${heading}- ${time} ${who}${escapeMarkdown(text)}`;
}

/** Plain text as one line of Markdown that shows it as it is (CommonMark 0.31, section 2.4). */
function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/[\\`*_[\]<>#|~&!]/g, String.raw`\$&`);
}
