import { describe, expect, it } from 'vitest';
import { parseCaptions } from './captions/captions.ts';
import type { RawSegment } from './captions/captions-result.ts';
import {
  type ExportedSegment,
  type ExportedTranscript,
  type TranscriptFormat,
  writeTranscript,
} from './transcript-file.ts';

function segment(index: number, over: Partial<ExportedSegment> = {}): ExportedSegment {
  return {
    id: `s${index}`,
    startMs: index * 4_001,
    endMs: index * 4_001 + 3_999,
    text: `Sentence number ${index}.`,
    originalText: null,
    speaker: 'Dana Lee',
    speakerLabel: over.speaker === undefined ? 'Dana Lee' : over.speaker,
    confidence: null,
    revision: 1,
    opens: null,
    ...over,
  };
}

const nasty: readonly ExportedSegment[] = [
  segment(0, { text: 'R&D says a < b --> c, &lt; stays, <b>bold</b>.', opens: 'R&D says' }),
  segment(1, { speaker: '김민준', text: '네, 시작하겠습니다.', confidence: 0.8123 }),
  segment(2, { speaker: null, text: 'Nobody knows who said [this](javascript:x).' }),
  segment(3, {
    speaker: 'Kim',
    speakerLabel: 'Speaker 2',
    text: '# 10:30 "quoted" \\ back',
    originalText: 'before',
    revision: 2,
  }),
  segment(4, { text: 'WEBVTT NOTE this is no comment', endMs: 4 * 4_001, opens: 'WEBVTT NOTE' }),
];

const transcript = (segments = nasty, language = 'ko'): ExportedTranscript => {
  return { id: 't1', revision: 3, title: '회의 *1*', meetingId: 'm1', language, segments };
};
const write = (format: TranscriptFormat, segments = nasty): string =>
  [...writeTranscript(transcript(segments), format)].join('');
const raw = (segments: readonly ExportedSegment[], withConfidence: boolean): RawSegment[] =>
  segments.map(({ startMs, endMs, text, speaker, confidence }) => ({
    startMs,
    endMs,
    text,
    ...(speaker === null ? {} : { speakerLabel: speaker }),
    ...(withConfidence && confidence !== null ? { confidence } : {}),
  }));

describe('writeTranscript', () => {
  it('writes JSON that is imported as it was: times, texts, speakers, confidence and language', () => {
    expect(parseCaptions(write('JSON'), 'JSON')).toEqual({
      ok: true,
      format: 'JSON',
      timed: true,
      segments: raw(nasty, true),
      languageHint: 'ko',
      warnings: [],
    });
  });

  it('writes JSON that says what the import does not read, too', () => {
    expect(JSON.parse(write('JSON'))).toMatchObject({
      format: 'hoerok.transcript.v1',
      id: 't1',
      revision: 3,
      meeting: { id: 'm1', title: '회의 *1*' },
      segments: [
        { id: 's0' },
        {},
        { speaker: null },
        { speaker: 'Kim', speakerLabel: 'Speaker 2', originalText: 'before', revision: 2 },
        {},
      ],
    });
    expect(JSON.parse(write('JSON', []))).toMatchObject({ segments: [] });
  });

  it('writes WebVTT that is imported as it was, but for confidence', () => {
    expect(parseCaptions(write('VTT'), 'VTT')).toMatchObject({
      ok: true,
      segments: raw(nasty, false),
      languageHint: 'ko',
      warnings: [],
    });
  });

  it('writes SubRip that is imported as it was, but for confidence and language', () => {
    expect(parseCaptions(write('SRT'), 'SRT')).toMatchObject({
      ok: true,
      segments: raw(nasty, false),
      warnings: [],
    });
  });

  it('writes text that is imported with its speakers and whole seconds', () => {
    const spoken = nasty.filter(({ speaker }) => speaker !== null);
    const read = parseCaptions(write('TXT', spoken), 'TEXT');
    expect(
      read.ok && read.segments.map(({ text, speakerLabel, startMs }) => [text, speakerLabel, startMs]),
    ).toEqual(
      spoken.map(({ text, speaker, startMs }) => [text, speaker, Math.floor(startMs / 1_000) * 1_000]),
    );
  });

  it('writes Markdown with a heading for each section, in which nothing acts as markup', () => {
    expect(write('MARKDOWN')).toBe(
      [
        String.raw`# 회의 \*1\*`,
        '',
        String.raw`## 00:00:00 R\&D says`,
        '',
        String.raw`- 00:00:00 **Dana Lee:** R\&D says a \< b --\> c, \&lt; stays, \<b\>bold\</b\>.`,
        '- 00:00:04 **김민준:** 네, 시작하겠습니다.',
        String.raw`- 00:00:08 Nobody knows who said \[this\](javascript:x).`,
        String.raw`- 00:00:12 **Kim:** \# 10:30 "quoted" \\ back`,
        '',
        '## 00:00:16 WEBVTT NOTE',
        '',
        '- 00:00:16 **Dana Lee:** WEBVTT NOTE this is no comment',
        '',
      ].join('\n'),
    );
  });

  it.each(['VTT', 'SRT', 'JSON'] as const)(
    'writes 1,203 segments of %s in pieces that fit together',
    (format) => {
      const many = Array.from({ length: 1_203 }, (_, index) => segment(index));
      const pieces = [...writeTranscript(transcript(many), format)];
      expect(pieces.length).toBeGreaterThan(3);
      expect(parseCaptions(pieces.join(''), format)).toMatchObject({
        ok: true,
        segments: raw(many, false),
        warnings: [],
      });
    },
  );
});
