import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ByteRange } from '../domain/byte-range.ts';
import { DURATION_HEAD_BYTES } from '../domain/audio-duration.ts';
import { readWav, type WavFile } from '../domain/wav.ts';

/** A file whose bytes can be had from any place on. */
export interface AudioSource {
  readonly bytes: number;
  readonly read: (range: ByteRange | null) => Promise<Readable>;
}

/** A file on this machine. */
export async function fileSource(path: string): Promise<AudioSource> {
  const { size } = await stat(path);
  return { bytes: size, read: async (range) => createReadStream(path, range ?? {}) };
}

/** All bytes of a range, which must not be large. */
export async function readAll(source: AudioSource, range: ByteRange): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await source.read(range)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The header of a source that is WAV; null when it is not, or makes no sense. */
export async function readWavOf(source: AudioSource): Promise<WavFile | null> {
  const end = Math.min(source.bytes, DURATION_HEAD_BYTES) - 1;
  return readWav(await readAll(source, { start: 0, end }), source.bytes);
}

/** Writes a range to a file, after what is there already. */
export async function copyTo(
  source: AudioSource,
  range: ByteRange | null,
  to: { readonly path: string; readonly signal: AbortSignal; readonly append?: boolean },
): Promise<void> {
  const file = createWriteStream(to.path, { mode: 0o600, flags: to.append === true ? 'a' : 'w' });
  await pipeline(await source.read(range), file, { signal: to.signal });
}
