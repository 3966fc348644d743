import { describe, expect, it } from 'vitest';
import { acceptSegments, joinParts, spreadText } from './heard-speech.ts';

describe('what a provider claims', () => {
  it('keeps its text and gets times that can be', () => {
    const claimed = [
      { start: -3, end: 2, text: ' We begin. ' },
      { start: Number.NaN, end: 'soon', text: 'No time.' },
      { start: 5, end: 4, text: 'Backwards.', speaker: 'A', confidence: 7 },
      { start: 1, end: 900, text: 'Overlapping, and beyond the end.', speaker: 4 },
      { start: Infinity, end: null, text: '   ' },
    ];
    expect(acceptSegments(claimed, 10_000)).toEqual([
      { startMs: 0, endMs: 2_000, text: 'We begin.', speaker: null, confidence: null },
      { startMs: 2_000, endMs: 2_000, text: 'No time.', speaker: null, confidence: null },
      { startMs: 5_000, endMs: 5_000, text: 'Backwards.', speaker: 'A', confidence: 1 },
      {
        startMs: 1_000,
        endMs: 10_000,
        text: 'Overlapping, and beyond the end.',
        speaker: null,
        confidence: null,
      },
    ]);
  });

  it('has a bound in number and in length', () => {
    const many = Array.from({ length: 30_000 }, () => ({ start: 0, end: 1, text: 'x'.repeat(6_000) }));
    const accepted = acceptSegments(many, null);
    expect(accepted).toHaveLength(20_000);
    expect(accepted[0]?.text).toHaveLength(5_000);
  });

  it('shares the time among its sentences when it has no times', () => {
    expect(spreadText('Aaaa. 나나나나! ', 10_000)).toMatchObject([
      { startMs: 0, endMs: 5_000, text: 'Aaaa.' },
      { startMs: 5_000, endMs: 10_000, text: '나나나나!' },
    ]);
    expect(spreadText(' \n ', 1_000)).toEqual([]);
  });
});

it('joins parts by their places, and tells the voices of one from those of another', () => {
  const heard = (speaker: string | null, text: string) => ({
    model: 'm',
    language: null,
    segments: [{ startMs: 100, endMs: 200, text, speaker, confidence: 0.5 }],
  });
  expect(joinParts([{ startMs: 0, heard: heard('A', 'one') }])).toEqual([
    { startMs: 100, endMs: 200, text: 'one', speakerLabel: 'Speaker A', confidence: 0.5 },
  ]);
  const joined = joinParts([
    { startMs: 0, heard: heard('A', 'one') },
    { startMs: 60_000, heard: heard('A', 'two\u0000') },
    { startMs: 90_000, heard: heard(null, 'three') },
  ]);
  expect(joined.map(({ startMs, speakerLabel }) => [startMs, speakerLabel])).toEqual([
    [100, 'Speaker A (1)'],
    [60_100, 'Speaker A (2)'],
    [90_100, undefined],
  ]);
});
