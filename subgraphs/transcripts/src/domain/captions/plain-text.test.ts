import { describe, expect, it } from 'vitest';
import { parseCaptions } from './captions.ts';

const read = (...lines: string[]) => parseCaptions(lines.join('\n'), 'TEXT');
const said = (result: ReturnType<typeof parseCaptions>) =>
  result.ok
    ? result.segments.map(({ startMs, endMs, text, speakerLabel }) => [startMs, endMs, speakerLabel, text])
    : result;

describe('reading plain text', () => {
  it('reads turns, continues a line, and begins a new segment after a blank line', () => {
    const result = read('Ann: one two three', 'four', '', 'five six seven', 'Bo: ok then good bye');
    expect(said(result)).toEqual([
      [0, 1600, 'Ann', 'one two three four'],
      [1600, 2800, 'Ann', 'five six seven'],
      [2800, 4400, 'Bo', 'ok then good bye'],
    ]);
    expect(result).toMatchObject({ format: 'TEXT', timed: false });
  });

  it('estimates Korean by the syllable', () => {
    const result = read('김민준: 안녕하세요 여러분 반갑습니다', '이서연: 네');
    expect(said(result)).toEqual([
      [0, 13 * 220, '김민준', '안녕하세요 여러분 반갑습니다'],
      [13 * 220, 13 * 220 + 1000, '이서연', '네'],
    ]);
    expect(result).toMatchObject({ languageHint: 'ko' });
  });

  it.each([
    ['a time before the name', '[00:01:02] Ann: hi', '[00:01:05.500] Bo: yes'],
    ['a bare time with seconds', '00:01:02 Ann: hi', '0:01:05.5 Bo: yes'],
    ['a time after the name', 'Ann (00:01:02): hi', 'Bo (1:05.5): yes'],
    ['Otter headings', 'Ann  1:02\nhi\n', 'Bo  1:05.5\nyes\n\nTranscribed by https://otter.ai'],
  ])('reads %s', (_, first, second) => {
    const result = read(first, second);
    expect(said(result)).toEqual([
      [62_000, 65_500, 'Ann', 'hi'],
      [65_500, 66_500, 'Bo', 'yes'],
    ]);
    expect(result).toMatchObject({ timed: true, warnings: [] });
  });

  it('does not take a clock time in talk for a time of the file', () => {
    expect(said(read('Ann: when', '10:30 we meet', 'Bo: ok'))).toEqual([
      [0, 1600, 'Ann', 'when 10:30 we meet'],
      [1600, 2600, 'Bo', 'ok'],
    ]);
  });

  it('says when only some turns have a time', () => {
    const result = read('[00:00:10] Ann: hi', 'Bo: yes', '[00:00:20] Ann: bye');
    expect(result).toMatchObject({ timed: false, warnings: [{ code: 'UNTIMED_TURNS', line: 2 }] });
  });

  it('leaves a title before the first speaker out and says so', () => {
    const result = read('Weekly sync', '2026-03-04', '', 'Ann: hi', 'Bo: yes');
    expect(result).toMatchObject({ segments: [{ text: 'hi' }, { text: 'yes' }] });
    expect(result).toMatchObject({ warnings: [{ code: 'PREAMBLE_SKIPPED', line: 1 }] });
  });

  it('makes a segment of each paragraph when nobody is named', () => {
    expect(said(read('We met today.', 'It was good.', '', 'Next week again.'))).toEqual([
      [0, 2400, undefined, 'We met today. It was good.'],
      [2400, 3600, undefined, 'Next week again.'],
    ]);
  });
});
