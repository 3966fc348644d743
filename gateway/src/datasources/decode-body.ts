import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib';
import { tooLarge, unavailable } from './fetch-failure.ts';

type Decompress = (body: Buffer, options: { readonly maxOutputLength: number }) => Promise<Buffer>;

const DECOMPRESS: ReadonlyMap<string, Decompress> = new Map<string, Decompress>([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
  ['zstd', promisify(zstdDecompress)],
]);

/** A body as it came. */
export interface EncodedBody {
  readonly body: Buffer;
  /** Value of `content-encoding`. */
  readonly encoding: string;
  /** Asked when its turn comes. */
  readonly isWanted: () => boolean;
}

/**
 * The text of a body that was compressed although nobody had asked for it.
 * @throws AppError `TOO_LARGE` beyond the cap, `UNAVAILABLE` when it is broken or in an encoding that we do not know.
 */
export type BodyDecoder = (encoded: EncodedBody) => Promise<string>;

/**
 * Decompresses off the main thread, one body after the other and none to more than the cap: a bomb costs what one
 * answer of that size costs, and many bombs do not take all threads.
 */
export function createBodyDecoder(maxBytes: number): BodyDecoder {
  let previous: Promise<unknown> = Promise.resolve();

  async function decode({ body, encoding, isWanted }: EncodedBody): Promise<string> {
    const decompress = DECOMPRESS.get(encoding);
    if (decompress === undefined) throw unavailable('the subgraph answered in an unknown encoding');
    if (!isWanted()) return '';
    try {
      return (await decompress(body, { maxOutputLength: maxBytes })).toString('utf8');
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
        ? tooLarge()
        : unavailable(error);
    }
  }

  return async (encoded) => {
    const decoded = previous.then(async () => await decode(encoded));
    previous = decoded.catch(() => undefined);
    return await decoded;
  };
}
