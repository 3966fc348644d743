import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDiskStorage } from '../src/storage/disk-storage.ts';
import { PART_BYTES, type RecordingStorage } from '../src/storage/recording-storage.ts';
import { createS3Storage } from '../src/storage/s3-storage.ts';
import { S3_KEYS, type S3Server, startS3 } from './s3-server.ts';

const BUCKET = 'recordings';
const content = Buffer.alloc(2 * PART_BYTES + 12_345, 'The words of the meeting. ');
let directory: string;
let s3: S3Server;

const settings = (): Parameters<typeof createS3Storage>[0] => {
  return { endpoint: s3.endpoint, bucket: BUCKET, region: 'eu-test-1', ...S3_KEYS };
};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hoerok-test-'));
  s3 = await startS3(BUCKET);
});
afterAll(async () => {
  await s3[Symbol.asyncDispose]();
  await rm(directory, { recursive: true });
});

const read = async (storage: RecordingStorage, id: string, start?: number, end?: number): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  const range = start === undefined || end === undefined ? null : { start, end };
  for await (const chunk of await storage.read(id, range)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};
/** As a request does: in chunks of a size that fits no part. */
const write = async (
  storage: RecordingStorage,
  id: string,
  from: { offset: number; state: string },
  until: number,
) => {
  const writer = await storage.open(id, from);
  for (let at = from.offset; at < until; at += 100_001)
    await writer.write(content.subarray(at, Math.min(at + 100_001, until)));
  return await (until === content.length ? writer.finish() : writer.close());
};

describe.each([
  ['a directory', () => createDiskStorage(join(directory, 'files'))],
  ['a bucket', () => createS3Storage(settings())],
])('a recording in %s', (_where, create) => {
  it('is written at once and read in whole and in part', async () => {
    const storage = create();
    const kept = await write(storage, 'once', { offset: 0, state: storage.empty }, content.length);
    expect(kept.offset).toBe(content.length);
    await storage.complete('once', kept);
    expect((await read(storage, 'once')).equals(content)).toBe(true);
    expect((await read(storage, 'once', 5, 30)).equals(content.subarray(5, 31))).toBe(true);
  });

  it('is written in parts by different processes, and completed twice without harm', async () => {
    const first = await write(create(), 'parts', { offset: 0, state: create().empty }, PART_BYTES + 1_000);
    expect(first.offset).toBeGreaterThanOrEqual(PART_BYTES);
    const second = await write(create(), 'parts', first, content.length);
    const storage = create();
    await storage.complete('parts', second);
    await storage.complete('parts', second);
    expect((await read(storage, 'parts')).equals(content)).toBe(true);
  });

  it('begins anew over what was there', async () => {
    const storage = create();
    const first = await write(storage, 'anew', { offset: 0, state: storage.empty }, PART_BYTES + 9);
    const again = await write(storage, 'anew', { offset: 0, state: first.state }, content.length);
    await storage.complete('anew', again);
    expect((await read(storage, 'anew')).equals(content)).toBe(true);
  });

  it('leaves nothing when it is removed, complete or not', async () => {
    const storage = create();
    const kept = await write(storage, 'gone', { offset: 0, state: storage.empty }, PART_BYTES + 9);
    await storage.remove('gone', kept.state);
    await storage.remove('gone', kept.state);
    await storage.remove('anew', storage.empty);
    await expect(read(storage, 'anew')).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    expect(s3.unfinished()).toBe(0);
  });
});

it('files in a directory are named by the id alone, for the service to read', async () => {
  const files = join(directory, 'files');
  expect((await readdir(files)).sort()).toEqual(['once', 'parts']);
  expect((await stat(join(files, 'once'))).mode & 0o777).toBe(0o600);
  expect((await readFile(join(files, 'once'))).equals(content)).toBe(true);
  const storage = createDiskStorage(files);
  await expect(storage.open('../escape', { offset: 0, state: '' })).rejects.toMatchObject({
    code: 'INTERNAL',
  });
});

it('a bucket that refuses the key, or is busy, says so without its words', async () => {
  const storage = createS3Storage({ ...settings(), secretAccessKey: 'another' });
  await expect(read(storage, 'once')).rejects.toThrow(
    'The storage of recordings does not answer as it should.',
  );
  s3.fail(1);
  await expect(read(createS3Storage(settings()), 'once')).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    retryable: true,
  });
});
