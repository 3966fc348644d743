import { describe, expect, it } from 'vitest';
import { decodeCaptions, parseCaptions } from './captions.ts';
import { CAPTION_FORMATS, type CaptionsResult } from './captions-result.ts';

const BYTES = 4 * 1024 * 1024;

describe('any input', () => {
  it('never throws, whatever the bytes', () => {
    const next = randomBytes(20_261);
    const starts = ['', 'WEBVTT\n\n', '{"segments":[', '1\n00:00:01,000 --> 00:00:02,000\n', '\uFEFF', '<v '];
    const alphabet = new TextEncoder().encode('WEBVTT\n\r\0 -->:.,0123456789{}[]"<v/>&;: Ann네');
    for (let round = 0; round < 600; round += 1) {
      const start = new TextEncoder().encode(starts[round % starts.length]);
      const raw = Uint8Array.from({ length: next() }, () =>
        round % 2 ? next() : (alphabet[next() % alphabet.length] ?? 0),
      );
      const bytes = new Uint8Array([...start, ...raw]);
      for (const format of [undefined, ...CAPTION_FORMATS]) {
        expect(faultOf(decodeCaptions(bytes, format))).toBeUndefined();
      }
    }
  });

  it('reads 20 MiB of captions', () => {
    const cue = '00:00:01.000 --> 00:00:02.000\n<v Ann>a b &amp; c</v>\n\n';
    const text = `WEBVTT\n\n${cue.repeat((20 * 1024 * 1024 - 8) / cue.length)}`;
    expect(faultOf(parseCaptions(text))).toBeUndefined();
  }, 60_000);

  // A reader whose time grows with the square of the size would need hours for these.
  it.each([
    ['broken cues', 'WEBVTT\n\n', 'x-->\n\n'],
    ['open tags', 'WEBVTT\n\n00:01.000 --> 00:02.000\n', '<v <c <'],
    ['one long cue', 'WEBVTT\n\n00:01.000 --> 00:02.000\n', 'word &amp; '],
    ['SRT blocks', '', '1\n00:00:01,000 --> 00:00:02,000\nAnn: text\n\n'],
    ['position tags', '1\n00:00:01,000 --> 00:00:02,000\n', '{\\an8'],
    ['turns', '', 'Ann: text\nmore: text\n\n'],
    ['spaces', 'a', '          '],
    ['digits', '', '1234567890'],
    ['blank lines', 'Ann: hi', ' \n'],
    ['colons', 'Ann: ', ': '],
    ['nested JSON', '', '['],
    ['JSON of a wrong shape', '{"segments":[', '0,'],
  ])(
    'reads 4 MiB of %s in linear time',
    (_, start, unit) => {
      expect(
        faultOf(parseCaptions(start + unit.repeat((BYTES - start.length) / unit.length))),
      ).toBeUndefined();
    },
    60_000,
  );
});

/** What is wrong with a result, or undefined. */
function faultOf(result: CaptionsResult): string | undefined {
  if (!result.ok) return result.error.message === '' ? 'an error without message' : undefined;
  if (result.segments.length === 0) return 'no segment';
  const odd = result.segments.find(
    ({ startMs, endMs, text }) =>
      !Number.isInteger(startMs) || !(startMs <= endMs) || text.trim() !== text || text === '',
  );
  return odd && JSON.stringify(odd);
}

/** Bytes of a linear congruential generator: the same on each run. */
function randomBytes(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  };
}
