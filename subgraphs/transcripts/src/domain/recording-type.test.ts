import { describe, expect, it } from 'vitest';
import { containerOf, HEAD_BYTES, mediaTypeOf, recognizeRecording } from './recording-type.ts';

const head = (text: string): Buffer => Buffer.concat([Buffer.from(text, 'latin1'), Buffer.alloc(HEAD_BYTES)]);

describe('the kind of a recording', () => {
  it.each([
    ['wav', 'RIFF\u0024\0\0\0WAVEfmt '],
    ['flac', 'fLaC\0\0\0\u0022'],
    ['amr', '#!AMR\n'],
    ['awb', '#!AMR-WB\n'],
    ['mp4', '\0\0\0\u0020ftypM4A '],
    ['mp4', '\0\0\0\u0020ftypisom'],
    ['ogg', `OggS\0\u0002${'\0'.repeat(22)}OpusHead`],
    [
      'webm',
      '\u001aE\u00df\u00a3\u009fB\u0086\u0081\u0001B\u00f7\u0081\u0001B\u00f2\u0081\u0004B\u00f3\u0081\bB\u0082\u0084webm',
    ],
    ['mp3', 'ID3\u0004'],
    ['mp3', '\u00ff\u00fb\u0090\u0064'],
  ])('is told by its first bytes: %s', (container, text) => {
    expect(recognizeRecording(head(text))).toBe(container);
  });

  it.each([
    ['an HLS playlist', '#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\nfile:///etc/passwd'],
    ['AVI', 'RIFF\u0024\0\0\0AVI LIST'],
    ['a ZIP archive', 'PK\u0003\u0004'],
    ['QuickTime, which may point to other files', '\0\0\0\u0014ftypqt  '],
    ['Matroska', '\u001aE\u00df\u00a3\u00a3B\u0082\u0088matroska'],
    ['HTML', '<!doctype html><script>'],
    ['an ID3-less layer I frame', '\u00ff\u00ff\u0090\u0064'],
    ['nothing', ''],
  ])('is not taken for one: %s', (_what, text) => {
    expect(recognizeRecording(head(text))).toBeNull();
  });

  it('gives the media type it is served with, and back', () => {
    expect(mediaTypeOf('mp4', 'video/mp4')).toBe('video/mp4');
    expect(mediaTypeOf('mp4', 'audio/x-m4a')).toBe('audio/mp4');
    expect(mediaTypeOf('wav', 'video/mp4')).toBe('audio/wav');
    expect(containerOf('video/webm')).toBe('webm');
    expect(containerOf('audio/amr-wb')).toBe('awb');
  });
});
