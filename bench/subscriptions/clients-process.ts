/** Subscribers: WebSockets that speak just enough graphql-transport-ws, so that thousands of them cost little here. */
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { answerAsks } from './asking.ts';
import type { Counts, GroupRequest, PingRequest } from './clients.ts';
import { sharedClock } from './graph.ts';

const OPENED_AT_ONCE = 50;
/** From one pinged socket to the next: a prime, so that all take their turns. */
const STRIDE = 7_919;

interface Subscriber {
  readonly socket: WebSocket;
  received: number;
  last: number;
  missing: number;
  repeated: number;
  outdated: number;
  title: string | undefined;
  /** Those who wait for a pong, in the order of their pings. */
  readonly pongs: (() => void)[];
}

interface Group {
  readonly leaves: number;
  readonly subscribers: Subscriber[];
  readonly latencies: number[];
  readonly errors: string[];
  received: number;
  ended: number;
  leaving: boolean;
  changed: () => void;
}

interface Task {
  readonly revision: number;
  readonly publishedAt: number;
  readonly title?: string;
  readonly meeting?: { readonly title: string };
}

interface Message {
  readonly type: string;
  readonly payload?: {
    readonly data?: Readonly<Record<string, Task | null>> | null;
    readonly errors?: unknown;
  };
}

const groups = new Map<string, Group>();

function groupOf(name: string): Group {
  const group = groups.get(name);
  if (group === undefined) throw new Error(`there is no group "${name}"`);
  return group;
}

async function open(request: GroupRequest): Promise<void> {
  const group: Group = {
    leaves: request.leaves,
    subscribers: [],
    latencies: [],
    errors: [],
    received: 0,
    ended: 0,
    leaving: false,
    changed: () => undefined,
  };
  groups.set(request.group, group);
  let next = 0;
  const opener = async (): Promise<void> => {
    while (next < request.count) {
      const index = next;
      next += 1;
      await subscribe(group, request, index);
    }
  };
  await Promise.all(Array.from({ length: OPENED_AT_ONCE }, opener));
}

/** Resolves when the server has acknowledged the socket and the subscription is sent. */
async function subscribe(group: Group, request: GroupRequest, index: number): Promise<void> {
  const { url, query, authorizations, lists } = request;
  const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false });
  const subscriber: Subscriber = {
    socket,
    received: 0,
    last: 0,
    missing: 0,
    repeated: 0,
    outdated: 0,
    title: undefined,
    pongs: [],
  };
  group.subscribers.push(subscriber);
  const authorization = authorizations[index % authorizations.length];
  const variables = { list: lists[index % lists.length] };
  const acknowledged = Promise.withResolvers<void>();
  socket.on('open', () =>
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } })),
  );
  socket.on('error', (error) => {
    group.errors.push(error.message);
    acknowledged.reject(error);
  });
  socket.on('close', (code, reason) => {
    if (!group.leaving) group.errors.push(`closed with ${code} ${reason.toString()}`);
    group.ended += 1;
    group.changed();
    acknowledged.reject(new Error(`closed with ${code} ${reason.toString()}`));
  });
  socket.on('message', (raw: Buffer) => {
    const receivedAt = sharedClock();
    const message = JSON.parse(raw.toString('utf8')) as Message;
    if (message.type === 'connection_ack') {
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables } }));
      acknowledged.resolve();
    } else if (message.type === 'next') take(group, subscriber, { message, receivedAt });
    else if (message.type === 'ping') socket.send('{"type":"pong"}');
    else if (message.type === 'pong') subscriber.pongs.shift()?.();
    else {
      group.errors.push(raw.toString('utf8'));
      group.ended += 1;
      group.changed();
    }
  });
  await acknowledged.promise;
}

/** Values that are there. */
function leavesOf(value: unknown): number {
  if (value === null || value === undefined) return 0;
  if (typeof value !== 'object') return 1;
  return Object.values(value).reduce((sum: number, inner) => sum + leavesOf(inner), 0);
}

