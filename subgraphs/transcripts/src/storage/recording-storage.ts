import type { Readable } from 'node:stream';
import type { ByteRange } from '../domain/byte-range.ts';

/** What is kept for certain of a file that is being written. */
export interface KeptPart {
  /** Bytes from the beginning of the file. */
  readonly offset: number;
  /** What the storage has to be told to go on from there; opaque to everybody else. */
  readonly state: string;
}

/** Writes one file from an offset on; used by one request at a time. */
export interface RecordingWriter {
  /** Appends. What is kept may lag behind what was written by {@link PART_BYTES}. */
  readonly write: (chunk: Buffer) => Promise<void>;
  readonly kept: () => KeptPart;
  /** Keeps what was written as far as the storage can without the rest, and lets go of the file. */
  readonly close: () => Promise<KeptPart>;
  /** As {@link RecordingWriter.close} for the last byte of the file: everything is kept. */
  readonly finish: () => Promise<KeptPart>;
}

/**
 * Where recordings are kept: files by the id of their row, of no other name. A file is written in parts by any number of
 * requests and processes, one after the other, then completed, and from then on read.
 */
export interface RecordingStorage {
  readonly name: 'disk' | 's3';
  /** The state of a file of which nothing is there. */
  readonly empty: string;
  /** Goes on at `from`; what was written beyond it counts for nothing. */
  readonly open: (id: string, from: KeptPart) => Promise<RecordingWriter>;
  /** Makes a file of all parts; gives its state. Idempotent. */
  readonly complete: (id: string, kept: KeptPart) => Promise<string>;
  /** The bytes of a completed file. Fails with AppError `UNAVAILABLE` when the storage cannot be reached. */
  readonly read: (id: string, range: ByteRange | null, signal?: AbortSignal) => Promise<Readable>;
  /** Leaves nothing of a file, complete or not. Idempotent. */
  readonly remove: (id: string, state: string) => Promise<void>;
}

/** Written at a time: what a process holds in memory of an upload, and what is sent again when it breaks off, at most. */
export const PART_BYTES = 8 * 1024 * 1024;
