import type { RecordingContainer } from './recording-type.ts';
import { readWav } from './wav.ts';

/** Bytes from the beginning of a file in which its length is looked for. */
export const DURATION_HEAD_BYTES = 64 * 1024;

/** Milliseconds that a WAV or FLAC file says it lasts; null for what its first bytes do not say. */
export function durationOf(container: RecordingContainer, head: Buffer, fileBytes: number): number | null {
  if (container === 'wav') return readWav(head, fileBytes)?.durationMs ?? null;
  return container === 'flac' ? flacDuration(head) : null;
}

/** STREAMINFO comes first: 20 bits of sample rate and 36 bits of the number of samples, 0 when unknown (RFC 9639). */
function flacDuration(head: Buffer): number | null {
  if (head.length < 26 || head.toString('latin1', 0, 4) !== 'fLaC') return null;
  const rate = head.readUIntBE(18, 3) >> 4;
  const samples = (head.readUInt8(21) & 0x0f) * 2 ** 32 + head.readUInt32BE(22);
  return rate === 0 || samples === 0 ? null : Math.round((samples / rate) * 1_000);
}