interface Taken {
  readonly message: Message;
  readonly receivedAt: number;
}

function take(group: Group, subscriber: Subscriber, { message: { payload }, receivedAt }: Taken): void {
  const task = Object.values(payload?.data ?? {})[0];
  if (payload?.errors !== undefined || task == null || leavesOf(task) !== group.leaves) {
    group.errors.push(JSON.stringify(payload));
    group.changed();
    return;
  }
  const { revision, publishedAt } = task;
  if (revision <= subscriber.last) subscriber.repeated += 1;
  else {
    subscriber.missing += revision - subscriber.last - 1;
    subscriber.last = revision;
  }
  const title = task.title ?? task.meeting?.title;
  if (title !== undefined && title === subscriber.title) subscriber.outdated += 1;
  subscriber.title = title;
  subscriber.received += 1;
  group.received += 1;
  group.latencies.push(receivedAt - publishedAt);
  group.changed();
}

function counts(name: string): Counts {
  const { subscribers, errors, received, ended } = groupOf(name);
  const sum = (of: (subscriber: Subscriber) => number): number =>
    subscribers.reduce((total, subscriber) => total + of(subscriber), 0);
  return {
    received,
    ended,
    missing: sum(({ missing }) => missing),
    repeated: sum(({ repeated }) => repeated),
    outdated: sum(({ outdated }) => outdated),
    errors: errors.slice(0, 3),
    errorCount: errors.length,
  };
}

/** Waits until so many events have come in all, an error or end has, or the time is up. */
async function untilReceived(request: {
  group: string;
  received: number;
  withinMs: number;
}): Promise<Counts> {
  const group = groupOf(request.group);
  const errorsBefore = group.errors.length;
  const done = Promise.withResolvers<void>();
  const look = (): void => {
    if (group.received >= request.received || group.errors.length > errorsBefore) done.resolve();
  };
  group.changed = look;
  look();
  const tooLong = setTimeout(done.resolve, request.withinMs);
  await done.promise;
  clearTimeout(tooLong);
  group.changed = () => undefined;
  return counts(request.group);
}

/** Round trips of graphql-transport-ws pings, each on another socket, at fixed moments. */
async function ping({ group, count, perSecond }: PingRequest): Promise<number[]> {
  const { subscribers } = groupOf(group);
  const startedAt = performance.now();
  const trips: Promise<number>[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    await pause(Math.max(0, startedAt + (1_000 * turn) / perSecond - performance.now()));
    const subscriber = subscribers[(turn * STRIDE) % subscribers.length];
    if (subscriber !== undefined) trips.push(roundTrip(subscriber));
  }
  return await Promise.all(trips);
}

async function roundTrip(subscriber: Subscriber): Promise<number> {
  const answered = Promise.withResolvers<void>();
  subscriber.pongs.push(answered.resolve);
  const sentAt = performance.now();
  subscriber.socket.send('{"type":"ping"}');
  await answered.promise;
  return performance.now() - sentAt;
}

async function leave(name: string): Promise<void> {
  const group = groupOf(name);
  group.leaving = true;
  const closed = group.subscribers.map(
    async ({ socket }) =>
      await new Promise<void>((resolve) => {
        if (socket.readyState === WebSocket.CLOSED) return resolve();
        socket.once('close', () => resolve());
        socket.resume();
        return socket.close(1000);
      }),
  );
  await Promise.all(closed);
  groups.delete(name);
}

answerAsks({
  open,
  counts,
  untilReceived,
  ping,
  latencies: (name: string) => groupOf(name).latencies.splice(0),
  pause: (name: string) => groupOf(name).subscribers.forEach(({ socket }) => socket.pause()),
  resume: (name: string) => groupOf(name).subscribers.forEach(({ socket }) => socket.resume()),
  leave,
});
process.once('disconnect', () => process.exit(0));
