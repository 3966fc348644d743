import { PassThrough } from 'node:stream';
import { afterEach, expect, it, vi } from 'vitest';
import { chunksOf } from './upload-body.ts';

afterEach(() => vi.useRealTimers());

it('reads nothing for a request that another has overtaken before it began to read', async () => {
  const body = new PassThrough();
  const stop = AbortSignal.abort();
  expect((await chunksOf(body, { stop, stallMs: 60_000 }).next()).done).toBe(true);
  expect(body.destroyed).toBe(true);
});

it('takes a client for gone that is silent, and not one whom the storage keeps waiting', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const body = new PassThrough();
  const chunks = chunksOf(body, { stop: new AbortController().signal, stallMs: 1_000 });
  body.write('one');
  expect(String((await chunks.next()).value)).toBe('one');
  // The storage takes its time; meanwhile the client has sent more.
  vi.advanceTimersByTime(5_000);
  body.write('two');
  expect(String((await chunks.next()).value)).toBe('two');
  const silent = chunks.next();
  await vi.waitFor(() => {
    vi.advanceTimersByTime(1_000);
    expect(body.destroyed).toBe(true);
  });
  expect(await silent).toEqual({ done: true, value: undefined });
});
