import { describe, expect, it } from 'vitest';
import { readCueText } from './cue-text.ts';

describe('readCueText', () => {
  it('takes tags, classes and inline timestamps away', () => {
    expect(readCueText('<c.yellow.bg>one</c> <00:00:01.000><i>two</i> <b>three</b>')).toEqual([
      { lines: ['one two three'] },
    ]);
  });

  it('decodes character references once', () => {
    expect(readCueText('R&amp;D &lt;b&gt; &#39;x&#x27; a&nbsp;b &lrm;c &unknown; &amp;lt;')).toEqual([
      { lines: ["R&D <b> 'x' a b \u200Ec &unknown; &lt;"] },
    ]);
  });

  it('reads the speaker of a voice with and without class and closing tag', () => {
    expect(readCueText('<v Dana Lee>Hi.</v>')).toEqual([{ speaker: 'Dana Lee', lines: ['Hi.'] }]);
    expect(readCueText('<v.loud.first 김민준>네')).toEqual([{ speaker: '김민준', lines: ['네'] }]);
  });

  it('separates the voices of one cue', () => {
    expect(readCueText('<v A>one\n<v B>two</v>\nnobody')).toEqual([
      { speaker: 'A', lines: ['one'] },
      { speaker: 'B', lines: ['two'] },
      { lines: ['nobody'] },
    ]);
  });

  it('joins lines of one voice that was closed and opened again', () => {
    expect(readCueText('<v A>one</v>\n<v A>two</v>')).toEqual([{ speaker: 'A', lines: ['one', 'two'] }]);
  });

  it('keeps angle brackets that are not caption markup, so that no word is lost', () => {
    expect(readCueText('a < b, a List<String> and <b')).toEqual([
      { lines: ['a < b, a List<String> and <b'] },
    ]);
  });
});
