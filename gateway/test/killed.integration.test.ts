import type { ChildProcess } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { setInterval as ticks } from 'node:timers/promises';
import { until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OwnNats, startOwnNats } from '../../packages/shared/test/own-nats.ts';
import { freePort } from '../../scripts/infra/ports.ts';
import { type Balancer, serveBalancer } from './fixture-balancer.ts';
import type { Result } from './fixture-clients.ts';
import {
  type Follow,
  type Follower,
  followWithEventSource,
  followWithGraphqlWs,
  followWithHoerokClient,
} from './fixture-follower.ts';
import { type Fixture, startFixture } from './fixture-gateway.ts';
import { compose } from './fixture-graph.ts';
import { serveProxy } from './fixture-proxy.ts';
import { kill, launchGateway, launchUsers } from './fixture-process.ts';

const ONE = 'subscription ($id: ID!) { taskUpdated(id: $id) { id revision status requestedBy { name } } }';
const ALL = 'subscription { myTaskUpdated { id revision status requestedBy { name } } }';
const CLIENTS: readonly Follow[] = [followWithGraphqlWs, followWithHoerokClient, followWithEventSource];
const OF_EACH_KIND = 2;
const EVERY_MS = 8;
const TASKS = 4;
/** Events before something is killed, and after all is whole again. */
const SOME = 40;
const PATIENCE = { deadlineMs: 30_000 };

interface Seen {
  readonly id: string;
  readonly revision: number;
  readonly requestedBy: { readonly name: string } | null;
}

const seenIn = (result: Result): Seen => Object.values(result.data ?? {})[0] as Seen;
const namesIn = (events: readonly Result[]): string[] =>
  events.map((event) => `${seenIn(event).id} ${seenIn(event).revision}`);

/** Two gateways in processes of their own, behind a balancer, with a NATS and a users subgraph that may be killed. */
interface Scene extends AsyncDisposable {
  readonly fixture: Fixture;
  readonly nats: OwnNats;
  readonly balancer: Balancer;
  readonly ports: readonly number[];
  readonly gateways: ChildProcess[];
  readonly launchGateway: (place: number) => Promise<void>;
  users: ChildProcess;
  readonly launchUsers: () => Promise<void>;
}

async function setScene(): Promise<Scene> {
  await using opened = new AsyncDisposableStack();
  const nats = opened.use(await startOwnNats());
  const fixture = opened.use(await startFixture({ NATS_URL: nats.url }));
  const { tasks, users, meetings } = fixture.graph;
  const usersPort = await freePort();
  const killable = { ...users, url: `http://127.0.0.1:${usersPort}/graphql` };
  await writeFile(fixture.file, compose([tasks, killable, meetings]));
  const started: ChildProcess[] = [];
  opened.defer(async () => void (await Promise.all(started.map(kill))));
  const follow = (child: ChildProcess): ChildProcess => {
    started.push(child);
    return child;
  };
  const ports = [await freePort(), await freePort()];
  const start = async (place: number): Promise<ChildProcess> =>
    follow(await launchGateway(fixture, ports[place] ?? 0, { NATS_URL: nats.url }));
  const gateways = await Promise.all(ports.map(async (_port, place) => await start(place)));
  const balancer = await serveBalancer(ports);
  opened.defer(balancer.close);
  const scene: Scene = {
    fixture,
    nats,
    balancer,
    ports,
    gateways,
    launchGateway: async (place) => {
      gateways[place] = await start(place);
      await until('the balancer sees both', () => balancer.ready().length === 2, PATIENCE);
    },
    users: follow(await launchUsers(usersPort)),
    launchUsers: async () => {
      scene.users = follow(await launchUsers(usersPort));
    },
    [Symbol.asyncDispose]: async () => await running.disposeAsync(),
  };
  const running = opened.move();
  return scene;
}

/** A run of events at a steady rate, each stored once whatever happens to its publisher. */
interface Run {
  /** Every event so far as `<task> <revision>`, in the order of the stream. */
  readonly names: readonly string[];
  readonly taskIds: readonly string[];
  /** Publishes some more and ends every task; the last events of all. */
  readonly finish: () => Promise<void>;
}

function publishSteadily({ fixture }: Scene, name: string): Run {
  const names: string[] = [];
  const taskIds = Array.from({ length: TASKS }, (_, index) => `${name}${index}`);
  const stopping = new AbortController();

  async function publish(index: number, status: 'PROCESSING' | 'COMPLETED'): Promise<void> {
    const [id = '', revision] = [taskIds[index % TASKS], Math.floor(index / TASKS) + 1];
    const stored = async (): Promise<boolean> =>
      await fixture.publish({ id, revision, status, messageId: `${id} ${revision}` }).then(
        () => true,
        // NATS is away; the id keeps the second attempt from being a second event.
        () => false,
      );
    await until('the event is stored', stored, PATIENCE);
    names.push(`${id} ${revision}`);
  }

  async function run(): Promise<void> {
    for await (const _tick of ticks(EVERY_MS)) {
      await publish(names.length, 'PROCESSING');
      if (stopping.signal.aborted && names.length % TASKS === 0) break;
    }
    for (const _id of taskIds) await publish(names.length, 'COMPLETED');
  }

  const running = run();
  running.catch(() => undefined);
  return {
    names,
    taskIds,
    finish: async () => {
      const sofar = names.length;
      await until('some more events', () => names.length > sofar + SOME, PATIENCE);
      stopping.abort();
      await running;
    },
  };
}

