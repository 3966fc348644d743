import { createServer, type ServerResponse } from 'node:http';
import { until } from '@hoerok/shared/testing';
import { describe, expect, it } from 'vitest';
import type { SubgraphClient, SubgraphResponse } from '../src/datasources/subgraph-client.ts';
import { answer, listen, open, query, serve, serveRaw } from './origins.ts';

describe('pipelining', () => {
  const queueing = {
    connections: 1,
    pipelining: 8,
    pressure: { isHigh: () => true, stop: () => undefined },
  };
  const SLOW = { 'x-slow': '1' };
  const times = (count: number, one: () => Promise<SubgraphResponse>): Promise<SubgraphResponse[]> =>
    Promise.all(Array.from({ length: count }, one));

  it('puts queries on one connection while CPU is short, and a mutation never behind them', async () => {
    const byKind = new Map<string, Set<unknown>>();
    const url = await serve((request, response) => {
      const kind = String(request.headers['x-kind']);
      byKind.set(kind, (byKind.get(kind) ?? new Set()).add(request.socket));
      setImmediate(() => response.end('{}'));
    });
    const ask = (client: SubgraphClient, kind: string, how: object = query): Promise<SubgraphResponse> =>
      client.post({ ...query, ...how, url, headers: { 'x-kind': kind } });
    const client = open(queueing);
    await ask(client, 'query');
    await Promise.all([times(8, () => ask(client, 'query')), ask(client, 'mutation', { repeatable: false })]);
    expect(byKind.get('query')?.size).toBe(1);
    expect(byKind.get('mutation')).not.toEqual(byKind.get('query'));
    const idle = open({ connections: 8 });
    await times(4, () => ask(idle, 'with CPU to spare'));
    expect(byKind.get('with CPU to spare')?.size).toBe(4);
  });

  it('puts what comes together into one packet on one connection, also after a rest', async () => {
    const pieces: number[] = [];
    const url = await serveRaw((socket, connection) => {
      pieces.push(connection);
      socket.write(answer.repeat(pieces.length === 1 ? 1 : 8));
    });
    const client = open({ ...queueing, connections: 8 });
    await client.post({ ...query, url });
    await times(8, () => client.post({ ...query, url }));
    expect(pieces.slice(0, 2)).toEqual([1, 1]);
  });

  it('opens another connection when the first is full, and puts more on those when there may be none', async () => {
    const sockets = new Set<unknown>();
    const url = await serve(({ socket, headers }, response) => {
      // What is asked a second time has a connection of its own.
      if (Number(headers['x-nonce']) <= 20) sockets.add(socket);
      setImmediate(() => response.end('{}'));
    });
    let signed = 0;
    const headers = (): string[] => ['x-nonce', String((signed += 1))];
    const client = open({ ...queueing, connections: 2, pipelining: 4 });
    expect(await times(20, () => client.post({ ...query, url, headers }))).toHaveLength(20);
    expect(sockets.size).toBe(2);
  });

  it('asks once more for what is held up, and lets nothing queue for a while', async () => {
    const slow: ServerResponse[] = [];
    const asked: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      asked.push(request.headers['x-nonce']?.toString());
      if (request.headers['x-slow'] === undefined) response.end('{}');
      else slow.push(response);
    });
    let signed = 0;
    const headers = (): string[] => ['x-nonce', String((signed += 1))];
    const client = open({ ...queueing, connections: 4 });
    await client.post({ ...query, url });
    const first = client.post({ ...query, url, headers: SLOW });
    const behind = await times(4, () => client.post({ ...query, url, headers }));
    expect(behind.map(({ text }) => text)).toEqual(['{}', '{}', '{}', '{}']);
    expect(await client.post({ ...query, url, headers })).toMatchObject({ text: '{}' });
    expect(new Set(asked.filter((nonce) => nonce !== undefined)).size).toBe(asked.length - 3);
    expect(slow).toHaveLength(2);
    slow[1]?.end('{"second":1}');
    expect(await first).toMatchObject({ text: '{"second":1}' });
  });

  it('leaves a connection to the others when a client leaves, and closes it at a deadline', async () => {
    let connections = 0;
    let hung = 0;
    const server = createServer((request, response) => {
      if (request.headers['x-slow'] === undefined) response.end('{}');
      else hung += 1;
    });
    server.on('connection', () => (connections += 1));
    const url = await listen(server);
    const client = open({ ...queueing, timeoutMs: 400 });
    await client.post({ ...query, url });
    const gone = new AbortController();
    const left = client.post({ ...query, url, headers: SLOW, signal: gone.signal });
    await until('it has been sent', () => hung > 0 || undefined);
    const behind = times(4, () => client.post({ ...query, url }));
    gone.abort();
    await expect(left).rejects.toMatchObject({ code: 'CANCELLED' });
    expect((await behind).map(({ text }) => text)).toEqual(['{}', '{}', '{}', '{}']);
    // The shared one, and one for what was held up.
    expect(connections).toBe(2);
    await expect(client.post({ ...query, url, headers: SLOW })).rejects.toMatchObject({ code: 'TIMEOUT' });
  });

  it('has what shared a connection that broke signed anew, and sends it once more', async () => {
    const seen: string[] = [];
    const url = await serveRaw((socket, connection) => {
      if (connection === 1) socket.destroy();
      else socket.write(answer.repeat(4 - (seen.push('answered') - 1)));
    });
    let signed = 0;
    const client = open(queueing);
    const headers = (): string[] => ['x-nonce', String((signed += 1))];
    const answers = await times(4, () => client.post({ ...query, url, headers }));
    expect(answers.map(({ text }) => text)).toEqual(['{}', '{}', '{}', '{}']);
    expect(signed).toBe(8);
  });
});
