import { describe, expect, it } from 'vitest';
import { foldRollingCaptions } from './rolling-captions.ts';

const cue = (startMs: number, ...lines: string[]) => ({
  startMs,
  endMs: startMs + 10,
  sourceLine: 1,
  turns: [{ lines }],
});
const texts = (cues: ReturnType<typeof foldRollingCaptions>) =>
  cues.map((each) => each.turns[0]?.lines.join(' / '));

describe('foldRollingCaptions', () => {
  it('says each line of rolling captions once', () => {
    const rolling = [
      cue(0, 'one'),
      cue(10, 'one', 'two'),
      cue(20, 'two'),
      cue(30, 'two', 'three'),
      cue(40, 'three'),
    ];
    const folded = foldRollingCaptions(rolling);
    expect(texts(folded)).toEqual(['one', 'two', 'three']);
    expect(folded.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [0, 10],
      [10, 30],
      [30, 50],
    ]);
  });

  it('folds two repeated lines of a three-line display', () => {
    const rolling = [cue(0, 'a', 'b', 'c'), cue(10, 'b', 'c', 'd'), cue(20, 'c', 'd', 'e')];
    expect(texts(foldRollingCaptions(rolling))).toEqual(['a / b / c', 'd', 'e']);
  });

  it('keeps words that are said twice in ordinary captions', () => {
    const talk = [cue(0, 'Yeah.'), cue(10, 'Yeah.'), cue(20, 'Yeah.'), cue(30, 'So.')];
    expect(texts(foldRollingCaptions(talk))).toEqual(['Yeah.', 'Yeah.', 'Yeah.', 'So.']);
  });

  it('leaves captions with voices alone', () => {
    const voiced = { startMs: 0, endMs: 1, sourceLine: 1, turns: [{ speaker: 'A', lines: ['x'] }] };
    expect(foldRollingCaptions([voiced, voiced])).toHaveLength(2);
  });
});
