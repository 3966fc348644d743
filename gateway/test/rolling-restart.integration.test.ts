import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { until } from '@hoerok/shared/testing';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { freePort } from '../../scripts/infra/ports.ts';
import { serveBalancer } from './fixture-balancer.ts';
import { post } from './fixture-clients.ts';
import { type Follower, followWithEventSource } from './fixture-follower.ts';
import { type Fixture, startFixture } from './fixture-gateway.ts';
import { launchGateway } from './fixture-process.ts';

const WATCH = 'subscription { taskUpdated(id: "roll") { revision requestedBy { name } } }';
const SOCKETS = 60;
/** Time for the balancer to ask. */
const PATIENT = { SHUTDOWN_DELAY_SECONDS: '0.5' };

let fixture: Fixture;
let token: string;
beforeAll(async () => {
  fixture = await startFixture();
  token = await fixture.issuer.token();
});
afterAll(async () => await fixture[Symbol.asyncDispose]());

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

const revisionsOf = ({ events }: Follower): number[] =>
  events.map(({ data }) => (Object.values(data ?? {})[0] as { revision: number }).revision);

describe('a rolling restart of two gateways behind a balancer', () => {
  it('fails no request, closes every socket with 1001, brings all back, and an EventSource misses nothing', async () => {
    await fixture.publish({ id: 'roll', revision: 1 });
    const ports = [await freePort(), await freePort()];
    const launch = async (port: number): Promise<ChildProcess> => await launchGateway(fixture, port, PATIENT);
    const gateways = await Promise.all(ports.map(launch));
    const balancer = await serveBalancer(ports);
    const watchers = Array.from({ length: SOCKETS }, () => watch(balancer.url));
    const allSaw = async (revision: number) =>
      await until(
        `everybody sees revision ${revision}`,
        () => watchers.every(({ revisions }) => revisions.at(-1) === revision),
        { deadlineMs: 20_000 },
      );
    const sources = Array.from({ length: 10 }, () =>
      followWithEventSource(balancer.url, token, { query: WATCH }),
    );
    const allHeard = async (revision: number) =>
      await until(
        `every EventSource has heard revision ${revision}`,
        () => sources.every((source) => revisionsOf(source).at(-1) === revision),
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
        await until(
          'somebody hears it',
          () => sources.some((source) => revisionsOf(source).at(-1) === mine),
          { deadlineMs: 20_000 },
        );
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
    for (const source of sources) expect(revisionsOf(source)).toEqual(everything);
    expect(sources.map(({ refusals }) => refusals())).toEqual(sources.map(() => 0));
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