describe('events in mid-stream, for who resumes', () => {
  let scene: Scene;
  let token: string;
  beforeAll(async () => {
    scene = await setScene();
    token = await scene.fixture.issuer.token();
  });
  afterAll(async () => await scene[Symbol.asyncDispose]());

  beforeEach(async () => {
    await until('the balancer sees both', () => scene.balancer.ready().length === 2, PATIENCE);
  });

  /** Breaks something while events are published; gives all followers once each of them has every event once, in order. */
  async function follow(
    name: string,
    breakIt: (followers: readonly Follower[]) => Promise<void>,
    url = scene.balancer.url,
  ): Promise<Follower[]> {
    const open = (query: string, variables = {}): Follower[] =>
      CLIENTS.flatMap((client) =>
        Array.from({ length: OF_EACH_KIND }, () => client(url, token, { query, variables })),
      );
    const ofAll = open(ALL);
    // A subscription to many things says that it is open with its first event.
    let probes = 0;
    await until('all are open', async () => {
      await scene.fixture.publish({ id: `probe-${name}`, revision: (probes += 1) });
      return ofAll.every(({ events }) => events.length > 0);
    });
    const run = publishSteadily(scene, name);
    await until('there is something of each task', () => run.names.length > TASKS, PATIENCE);
    const ofOne = run.taskIds.slice(0, 2).map((id) => ({ id, followers: open(ONE, { id }) }));
    const followers = [...ofAll, ...ofOne.flatMap((one) => one.followers)];
    await until(
      'all get events',
      () => followers.every(({ events }) => events.length > SOME / TASKS),
      PATIENCE,
    );
    await breakIt(followers);
    await run.finish();
    const ownOf = ({ events }: Follower): string[] =>
      namesIn(events).filter((event) => !event.startsWith('probe'));
    await until(
      'all have the last event',
      () => ofAll.every((one) => ownOf(one).at(-1) === run.names.at(-1)),
      PATIENCE,
    );
    for (const { id, followers: theirs } of ofOne) {
      await until('the end of the task', () => theirs.every(({ isOver }) => isOver()), PATIENCE);
      const events = run.names.filter((event) => event.startsWith(`${id} `));
      for (const one of theirs) {
        const [first = ''] = namesIn(one.events);
        // It began with the state of the task at that moment.
        expect(one.events[0]?.extensions).toMatchObject({ delivery: 'snapshot' });
        expect(namesIn(one.events)).toEqual(events.slice(events.indexOf(first)));
      }
    }
    for (const one of ofAll) expect(ownOf(one)).toEqual(run.names);
    expect(JSON.stringify(followers.map(({ events }) => events))).not.toContain('RESUME_GAP');
    await Promise.all(followers.map(async ({ stop }) => await stop()));
    return followers;
  }

  const deliveriesTo = (followers: readonly Follower[]): Set<unknown> =>
    new Set(followers.flatMap(({ events }) => events.map(({ extensions }) => extensions?.['delivery'])));

  it('come once and in order when NATS is killed, and back when all have noticed', async () => {
    const followers = await follow('nats', async () => {
      await scene.nats.kill();
      await until('no gateway is ready', () => scene.balancer.ready().length === 0, PATIENCE);
      await scene.nats.restart();
    });
    // Nobody had to be told.
    expect(followers.map(({ connections, refusals }) => [connections(), refusals()])).toEqual(
      followers.map(() => [1, 0]),
    );
  }, 60_000);

  it('come once and in order when one gateway after the other is killed', async () => {
    const followers = await follow('gateway', async (all) => {
      for (const place of [0, 1]) {
        const before = all.reduce((sum, { connections }) => sum + connections(), 0);
        await kill(scene.gateways[place] as ChildProcess);
        const come = (): number => all.reduce((sum, { connections }) => sum + connections(), 0) - before;
        await until('its clients are at the other one', () => come() >= all.length / 4, PATIENCE);
        await scene.launchGateway(place);
      }
    });
    expect(deliveriesTo(followers)).toContain('replay');
    expect(followers.every(({ connections }) => connections() > 1)).toBe(true);
  }, 60_000);

  it('come once and in order when the connections are cut as well while NATS is away', async () => {
    // A balancer would ask for readiness, and let nobody in.
    const proxy = await serveProxy({ host: '127.0.0.1', port: scene.ports[0] ?? 0 });
    const followers = await follow(
      'both',
      async (all) => {
        await scene.nats.kill();
        proxy.cut();
        proxy.heal();
        await until('some are refused', () => all.some(({ refusals }) => refusals() > 0), PATIENCE);
        await scene.nats.restart();
      },
      `http://127.0.0.1:${proxy.port}`,
    );
    expect(deliveriesTo(followers)).toContain('replay');
    await proxy.close();
  }, 60_000);

  it('come once and in order, with an error while it is away, when a subgraph is killed', async () => {
    const hasName = (event: Result): boolean => seenIn(event).requestedBy?.name === 'User u1';
    const followers = await follow('users', async (all) => {
      await kill(scene.users);
      await until(
        'all are told of it',
        () => all.every(({ events }) => events.some((one) => !hasName(one))),
        PATIENCE,
      );
      await scene.launchUsers();
      await until(
        'the name is there again',
        () => all.every(({ events }) => hasName(events.at(-1) as Result)),
        PATIENCE,
      );
    });
    const incomplete = followers.flatMap(({ events }) => events.filter((event) => !hasName(event)));
    for (const { errors } of incomplete) {
      expect(errors).toHaveLength(1);
      expect(errors?.[0]).toMatchObject({ extensions: { code: 'UNAVAILABLE' } });
    }
  }, 60_000);
});
