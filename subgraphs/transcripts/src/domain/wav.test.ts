import { describe, expect, it } from 'vitest';
import { durationOf } from './audio-duration.ts';
import { isCuttable, quietestPlace, readWav, writeWavHeader } from './wav.ts';

const RATE = 8_000;

/** The content of a `fmt ` chunk for 16-bit mono. */
function mono16(): Buffer {
  const format = Buffer.alloc(16);
  format.writeUInt16LE(1, 0);
  format.writeUInt16LE(1, 2);
  format.writeUInt32LE(RATE, 4);
  format.writeUInt32LE(RATE * 2, 8);
  format.writeUInt16LE(2, 12);
  format.writeUInt16LE(16, 14);
  return format;
}

/** The same with numbers that nobody has checked. */
function claiming(format: Buffer, lie: { sampleRate?: number; bytesPerSecond?: number }): Buffer {
  if (lie.sampleRate !== undefined) format.writeUInt32LE(lie.sampleRate, 4);
  if (lie.bytesPerSecond !== undefined) format.writeUInt32LE(lie.bytesPerSecond, 8);
  return format;
}

describe('the header of a WAV file', () => {
  it('is read as it was written', () => {
    const header = writeWavHeader({ format: mono16() }, RATE * 2 * 3);
    const wav = readWav(header, header.length + RATE * 2 * 3);
    expect(wav).toMatchObject({
      coding: 1,
      channels: 1,
      sampleRate: RATE,
      durationMs: 3_000,
      dataStart: header.length,
    });
    expect(wav === null ? false : isCuttable(wav)).toBe(true);
    expect(durationOf('wav', header, header.length + RATE * 2)).toBe(1_000);
  });

  it('counts the bytes of a second itself, where a header may lie about them', () => {
    const header = writeWavHeader({ format: claiming(mono16(), { bytesPerSecond: 1 }) }, RATE * 2 * 3);
    const wav = readWav(header, header.length + RATE * 2 * 3);
    expect(wav).toMatchObject({ bytesPerSecond: RATE * 2, durationMs: 3_000 });
  });

  it('may have other chunks before the samples, and a length of a recorder that was cut off', () => {
    const plain = writeWavHeader({ format: mono16() }, 0xffff_0000);
    const list = Buffer.from('LIST\u0003\0\0\0abc\0', 'latin1');
    const header = Buffer.concat([plain.subarray(0, 36), list, plain.subarray(36)]);
    expect(readWav(header, header.length + 101)).toMatchObject({ dataStart: header.length, dataBytes: 100 });
  });

  it.each([
    ['no RIFF', Buffer.from('nothing at all in here')],
    ['no samples', writeWavHeader({ format: mono16() }, 0).subarray(0, 36)],
    ['a format that does not end', Buffer.from('RIFF\0\0\0\0WAVEfmt \u00ff\0\0\0', 'latin1')],
    ['no room', writeWavHeader({ format: Buffer.alloc(16) }, 10)],
    ['one sample a second', writeWavHeader({ format: claiming(mono16(), { sampleRate: 1 }) }, 10)],
  ])('makes no sense with %s', (_what, header) => {
    expect(readWav(header, header.length)).toBeNull();
  });
});

it('finds the quietest place of a stretch of samples', () => {
  const header = writeWavHeader({ format: mono16() }, RATE * 2);
  const wav = readWav(header, header.length + RATE * 2);
  if (wav === null) throw new Error('no header');
  const samples = Buffer.alloc(RATE * 2 * 4);
  for (let at = 0; at < samples.length; at += 2) samples.writeInt16LE(at % 4 === 0 ? 9_000 : -9_000, at);
  samples.fill(0, RATE * 2 * 2, RATE * 2 * 3);
  const place = quietestPlace(samples, wav);
  expect(place % 2).toBe(0);
  expect(place).toBeGreaterThan(RATE * 2 * 2);
  expect(place).toBeLessThan(RATE * 2 * 3);
  expect(quietestPlace(samples, { ...wav, bitsPerSample: 24 })).toBe(samples.length);
});

it('reads the length of a FLAC file', () => {
  const head = Buffer.alloc(42);
  head.write('fLaC', 0, 'latin1');
  head.writeUIntBE((16_000 << 4) | 0, 18, 3);
  head.writeUInt32BE(638_960, 22);
  expect(durationOf('flac', head, 1_000)).toBe(39_935);
  expect(durationOf('mp3', head, 1_000)).toBeNull();
});
