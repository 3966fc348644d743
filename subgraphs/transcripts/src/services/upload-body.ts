import type { Readable } from 'node:stream';
import { HEAD_BYTES, recognizeRecording } from '../domain/recording-type.ts';
import { refusal } from './refusals.ts';

/** When to stop reading a body that has not ended. */
export interface ReadingLimits {
  /** Somebody else reads on. */
  readonly stop: AbortSignal;
  /** A client that sends nothing for so long has gone; how long we take with what it sent does not count. */
  readonly stallMs: number;
}

/**
 * What comes of a body; ends early and without an error for a client that leaves. The stream is not destroyed when its reader
 * stops: the answer goes over the same connection.
 */
export async function* chunksOf(
  body: Readable,
  { stop, stallMs }: ReadingLimits,
): AsyncGenerator<Buffer, void, undefined> {
  const leave = (): void => void body.destroy();
  let silence = setTimeout(leave, stallMs);
  stop.addEventListener('abort', leave, { once: true });
  if (stop.aborted) leave();
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      clearTimeout(silence);
      yield chunk as Buffer;
      silence = setTimeout(leave, stallMs);
    }
  } catch {
    // The client went away, was silent for too long, or has begun another request: what has come is a part.
  } finally {
    clearTimeout(silence);
    stop.removeEventListener('abort', leave);
  }
}

/**
 * Looks at the beginning of a file as it comes.
 * @returns what refuses each chunk with AppError `UNSUPPORTED_RECORDING` once it is known that this is no recording.
 */
export function createHeadCheck(): (chunk: Buffer) => void {
  let head: Buffer | null = Buffer.alloc(0);
  return (chunk) => {
    if (head === null) return;
    head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES)]);
    if (head.length < HEAD_BYTES) return;
    if (recognizeRecording(head) === null) throw unsupported();
    head = null;
  };
}

function unsupported(): Error {
  const kinds = 'WAV, FLAC, MP3, MP4 (M4A), Ogg, WebM or AMR';
  const message = `By its first bytes this is no recording: it must be ${kinds}.`;
  return refusal('UNSUPPORTED_RECORDING', message, []);
}
