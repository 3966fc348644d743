import type { ChildProcess } from 'node:child_process';
import { eventSubject, qualify } from '@hoerok/shared/messaging';
import { until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../scripts/infra/ports.ts';
import type { Result } from './fixture-clients.ts';
import { type Fixture, startFixture, type TaskChange } from './fixture-gateway.ts';
import { kill, launchGateway } from './fixture-process.ts';
import { type HandSocket, openSocket } from './fixture-socket.ts';

const WORKSPACES = ['w1', 'w2'] as const;
/** In each workspace, each of a user of its own. */
const PERSONAL_SOCKETS = 40;
/** In each workspace, all of one user. */
const MEETING_SOCKETS = 10;
const EVENTS = 10_000;
const TASKS = 10;
/** How many of the users are concerned by one event. */
const CONCERNED = 4;
const AT_ONCE = 100;
/** More than the gateway keeps for a slow reader. */
const MOST_BEHIND = 200;
const PATIENCE = { deadlineMs: 60_000 };

const MINE = 'subscription { myTaskUpdated { id revision stage } }';
const OF_MEETING = 'subscription { meetingTaskUpdated(meetingId: "m1") { id revision stage } }';
const WITH_NAMES = MINE.replace('stage', 'stage requestedBy { name }');

type Workspace = (typeof WORKSPACES)[number];

/** What a socket should be told, and was. */
interface Subscriber {
  readonly workspace: Workspace;
  readonly socket: HandSocket;
  readonly expected: string[];
}

let fixture: Fixture;
let gateway: ChildProcess;
let url: string;
beforeAll(async () => {
  fixture = await startFixture();
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  gateway = await launchGateway(fixture, port);
});
afterAll(async () => {
  await kill(gateway);
  await fixture[Symbol.asyncDispose]();
});

const userOf = (place: number): string => `u${place % PERSONAL_SOCKETS}`;

async function subscribe(workspaceId: Workspace, userId: string, query: string): Promise<Subscriber> {
  const socket = await openSocket(url);
  await socket.init({ authorization: `Bearer ${await fixture.issuer.token({ workspaceId, userId })}` });
  socket.subscribe('1', query);
  return { workspace: workspaceId, socket, expected: [] };
}

/** The members of both workspaces have the same ids, and so have their tasks and the meeting. */
async function openAll(): Promise<readonly Subscriber[]> {
  const opening = WORKSPACES.flatMap((workspace) => [
    ...Array.from({ length: PERSONAL_SOCKETS }, (_, place) =>
      subscribe(workspace, userOf(place), place === 0 ? WITH_NAMES : MINE),
    ),
    ...Array.from({ length: MEETING_SOCKETS }, () => subscribe(workspace, 'host', OF_MEETING)),
  ]);
  return await Promise.all(opening);
}

async function admitHosts(): Promise<void> {
  const { namespace, jetstream } = fixture.messaging;
  for (const workspaceId of WORKSPACES) {
    const address = {
      service: 'meetings',
      workspaceId,
      aggregate: 'meeting',
      aggregateId: 'm1',
      event: 'created',
    };
    await jetstream.publish(qualify(namespace, eventSubject(address)), '{"participantUserIds":["host"]}');
  }
}

const tell = async (change: TaskChange & { readonly workspaceId: Workspace }): Promise<void> =>
  await fixture.publish({ ...change, more: { stage: change.workspaceId } });

type Task = Readonly<Record<string, unknown>>;
const taskIn = (result: unknown): Task => Object.values((result as Result).data ?? { none: {} })[0] as Task;
const nameOf = ({ stage, id, revision }: Task): string => [stage, id, revision].map(String).join(' ');
const toldTo = ({ socket }: Subscriber): Task[] => socket.results('1').map(taskIn);

/** Publishes the events of both workspaces in turn, in one order, and notes who is to be told. */
async function publishAll(subscribers: readonly Subscriber[]): Promise<void> {
  async function publish(index: number): Promise<void> {
    const workspace = index % 2 === 0 ? 'w1' : 'w2';
    const number = Math.floor(index / 2);
    const [id, revision] = [`t${number % TASKS}`, Math.floor(number / TASKS) + 1];
    const places = Array.from({ length: CONCERNED }, (_, step) => (number * 7 + step) % PERSONAL_SOCKETS);
    const own = subscribers.filter((one) => one.workspace === workspace);
    for (const one of [...places.map((place) => own[place]), ...own.slice(PERSONAL_SOCKETS)])
      one?.expected.push(`${workspace} ${id} ${revision}`);
    await tell({ workspaceId: workspace, id, revision, watchers: places.map(userOf) });
  }
  const host = subscribers.at(-1);
  for (let from = 0; from < EVENTS; from += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, step) => publish(from + step)));
    // Everybody falls behind at times, and nobody for good.
    const behind = (): number => (host?.expected.length ?? 0) - (host?.socket.messages.length ?? 0);
    await until('nobody is far behind', () => behind() < MOST_BEHIND, PATIENCE);
  }
}

describe('two workspaces of 50 sockets each', () => {
  it(`are told of ${EVENTS} interleaved events: each of its own, once and in order, and of no other`, async () => {
    await admitHosts();
    const subscribers = await openAll();
    const everyone = Array.from({ length: PERSONAL_SOCKETS }, (_, place) => userOf(place));
    let probes = 0;
    await until('all are open', async () => {
      probes += 1;
      for (const workspaceId of WORKSPACES)
        await tell({ workspaceId, id: 'probe', revision: probes, watchers: everyone });
      return subscribers.every(({ socket }) => socket.results('1').length > 0);
    });

    const lost = Promise.race(subscribers.map(({ socket }) => socket.closed)).then(([code, reason]) => {
      throw new Error(`A socket was closed with ${code}: ${reason}`);
    });
    lost.catch(() => undefined);
    await Promise.race([lost, publishAll(subscribers)]);
    const isLevel = ({ socket, expected }: Subscriber): boolean =>
      nameOf(taskIn(socket.messages.at(-1)?.payload)) === expected.at(-1);
    const allAreLevel = until('all are told of their last', () => subscribers.every(isLevel), PATIENCE);
    await Promise.race([lost, allAreLevel]);

    for (const one of subscribers) {
      expect(
        toldTo(one)
          .map(nameOf)
          .filter((name) => !name.includes('probe')),
      ).toEqual(one.expected);
      // A probe tells of its workspace as well.
      for (const task of toldTo(one)) expect(task['stage']).toBe(one.workspace);
      expect(new Set(one.socket.messages.map(({ type }) => type))).toEqual(
        new Set(['connection_ack', 'next']),
      );
    }
    const viewers = fixture.graph.users.asked.flatMap(({ headers }) => headers['x-hoerok-viewer'] ?? []);
    const asked = viewers.map(workspaceOf);
    expect(new Set(asked)).toEqual(new Set(WORKSPACES));
    for (const { socket } of subscribers) {
      socket.socket.close();
      await socket.closed;
    }
  }, 120_000);
});

function workspaceOf(viewer: string): string {
  return (JSON.parse(Buffer.from(viewer, 'base64url').toString()) as { workspaceId: string }).workspaceId;
}
