import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createBoundedFetch } from './bounded-fetch.ts';

const server = createServer((request, response) => {
  const path = request.url ?? '';
  if (path === '/elsewhere') response.writeHead(302, { location: '/small' }).end();
  if (path === '/never') response.writeHead(200).write('a');
  if (path === '/small') response.end('small');
  if (path === '/large') response.end(Buffer.alloc(2_000));
  if (path === '/bomb')
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(2_000)));
  if (path === '/form') void echoForm(request).then((echo) => response.end(echo));
});

async function echoForm(request: AsyncIterable<Buffer>): Promise<string> {
  const { headers } = request as unknown as { headers: Record<string, string> };
  let bytes = 0;
  for await (const chunk of request) bytes += chunk.length;
  return `${headers['content-type']?.split(';')[0]} ${bytes === Number(headers['content-length'])}`;
}

let base: string;
const bounds = { name: 'The neighbour', maxResponseBytes: 1_000, timeoutMs: 20_000 };
const bounded = createBoundedFetch(bounds);

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const read = async (path: string): Promise<string> => (await bounded(`${base}${path}`)).text();

it('hands on a small answer', async () => {
  expect(await read('/small')).toBe('small');
});

it('sends a form with its length', async () => {
  const form = new FormData();
  form.append('file', new File(['content'], 'a.wav'));
  const answer = await bounded(`${base}/form`, { method: 'POST', body: form });
  expect(await answer.text()).toBe('multipart/form-data true');
});

it.each(['/large', '/bomb'])('reads no more of an answer than is allowed (%s)', async (path) => {
  await expect(read(path)).rejects.toMatchObject({ name: 'PermanentError', code: 'PROVIDER_ANSWER' });
});

it('follows no redirect', async () => {
  await expect(read('/elsewhere')).rejects.toMatchObject({ code: 'PROVIDER_ANSWER' });
});

it('ends with its deadline, also in the middle of an answer', async () => {
  const hasty = createBoundedFetch({ ...bounds, timeoutMs: 200 });
  const reading = hasty(`${base}/never`).then((answer) => answer.text());
  await expect(reading).rejects.toMatchObject({ code: 'TIMEOUT', retryable: true });
});

it('gives the reason of the caller who does not want the answer any more', async () => {
  const reason = new Error('enough');
  const stop = AbortSignal.abort(reason);
  await expect(bounded(`${base}/small`, { signal: stop })).rejects.toBe(reason);
});
