import { describe, expect, it } from 'vitest';
import { parseCaptions } from './captions.ts';

const read = (...lines: string[]) => parseCaptions(lines.join('\n'), 'SRT');
const said = (result: ReturnType<typeof parseCaptions>) =>
  result.ok
    ? result.segments.map(({ startMs, endMs, text, speakerLabel }) => [startMs, endMs, speakerLabel, text])
    : result;

describe('reading SubRip', () => {
  it('reads CRLF, comma or dot, and blocks without number', () => {
    const text = '1\r\n00:00:01,000 --> 00:00:02,500\r\nHi.\r\n\r\n00:00:03.5 --> 00:00:04 X1:1\r\nBye.\r\n';
    expect(said(parseCaptions(text, 'SRT'))).toEqual([
      [1000, 2500, undefined, 'Hi.'],
      [3500, 4000, undefined, 'Bye.'],
    ]);
  });

  it('takes formatting away', () => {
    const result = read(
      '1',
      '00:00:01,000 --> 00:00:02,000',
      '{\\an8}<i>Hi</i> <font color="#fff">you</font>',
    );
    expect(said(result)).toEqual([[1000, 2000, undefined, 'Hi you']]);
  });

  it('reads two speakers of one block', () => {
    const result = read('1', '00:00:01,000 --> 00:00:02,000', '- Ann: one', 'more', '- Bo: two');
    expect(said(result)).toEqual([
      [1000, 2000, 'Ann', 'one more'],
      [1000, 2000, 'Bo', 'two'],
    ]);
  });

  it('keeps the rest when a block is broken and says where it is', () => {
    const good = (n: number) => [`${n}`, `00:00:0${n},000 --> 00:00:0${n},900`, `text ${n}`, ''];
    const result = read(
      ...good(1),
      '2',
      '00:00:0x --> 00:00:03',
      'lost',
      '',
      '3',
      'no timing',
      '',
      ...good(4),
    );
    expect(said(result)).toEqual([
      [1000, 1900, undefined, 'text 1'],
      [4000, 4900, undefined, 'text 4'],
    ]);
    expect(result.ok && result.warnings.map(({ code, line }) => [code, line])).toEqual([
      ['BROKEN_CUE', 6],
      ['BROKEN_CUE', 9],
    ]);
  });

  it('keeps a blank line and a number inside a block as text', () => {
    const result = read(
      '1',
      '00:00:01,000 --> 00:00:02,000',
      'It costs',
      '',
      '42',
      '',
      '2',
      '00:00:03,000 --> 00:00:04,000',
      'ok',
    );
    expect(said(result)).toEqual([
      [1000, 2000, undefined, 'It costs 42'],
      [3000, 4000, undefined, 'ok'],
    ]);
  });

  it('refuses a file in which no timing can be read, naming the first', () => {
    expect(read('1', '00:00:0x --> 00:00:03', 'lost')).toMatchObject({
      ok: false,
      error: { code: 'BROKEN_CUES', line: 2 },
    });
  });

  it('refuses a file without any timing', () => {
    expect(read('hello')).toMatchObject({ ok: false, error: { code: 'NOT_SRT' } });
  });
});
