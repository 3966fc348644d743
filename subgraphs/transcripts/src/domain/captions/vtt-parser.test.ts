import { describe, expect, it } from 'vitest';
import { parseVtt } from './vtt-parser.ts';

describe('parseVtt', () => {
  it('reads hours when they are there and when they are left out', () => {
    const file = parseVtt('WEBVTT\n\n01:02.003 --> 100:00:00.000\ntext');
    expect(file?.cues[0]).toMatchObject({ startMs: 62_003, endMs: 360_000_000, text: 'text' });
  });

  it('keeps the header lines and skips NOTE, STYLE and REGION blocks', () => {
    const blocks = ['Kind: captions', '', 'NOTE a', 'b', '', 'STYLE', '::cue {}', '', 'REGION', 'id:top'];
    const file = parseVtt(
      `WEBVTT - title\n${blocks.join('\n')}\n\nid\n00:01.000 --> 00:02.000 region:top\nhello`,
    );
    expect(file?.header).toEqual(['Kind: captions']);
    expect(file?.cues).toHaveLength(1);
    expect(file?.cues[0]).toMatchObject({
      id: 'id',
      text: 'hello',
      settings: { region: { id: 'top', lines: 3 } },
    });
  });

  it.each(['\n', '\r\n', '\r'])('accepts the line ending %j', (newline) => {
    const file = parseVtt(['WEBVTT', '', '00:01.000 --> 00:02.000', 'one', 'two'].join(newline));
    expect(file?.cues[0]?.text).toBe('one\ntwo');
  });

  it('begins a new cue at an arrow without a blank line before it', () => {
    const file = parseVtt('WEBVTT\n00:01.000 --> 00:02.000\none\n00:02.000 --> 00:03.000\ntwo');
    expect(file?.cues.map((cue) => cue.text)).toEqual(['one', 'two']);
  });

  it('drops a cue with an unreadable timing and names its line', () => {
    const file = parseVtt('WEBVTT\n\n00:01,000 --> 00:02,000\nlost\n\n00:03.000 --> 00:04.000\nkept');
    expect(file?.brokenLines).toEqual([3]);
    expect(file?.cues.map((cue) => cue.text)).toEqual(['kept']);
  });

  it('replaces NUL characters', () => {
    expect(parseVtt('WEBVTT\n\n00:01.000 --> 00:02.000\na\0b')?.cues[0]?.text).toBe('a\uFFFDb');
  });

  it.each(['', 'webvtt', 'WEBVTTX', ' WEBVTT', 'hello'])('has no answer for the signature %j', (text) => {
    expect(parseVtt(text)).toBeUndefined();
  });
});
