import { describe, expect, it } from 'vitest';
import { sectionRanges, type Spoken } from './section-boundaries.ts';

/** Segments of `ms` each, one right after the other. */
const talk = (count: number, ms: number, speakerOf: (index: number) => number | null = () => 0): Spoken[] =>
  Array.from({ length: count }, (_, index) => ({
    startMs: index * ms,
    endMs: (index + 1) * ms,
    speaker: speakerOf(index),
  }));

describe('sectionRanges', () => {
  it('has no section for no speech and one for a single segment', () => {
    expect(sectionRanges([])).toEqual([]);
    expect(sectionRanges(talk(1, 1_000))).toEqual([{ from: 0, to: 1 }]);
  });

  it('keeps a short meeting in one section', () => {
    expect(sectionRanges(talk(30, 5_000, (index) => index % 2))).toEqual([{ from: 0, to: 30 }]);
  });

  it('cuts at the first change of speaker after five minutes', () => {
    const spoken = talk(10, 60_000, (index) => (index < 6 ? 0 : 1));
    expect(sectionRanges(spoken)).toEqual([
      { from: 0, to: 6 },
      { from: 6, to: 10 },
    ]);
  });

  it('cuts at the first pause after forty segments of one speaker', () => {
    const spoken = talk(50, 1_000).map((segment, index) =>
      index < 45 ? segment : { ...segment, startMs: segment.startMs + 2_000, endMs: segment.endMs + 2_000 },
    );
    expect(sectionRanges(spoken)).toEqual([
      { from: 0, to: 45 },
      { from: 45, to: 50 },
    ]);
  });

  it('cuts a speech without pauses at sixty segments or eight minutes', () => {
    expect(sectionRanges(talk(130, 1_000)).map(({ to }) => to)).toEqual([60, 120, 130]);
    expect(sectionRanges(talk(20, 60_000)).map(({ to }) => to)).toEqual([8, 16, 20]);
  });

  it('puts every segment into exactly one section, also when segments overlap', () => {
    const spoken = Array.from({ length: 500 }, (_, index) => ({
      startMs: index * 700,
      endMs: index * 700 + ((index * 7_919) % 30_000),
      speaker: index % 3 === 0 ? null : index % 4,
    }));
    const ranges = sectionRanges(spoken);
    expect(ranges[0]?.from).toBe(0);
    expect(ranges.at(-1)?.to).toBe(500);
    for (const [index, range] of ranges.entries()) {
      expect(range.to).toBeGreaterThan(range.from);
      if (index > 0) expect(range.from).toBe(ranges[index - 1]?.to);
    }
  });
});
