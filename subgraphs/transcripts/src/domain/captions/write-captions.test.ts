import { describe, expect, it } from 'vitest';
import { parseCaptions } from './captions.ts';
import type { RawSegment } from './captions-result.ts';
import { toSrt, toVtt } from './write-captions.ts';

const segments: RawSegment[] = [
  {
    startMs: 0,
    endMs: 1500,
    text: 'Good morning: R&D says a < b --> c, &lt; stays.',
    speakerLabel: 'Dana Lee',
  },
  { startMs: 1500, endMs: 1500, text: '네, <i>시작</i>하겠습니다.', speakerLabel: '김민준' },
  { startMs: 2000, endMs: 3_723_004, text: 'List<String> and 10:30.', speakerLabel: 'Dana Lee' },
  { startMs: 400_000_000, endMs: 400_000_001, text: 'Nobody knows who said this' },
];

describe('writing captions', () => {
  it('writes WebVTT with voices', () => {
    expect(toVtt([{ startMs: 61_001, endMs: 3_600_000, text: 'a & b', speakerLabel: 'Ann' }])).toBe(
      'WEBVTT\n\n1\n00:01:01.001 --> 01:00:00.000\n<v Ann>a &amp; b</v>\n',
    );
  });

  it('writes SubRip with names', () => {
    expect(toSrt([{ startMs: 61_001, endMs: 3_600_000, text: 'a & b', speakerLabel: 'Ann' }])).toBe(
      '1\n00:01:01,001 --> 01:00:00,000\nAnn: a & b\n',
    );
  });

  it('reads back from WebVTT as it was', () => {
    expect(parseCaptions(toVtt(segments), 'VTT')).toMatchObject({ ok: true, segments, warnings: [] });
  });

  it('reads back from SubRip as it was', () => {
    expect(parseCaptions(toSrt(segments), 'SRT')).toMatchObject({ ok: true, segments, warnings: [] });
  });
});
