/**
 * CPU of one fetch from a subgraph: our client beside undici's `request` with what a gateway needs around it (deadline,
 * cancellation, cap), which is what ours was before. 50 at a time, small bodies, the subgraph in a process of its own.
 *
 *     node bench/gateway/fetch-cost.ts [--fetches 30000]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { GatewayContext } from '../../gateway/src/context.ts';
import { createSubgraphClient, type SubgraphClient } from '../../gateway/src/datasources/subgraph-client.ts';
import { createSubgraphSender } from '../../gateway/src/datasources/subgraph-sender.ts';
import { createLogger } from '../../packages/shared/src/telemetry/index.ts';
import { importFromGateway } from './installed.ts';
import { listenLean } from './wire/server.ts';

const AT_A_TIME = 50;
const ROUNDS = 3;
const TIMEOUT_MS = 10_000;
const MAX_BYTES = 32 * 1024 * 1024;
const BODY = JSON.stringify({
  query: 'query($r:[_Any!]!){_entities(representations:$r){...on Product{name price}}}',
  variables: { r: Array.from({ length: 8 }, (_, i) => ({ __typename: 'Product', upc: String(i) })) },
});
const ANSWER = JSON.stringify({
  data: { _entities: Array.from({ length: 8 }, (_, i) => ({ name: `Table ${i}`, price: 899 + i })) },
});
const HEADERS = {
  authorization: `Bearer ${'a'.repeat(60)}`,
  'content-type': 'application/json',
  accept: 'application/json',
  'x-request-id': 'b4b5f0b2-7c3b-4a55-9c0e-6e9b9a1d1c11',
};

interface Contender {
  readonly name: string;
  readonly open: (url: string) => Promise<{
    /** One request of a client, which fetches once. */
    readonly fetch: (signal: AbortSignal, number: number) => Promise<unknown>;
    readonly close: () => Promise<void>;
  }>;
}

interface Undici {
  readonly Agent: new (
    options: object,
  ) => {
    readonly request: (options: object) => Promise<{ readonly body: AsyncIterable<Buffer> }>;
    readonly destroy: () => Promise<void>;
  };
}

const before: Contender = {
  name: 'undici request, as it was',
  open: async (url) => {
    const { Agent } = await importFromGateway<Undici>('undici');
    const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
    const fetch = async (signal: AbortSignal): Promise<string> => {
      const deadline = new AbortController();
      const timer = setTimeout(() => deadline.abort(), TIMEOUT_MS);
      const leave = (): void => deadline.abort();
      signal.addEventListener('abort', leave, { once: true });
      try {
        const { origin, pathname, search } = new URL(url);
        const to = { origin, path: pathname + search, method: 'POST', headers: HEADERS, body: BODY };
        const { body } = await agent.request({ ...to, signal: deadline.signal });
        const chunks: Buffer[] = [];
        let size = 0;
        for await (const chunk of body) {
          size += chunk.length;
          if (size > MAX_BYTES) throw new Error('too large');
          chunks.push(chunk);
        }
        return Buffer.concat(chunks, size).toString('utf8');
      } finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', leave);
      }
    };
    return { fetch, close: async () => await agent.destroy() };
  },
};

function ours(
  name: string,
  { pipelining, shares }: { readonly pipelining: number; readonly shares: boolean },
): Contender {
  return {
    name,
    open: async (url) => {
      const client = open(pipelining);
      const headers = Object.entries(HEADERS).flat();
      const fetch = async (signal: AbortSignal, number: number): Promise<unknown> =>
        await client.post({
          url,
          body: BODY,
          headers,
          signal,
          repeatable: true,
          scope: shares ? `user ${number}` : undefined,
        });
      return { fetch, close: client.close };
    },
  };
}

const signed: Contender = {
  name: 'ours, signed, logged, counted',
  open: async (url) => {
    const client = open(1);
    const logger = createLogger({ service: 'bench', level: 'warn' });
    const deps = { client, signingKey: 'k'.repeat(40), logger };
    const send = createSubgraphSender({ name: 'products', url }, deps, ({ text }) => text);
    const fetch = async (signal: AbortSignal, number: number): Promise<unknown> => {
      const context: GatewayContext = {
        requestId: `request-${number}`,
        viewer: { kind: 'user', userId: `u-${number}`, workspaceId: 'w', role: 'MEMBER', sessionId: 's' },
        headers: {},
        signal,
        mayShare: true,
      };
      return await send({ body: BODY, kind: 'query' }, context);
    };
    return { fetch, close: client.close };
  },
};

function open(pipelining: number): SubgraphClient {
  return createSubgraphClient({ timeoutMs: TIMEOUT_MS, maxResponseBytes: MAX_BYTES, pipelining });
}

async function serve(): Promise<void> {
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${ANSWER.length}\r\n\r\n`;
  const response = Buffer.from(head + ANSWER);
  process.once('disconnect', () => process.exit());
  process.send?.(await listenLean(0, (_head, _body, reply) => reply(response)));
}

async function measure({ open }: Contender, url: string, fetches: number): Promise<number> {
  const { fetch, close } = await open(url);
  let number = 0;
  const run = async (count: number): Promise<void> => {
    let left = count;
    const work = async (): Promise<void> => {
      while (left-- > 0) await fetch(new AbortController().signal, (number += 1));
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, work));
  };
  await run(fetches / 5);
  const from = process.cpuUsage();
  await run(fetches);
  const { user, system } = process.cpuUsage(from);
  await close();
  return (user + system) / fetches;
}

async function compare(): Promise<void> {
  const { values } = parseArgs({ options: { fetches: { type: 'string', default: '30000' } } });
  const child = fork(fileURLToPath(import.meta.url), ['serve']);
  const [port] = (await once(child, 'message')) as [number];
  const url = `http://127.0.0.1:${port}/graphql`;
  const contenders = [
    before,
    ours('ours', { pipelining: 1, shares: false }),
    ours('ours, shares identical queries', { pipelining: 1, shares: true }),
    signed,
    ours('ours, 16 pipelined', { pipelining: 16, shares: true }),
  ];
  const costs = new Map(contenders.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < ROUNDS; round += 1)
    for (const contender of contenders)
      costs.get(contender.name)?.push(await measure(contender, url, Number(values.fetches)));
  child.disconnect();
  const median = (name: string): number => costs.get(name)?.toSorted((a, b) => a - b)[ROUNDS >> 1] ?? NaN;
  const reference = median(before.name);
  process.stdout.write(`CPU of one fetch, ${AT_A_TIME} at a time, median of ${ROUNDS} rounds\n\n`);
  for (const { name } of contenders) {
    const us = median(name);
    process.stdout.write(
      `${name.padEnd(34)}${us.toFixed(1).padStart(7)} us  ${(us / reference).toFixed(2)}\n`,
    );
  }
}

await (process.argv[2] === 'serve' ? serve() : compare());
