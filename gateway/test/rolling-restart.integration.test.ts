import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { TEST_SIGNING_KEY, testServers, until } from '@hoerok/shared/testing';
import { createClient } from 'graphql-ws';
import { Agent, EventSource } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { serveBalancer } from './fixture-balancer.ts';
import { post } from './fixture-clients.ts';
import { type Fixture, startFixture } from './fixture-gateway.ts';

const WATCH = 'subscription { taskUpdated(id: "roll") { revision requestedBy { name } } }';
const SOCKETS = 60;

let fixture: Fixture;
let token: string;
beforeAll(async () => {
  fixture = await startFixture();
  token = await fixture.issuer.token();
});
afterAll(async () => await fixture[Symbol.asyncDispose]());

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts a gateway as a process of its own and waits until it is ready. */
async function launch(port: number): Promise<ChildProcess> {
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
  const child = spawn(process.execPath, [main], {
    stdio: 'ignore',
    env: {
      PATH: process.env['PATH'],
      SUPERGRAPH_FILE: fixture.file,
      PORT: String(port),
      NATS_URL: testServers().natsUrl,
      NAMESPACE: fixture.messaging.namespace,
      JWKS_URL: fixture.issuer.jwksUrl,
      INTERNAL_SIGNING_KEYS: TEST_SIGNING_KEY,
      // Time for the balancer to ask.
      SHUTDOWN_DELAY_SECONDS: '0.5',
    },
  });
  await until(
    'the gateway is ready',
    async () => (await fetch(`http://127.0.0.1:${port}/health/readiness`).catch(() => null))?.ok,
    { deadlineMs: 30_000 },
  );
  return child;
}

interface Watcher {
  readonly revisions: number[];
  readonly closes: number[];
  readonly stop: () => Promise<void>;
}

function watch(url: string): Watcher {
  const revisions: number[] = [];
  const closes: number[] = [];
  const client = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    retryAttempts: 10,
    retryWait: async () => undefined,
    on: { closed: (event) => void closes.push((event as { code: number }).code) },
  });
  client.subscribe<{ taskUpdated: { revision: number } }>(
    { query: WATCH },
    {
      next: ({ data }) => void revisions.push(data?.taskUpdated.revision ?? -1),
      error: () => void revisions.push(-2),
      complete: () => void revisions.push(-3),
    },
  );
  return { revisions, closes, stop: async () => await client.dispose() };
}

/** An unmodified EventSource; only the header that a page cannot set is put in on the way. */
function listen(url: string): { readonly revisions: number[]; readonly stop: () => Promise<void> } {
  const revisions: number[] = [];
  const agent = new Agent();
  const dispatcher = agent.compose((dispatch) => (options, handler) => {
    const headers = { ...(options.headers as Record<string, string>), authorization: `Bearer ${token}` };
    return dispatch({ ...options, headers }, handler);
  });
  const address = `${url}/graphql?query=${encodeURIComponent(WATCH)}`;
  const source = new EventSource(address, { node: { dispatcher, reconnectionTime: 100 } });
  source.addEventListener('next', (event) => {
    const result = JSON.parse((event as unknown as { readonly data: string }).data) as {
      data?: { taskUpdated?: { revision: number } };
    };
    revisions.push(result.data?.taskUpdated?.revision ?? -1);
  });
  return {
    revisions,
    stop: async () => {
      source.close();
      await agent.destroy();
    },
  };
}

describe('a rolling restart of two gateways behind a balancer', () => {
  it('fails no request, closes every socket with 1001, brings all back, and an EventSource misses nothing', async () => {
    await fixture.publish({ id: 'roll', revision: 1 });
    const ports = [await freePort(), await freePort()];
    const gateways = await Promise.all(ports.map(launch));
    const balancer = await serveBalancer(ports);
    const watchers = Array.from({ length: SOCKETS }, () => watch(balancer.url));
    const allSaw = async (revision: number) =>
      await until(
        `everybody sees revision ${revision}`,
        () => watchers.every(({ revisions }) => revisions.at(-1) === revision),
        { deadlineMs: 20_000 },
      );
    const sources = Array.from({ length: 10 }, () => listen(balancer.url));
    const allHeard = async (revision: number) =>
      await until(
        `every EventSource has heard revision ${revision}`,
        () => sources.every(({ revisions }) => revisions.at(-1) === revision),
        { deadlineMs: 20_000 },
      );
    await Promise.all([allSaw(1), allHeard(1)]);

    let answered = 0;
    let restarting = true;
    const failures: unknown[] = [];
    const authorization = `Bearer ${token}`;
    const requests = Array.from({ length: 4 }, async () => {
      while (restarting) {
        const answer = post(balancer.url, { query: '{ me { name } }' }, { authorization });
        const { status, body } = await answer.catch((error: unknown) => ({ status: 0, body: error }));
        if (status === 200 && (body as { errors?: unknown }).errors === undefined) answered += 1;
        else failures.push([status, body]);
      }
    });

    let revision = 1;
    const publishing = (async () => {
      while (restarting) {
        revision += 1;
        const mine = revision;
        await fixture.publish({ id: 'roll', revision });
        await until('somebody hears it', () => sources.some(({ revisions }) => revisions.at(-1) === mine), {
          deadlineMs: 20_000,
        });
      }
    })();
    for (const [index, port] of ports.entries()) {
      const stopping = gateways[index];
      const seen = answered;
      stopping?.kill('SIGTERM');
      expect(await once(stopping as ChildProcess, 'exit')).toEqual([0, null]);
      gateways[index] = await launch(port);
      await until('the balancer sees both', () => balancer.ready().length === 2);
      expect(answered).toBeGreaterThan(seen + 20);
    }
    restarting = false;
    await Promise.all([...requests, publishing]);
    await Promise.all([allSaw(revision), allHeard(revision)]);
    const everything = Array.from({ length: revision }, (_, index) => index + 1);
    for (const { revisions } of sources) expect(revisions).toEqual(everything);
    expect(failures).toEqual([]);
    const closes = watchers.flatMap((watcher) => watcher.closes);
    expect(new Set(closes)).toEqual(new Set([1001]));
    expect(closes.length).toBeGreaterThanOrEqual(SOCKETS);
    for (const client of [...watchers, ...sources]) await client.stop();
    for (const gateway of gateways) {
      gateway.kill('SIGTERM');
      await once(gateway, 'exit');
    }
    await balancer.close();
  }, 120_000);
});
