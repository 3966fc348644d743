import { describe, expect, it } from 'vitest';
import { decodeCaptions } from './captions.ts';

const vtt = 'WEBVTT\n\n00:01.000 --> 00:02.000\n<v 김민준>안녕 R&amp;D</v>\n';
const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, littleEndian: boolean) => {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let index = 0; index < text.length; index += 1)
    view.setUint16(index * 2, text.charCodeAt(index), littleEndian);
  return new Uint8Array(view.buffer);
};
const codeOf = (bytes: Uint8Array) => {
  const result = decodeCaptions(bytes);
  return result.ok ? result.format : result.error.code;
};

describe('decoding a file', () => {
  it.each([
    ['UTF-8', utf8(vtt)],
    ['UTF-8 with byte order mark', utf8(`\uFEFF${vtt}`)],
    ['UTF-16 LE', utf16(`\uFEFF${vtt}`, true)],
    ['UTF-16 BE', utf16(`\uFEFF${vtt}`, false)],
  ])('reads %s', (_, bytes) => {
    expect(decodeCaptions(bytes)).toEqual({
      ok: true,
      format: 'VTT',
      timed: true,
      segments: [{ startMs: 1000, endMs: 2000, text: '안녕 R&D', speakerLabel: '김민준' }],
      warnings: [],
    });
  });

  it.each([[new Uint8Array()], [utf8('\uFEFF')], [utf8(' \r\n\t ')]])(
    'calls a file without text empty',
    (bytes) => {
      expect(codeOf(bytes)).toBe('EMPTY_FILE');
    },
  );

  it.each([
    ['a ZIP', utf8('PK\u0003\u0004rest')],
    ['a PDF', utf8('%PDF-1.7 rest')],
    ['a recording', utf8('RIFF....WAVEfmt ')],
    ['a file full of NUL', new Uint8Array(100)],
    ['UTF-16 without byte order mark', utf16(vtt, true)],
    ['text in another encoding', new Uint8Array([0xbe, 0xc8, 0xb3, 0xe7])],
  ])('refuses %s as binary', (_, bytes) => {
    expect(codeOf(bytes)).toBe('BINARY_FILE');
  });

  it('names the line that is not valid UTF-8', () => {
    const bytes = new Uint8Array([...utf8('WEBVTT\n\n'), 0xff, 10]);
    expect(decodeCaptions(bytes)).toMatchObject({ error: { code: 'BINARY_FILE', line: 3 } });
  });

  it('checks the size before anything else', () => {
    expect(decodeCaptions(new Uint8Array(11), undefined, 10)).toMatchObject({ error: { code: 'TOO_LARGE' } });
    expect(codeOf(new Uint8Array(20 * 1024 * 1024 + 1))).toBe('TOO_LARGE');
  });
});
