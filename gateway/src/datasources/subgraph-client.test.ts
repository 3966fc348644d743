import { createServer as createTcpServer } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { renderMetrics } from '@hoerok/shared/telemetry';
import { until } from '@hoerok/shared/testing';
import { describe, expect, it } from 'vitest';
import { answer, listen, mutation, open, query, serve, serveRaw } from '../../test/origins.ts';

const { signal } = new AbortController();

/** A gzip whose end says that it is small. */
function sayingLittle(gzip: NonSharedBuffer): NonSharedBuffer {
  gzip.writeUInt32LE(10, gzip.length - 4);
  return gzip;
}

describe('a client of subgraphs', () => {
  it('reads a character whose bytes come apart', async () => {
    const [first, rest] = [Buffer.from('"회').subarray(0, 2), Buffer.from('"회록"').subarray(2)];
    const url = await serve((_request, response) => {
      response.write(first, () => setImmediate(() => response.end(rest)));
    });
    expect(await open().post({ url, ...query })).toEqual({ status: 200, text: '"회록"' });
  });

  it('sends body and headers as they are, whichever way they are given', async () => {
    const seen: unknown[] = [];
    const url = await serve((request, response) => {
      const chunks: Buffer[] = [];
      request
        .on('data', (chunk: Buffer) => void chunks.push(chunk))
        .on('end', () => {
          seen.push([request.url, request.headers['x-a'], Buffer.concat(chunks).toString()]);
          response.end('{}');
        });
    });
    const client = open();
    const body = '{"query":"{ 회록 }"}';
    for (const headers of [{ 'x-a': '1' }, ['x-a', '1'], () => ['x-a', '1']])
      await client.post({ url: `${url}?v=2`, body, headers, signal });
    expect(seen).toEqual(Array.from({ length: 3 }, () => ['/graphql?v=2', '1', body]));
  });

  it('reads large answers whole, several at a time, and does other things in between', async () => {
    const text = Array.from({ length: 500_000 }, (_, i) => `${i} `).join('');
    const url = await serve((_request, response) => response.end(text));
    const client = open({ maxResponseBytes: 10_000_000, timeoutMs: 10_000 });
    let turns = 0;
    let isReading = true;
    const count = (): void => {
      turns += 1;
      if (isReading) setImmediate(count);
    };
    count();
    const answers = await Promise.all(Array.from({ length: 4 }, () => client.post({ url, ...query })));
    isReading = false;
    for (const answer of answers) expect(answer.text === text).toBe(true);
    expect(turns).toBeGreaterThan((4 * text.length) / 512 / 1024);
  });

  it('refuses an answer beyond the cap as soon as it is known to be one', async () => {
    const announced = await serve((_request, response) =>
      response.writeHead(200, { 'content-length': '1001' }).write('{'),
    );
    const endless = await serve((_request, response) => {
      const timer = setInterval(() => response.write('x'.repeat(300)), 1);
      response.on('close', () => clearInterval(timer));
    });
    const client = open();
    for (const url of [announced, endless])
      await expect(client.post({ url, ...query })).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });

  it('holds no more of all answers together than four of the largest', async () => {
    const waiting: (() => void)[] = [];
    let refused = 0;
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('x'.repeat(900));
      waiting.push(() => response.end('x'.repeat(100)));
    });
    const client = open();
    const asked = Array.from({ length: 6 }, () =>
      client.post({ url, ...query }).then(
        ({ text }) => text.length,
        ({ code }: { code: string }) => {
          refused += 1;
          return code;
        },
      ),
    );
    await until('all have begun', () => waiting.length === 6);
    await until('two are refused', () => refused === 2);
    for (const end of waiting) end();
    const all = await Promise.all(asked);
    expect(all.filter((one) => one === 1_000)).toHaveLength(4);
    expect(all.filter((one) => one === 'TOO_LARGE')).toHaveLength(2);
  });

  it('decompresses what it has not asked to be compressed, up to the cap', async () => {
    let body = gzipSync('{"a":"회"}');
    let encoding = 'gzip';
    const url = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(body),
    );
    const client = open();
    expect((await client.post({ url, ...query })).text).toBe('{"a":"회"}');
    body = gzipSync('x'.repeat(500_000));
    expect(body.length).toBeLessThan(1_000);
    await expect(client.post({ url, ...query })).rejects.toMatchObject({ code: 'TOO_LARGE' });
    body = Buffer.from('not compressed, but long enough to be');
    await expect(client.post({ url, ...query })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    encoding = 'gzip, gzip';
    await expect(client.post({ url, ...query })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it.each([
    ['br', brotliCompressSync('x'.repeat(500_000))],
    ['gzip', sayingLittle(gzipSync('x'.repeat(500_000)))],
  ])('decompresses nothing of a subgraph for a while that sent a %s bomb', async (bombEncoding, bomb) => {
    let [encoding, body] = ['gzip', gzipSync('{}')];
    const url = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(body),
    );
    const other = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{}')),
    );
    const client = open({ maxResponseBytes: 400_000 });
    expect((await client.post({ url, ...query })).text).toBe('{}');
    [encoding, body] = [bombEncoding, bomb];
    await expect(client.post({ url, ...query })).rejects.toMatchObject({ code: 'TOO_LARGE' });
    [encoding, body] = ['gzip', gzipSync('{}')];
    await expect(client.post({ url, ...query })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect((await client.post({ url: other, ...query })).text).toBe('{}');
  });

  it('gives up at the deadline, waiting for a connection included, and closes what it gave up', async () => {
    let [asked, closed] = [0, 0];
    const url = await serveRaw((socket) => {
      asked += 1;
      if (asked === 1) socket.write(answer);
      socket.on('close', () => (closed += 1));
    });
    const client = open({ timeoutMs: 1_000, connections: 1 });
    await client.post({ url, ...query });
    const from = performance.now();
    const both = [client.post({ url, ...query }), client.post({ url, ...query })];
    for (const { reason } of (await Promise.allSettled(both)) as PromiseRejectedResult[])
      expect(reason).toMatchObject({ code: 'TIMEOUT', retryable: true });
    expect(performance.now() - from).toBeGreaterThanOrEqual(999);
    await until('the connection is closed', () => closed > 0);
    // Two were answered or given up; the one that waited was never sent.
    expect(asked).toBe(2);
  });

  it('gives up when the request that a fetch is part of has to end, and does not begin after that', async () => {
    const url = await serve(() => undefined);
    const client = open({ timeoutMs: 60_000 });
    const dueAt = performance.now() + 50;
    await expect(client.post({ url, ...query, dueAt })).rejects.toMatchObject({ code: 'TIMEOUT' });
    expect(performance.now()).toBeGreaterThanOrEqual(dueAt);
    await expect(client.post({ url, ...query, dueAt })).rejects.toMatchObject({ code: 'TIMEOUT' });
  });

  it('ends what is under way when it is closed', async () => {
    let asked = 0;
    const url = await serveRaw(() => void (asked += 1));
    const client = open();
    const hung = client.post({ ...query, url });
    hung.catch(() => undefined);
    await until('the subgraph is asked', () => asked === 1);
    await client.close();
    await expect(hung).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('lets only so many wait for a connection', async () => {
    const url = await serveRaw(() => undefined);
    const client = open({ connections: 2, queued: 1, timeoutMs: 100 });
    const codes = await Promise.all(
      Array.from({ length: 5 }, () =>
        client.post({ url, ...query }).catch(({ code }: { code: string }) => code),
      ),
    );
    expect(codes).toEqual(['TIMEOUT', 'TIMEOUT', 'TIMEOUT', 'UNAVAILABLE', 'UNAVAILABLE']);
    await until('places are free again', async () => {
      const code = await client.post({ url, ...query }).catch(({ code }: { code: string }) => code);
      return code === 'TIMEOUT';
    });
  });
});

describe('a connection that is reset before a byte of the answer came', () => {
  it('has a query sent once more, and only once', async () => {
    const healing = await serveRaw((socket, connection) =>
      connection === 1 ? socket.resetAndDestroy() : socket.write(answer),
    );
    expect(await open().post({ url: healing, ...query })).toEqual({ status: 200, text: '{}' });
    let requests = 0;
    const broken = await serveRaw((socket) => {
      requests += 1;
      socket.destroy();
    });
    await expect(open().post({ url: broken, ...query })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(requests).toBe(2);
  });

  it('has it signed anew for the second time: the first may have been served', async () => {
    const seen: string[] = [];
    const server = createTcpServer((socket) => {
      socket
        .on('error', () => undefined)
        .on('data', (data: Buffer) => {
          seen.push(/x-nonce: (\d)/.exec(data.toString())?.[1] ?? 'none');
          if (seen.length === 1) socket.resetAndDestroy();
          else socket.write(answer);
        });
    });
    const url = await listen(server);
    let signed = 0;
    const headers = (): string[] => ['x-nonce', String((signed += 1))];
    await open().post({ ...query, url, headers });
    expect(seen).toEqual(['1', '2']);
  });

  it('fails a mutation, which may have happened', async () => {
    let requests = 0;
    const url = await serveRaw((socket) => {
      requests += 1;
      socket.resetAndDestroy();
    });
    await expect(open().post({ url, ...mutation })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(requests).toBe(1);
  });

  it('is another thing than one that is reset within the answer', async () => {
    let requests = 0;
    const url = await serveRaw((socket) => {
      requests += 1;
      socket.write(answer.slice(0, -1), () => socket.resetAndDestroy());
    });
    await expect(open().post({ url, ...query })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(requests).toBe(1);
  });
});

describe('identical queries of one scope', () => {
  async function held(): Promise<{ url: string; asked: () => number; answer: () => void }> {
    const waiting: (() => void)[] = [];
    let asked = 0;
    const url = await serve((_request, response) => {
      const text = `{"n":${(asked += 1)}}`;
      waiting.push(() => response.end(text));
    });
    return { url, asked: () => asked, answer: () => waiting.splice(0).forEach((release) => release()) };
  }

  it('are sent once, with headers made once, and others on their own', async () => {
    const subgraph = await held();
    const client = open();
    let signed = 0;
    const headers = (): string[] => ['x-nonce', String((signed += 1))];
    const shared = { ...query, url: subgraph.url, headers };
    const all = [
      client.post({ ...shared, scope: 'a' }),
      client.post({ ...shared, scope: 'a' }),
      client.post({ ...shared, scope: 'b' }),
      client.post({ ...shared, scope: 'a', body: '{"query":"{ you }"}' }),
      client.post(shared),
      client.post({ ...shared, scope: 'a', repeatable: false }),
    ];
    await until('they have come', () => subgraph.asked() === 5);
    subgraph.answer();
    const [first, second] = await Promise.all(all);
    expect(first).toBe(second);
    expect(signed).toBe(5);
    const later = client.post({ ...shared, scope: 'a' });
    await until('a later one is sent again', () => subgraph.asked() === 6);
    subgraph.answer();
    await later;
  });

  it('go on when one of those who wait leaves, and end when the last has', async () => {
    let [asked, closed] = [0, 0];
    const subgraph = await held();
    const client = open();
    const [one, other] = [new AbortController(), new AbortController()];
    const ask = (from: AbortController) =>
      client.post({ ...query, url: subgraph.url, scope: 'a', signal: from.signal });
    const [left, stayed] = [ask(one), ask(other)];
    one.abort();
    await expect(left).rejects.toMatchObject({ code: 'CANCELLED' });
    await until('the subgraph is asked', () => subgraph.asked() === 1);
    subgraph.answer();
    expect((await stayed).text).toBe('{"n":1}');
    const url = await serveRaw((socket) => {
      asked += 1;
      socket.on('close', () => (closed += 1));
    });
    const [first, last] = [new AbortController(), new AbortController()];
    const waiting = [first, last].map(({ signal }) => client.post({ ...query, url, scope: 'a', signal }));
    const ended = Promise.allSettled(waiting);
    await until('the subgraph is asked', () => asked === 1);
    first.abort();
    expect(closed).toBe(0);
    last.abort();
    await ended;
    await until('the connection is closed', () => closed === 1);
  });

  it('are not joined by who has changed something meanwhile', async () => {
    const subgraph = await held();
    const client = open();
    const shared = { ...query, url: subgraph.url, scope: 'a' };
    const before = client.post(shared);
    const changed = client.post({
      ...mutation,
      url: await serve((_request, response) => response.end('{}')),
    });
    await changed;
    const after = client.post(shared);
    await until('the query is sent again', () => subgraph.asked() === 2);
    subgraph.answer();
    expect([(await before).text, (await after).text].toSorted()).toEqual(['{"n":1}', '{"n":2}']);
  });
});

describe('a subgraph that fails most of the time', () => {
  it.each([
    ['an error page', 502],
    ['a page that calls itself a success', 200],
  ])(
    'with %s is not asked for a while, is tried again, and is shown in the metrics',
    async (_what, failure) => {
      let [asked, broken] = [0, true];
      const url = await serve((_request, response) => {
        asked += 1;
        if (broken) response.writeHead(failure, { 'content-type': 'text/html' }).end('<html>');
        else response.end('{}');
      });
      const client = open();
      const ask = () => client.post({ url, ...query, subgraph: 'failing' });
      for (let time = 0; time < 5; time += 1) expect((await ask()).status).toBe(failure);
      await expect(ask()).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: true });
      expect(asked).toBe(5);
      expect(await renderMetrics()).toMatch(/hoerok_gateway_subgraph_circuit\{.*subgraph="failing".*\} 2/);
      broken = false;
      await until('it is tried again', () =>
        ask().then(
          ({ status }) => status === 200,
          () => false,
        ),
      );
      expect((await Promise.all([ask(), ask()])).map(({ status }) => status)).toEqual([200, 200]);
      expect(await renderMetrics()).toMatch(/hoerok_gateway_subgraph_circuit\{.*subgraph="failing".*\} 0/);
    },
  );

  it('is another than one that answers errors, refuses users or is left by its clients', async () => {
    const url = await serve((request, response) => {
      if (request.headers['x-hang'] !== undefined) return;
      const status = request.headers['x-refuse'] === undefined ? 500 : 403;
      const type = status === 500 ? 'application/json' : 'text/html';
      response.writeHead(status, { 'content-type': type }).end('{"errors":[]}');
    });
    const client = open();
    for (let time = 0; time < 10; time += 1) {
      const gone = new AbortController();
      const hung = client.post({ ...query, url, headers: { 'x-hang': '1' }, signal: gone.signal });
      gone.abort();
      await expect(hung).rejects.toMatchObject({ code: 'CANCELLED' });
      expect((await client.post({ ...query, url })).status).toBe(500);
      expect((await client.post({ ...query, url, headers: { 'x-refuse': '1' } })).status).toBe(403);
    }
  });
});
