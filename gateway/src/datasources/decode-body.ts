import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib';
import { tooLarge, unavailable } from './fetch-failure.ts';

interface DecompressOptions {
  readonly maxOutputLength: number;
  readonly chunkSize: number;
}

type Decompress = (body: Buffer, options: DecompressOptions) => Promise<Buffer>;

const DECOMPRESS: ReadonlyMap<string, Decompress> = new Map<string, Decompress>([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
  ['zstd', promisify(zstdDecompress)],
]);

/** JSON is rarely packed more tightly, a bomb a thousand times. */
const PLAUSIBLE_RATIO = 20;
/** What is smaller may be packed as tightly as it likes. */
const HARMLESS_BYTES = 1024 * 1024;
/** For so long after a bomb nothing of its subgraph is decompressed: a bomb is seldom alone. */
const SUSPICION_MS = 10_000;
/** Of head and tail. */
const GZIP_FRAME_BYTES = 18;
/** More than that gzip cannot do. */
const GZIP_RATIO = 1_032;
/** Each chunk is a turn of the event loop; in chunks of Node's default, 16 KiB, a large body takes thousands of them. */
const LARGEST_CHUNK_BYTES = 128 * 1024;

/** A body as it came. */
export interface EncodedBody {
  readonly body: Buffer;
  /** Value of `content-encoding`. */
  readonly encoding: string;
  /** Asked when its turn comes; what is not wanted any more fails. */
  readonly isWanted: () => boolean;
}

/**
 * The text of a body that was compressed although nobody had asked for it.
 * @throws AppError `TOO_LARGE` beyond the cap, `UNAVAILABLE` when it is broken, in an encoding that we do not know, or comes
 * within ten seconds of a bomb.
 */
export type BodyDecoder = (encoded: EncodedBody) => Promise<string>;

/**
 * Decompresses off the main thread, one body after the other and none to more than the cap, or to what no JSON of its size
 * comes to: a bomb costs little, those behind it nothing, and many bombs do not take all threads.
 */
export function createBodyDecoder(maxBytes: number): BodyDecoder {
  let previous: Promise<unknown> = Promise.resolve();
  let suspectUntil = Number.NEGATIVE_INFINITY;

  async function decode({ body, encoding, isWanted }: EncodedBody): Promise<string> {
    const decompress = DECOMPRESS.get(encoding);
    if (decompress === undefined) throw unavailable('the subgraph answered in an unknown encoding');
    if (!isWanted()) throw unavailable('the answer was not decompressed any more');
    if (performance.now() < suspectUntil) throw unavailable('a compressed answer was too large a moment ago');
    const likelyBytes = PLAUSIBLE_RATIO * body.length;
    const maxOutputLength = Math.min(maxBytes, Math.max(likelyBytes, HARMLESS_BYTES));
    if (announcedBytes(body, encoding) > maxOutputLength) throw tooLarge();
    const chunkSize = Math.min(Math.max(likelyBytes, 1_024), LARGEST_CHUNK_BYTES);
    try {
      return (await decompress(body, { maxOutputLength, chunkSize })).toString('utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') throw unavailable(error);
      suspectUntil = performance.now() + SUSPICION_MS;
      throw tooLarge();
    }
  }

  return async (encoded) => {
    const decoded = previous.then(async () => await decode(encoded));
    previous = decoded.catch(() => undefined);
    return await decoded;
  };
}

// What gzip ends with. Who says too little there is stopped by the cap. One that is cut off has another end: what gzip can
// never come to is not believed.
function announcedBytes(body: Buffer, encoding: string): number {
  if (!encoding.endsWith('gzip') || body.length < GZIP_FRAME_BYTES) return 0;
  const announced = body.readUInt32LE(body.length - 4);
  return announced <= GZIP_RATIO * body.length ? announced : 0;
}
