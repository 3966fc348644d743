/**
 * Subscribers: WebSockets that speak just enough graphql-transport-ws, so that ten thousand of them cost little here. A
 * socket that is closed comes back after a moment of its own and goes on behind the last event that it has got.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { answerAsks } from '../../bench/subscriptions/asking.ts';
import type { CrowdCounts, CrowdRequest, PingRequest } from './crowd.ts';
import { sharedClock, WATCH } from './graph.ts';

const OPENED_AT_ONCE = 50;
const AGAIN_AT_LEAST_MS = 50;
/** From one pinged socket to the next: a prime, so that all take their turns. */
const STRIDE = 7_919;

interface Subscriber {
  readonly id: string;
  readonly authorization: string;
  socket: WebSocket | undefined;
  /** Acknowledged, and the subscription sent. */
  isOpen: boolean;
  last: number;
  eventId: string | undefined;
  readonly pongs: (() => void)[];
}

interface Crowd extends Omit<CrowdRequest, 'name'> {
  readonly subscribers: Subscriber[];
  readonly latencies: number[];
  readonly closes: Record<string, number>;
  readonly errors: string[];
  /** Connection attempts by second. */
  readonly attempts: Map<number, number>;
  events: number;
  missing: number;
  repeated: number;
  refused: number;
  isLeaving: boolean;
}

interface Message {
  readonly type: string;
  readonly payload?: {
    readonly data?: { readonly taskUpdated?: { readonly revision: number; readonly publishedAt: number } };
    readonly extensions?: { readonly eventId?: string };
  };
}

const crowds = new Map<string, Crowd>();

function crowdOf(name: string): Crowd {
  const crowd = crowds.get(name);
  if (crowd === undefined) throw new Error(`there is no crowd "${name}"`);
  return crowd;
}

async function open({ name, ...request }: CrowdRequest): Promise<void> {
  const crowd: Crowd = {
    ...request,
    subscribers: [],
    latencies: [],
    closes: {},
    errors: [],
    attempts: new Map(),
    events: 0,
    missing: 0,
    repeated: 0,
    refused: 0,
    isLeaving: false,
  };
  crowds.set(name, crowd);
  const { ids, authorizations } = request;
  let next = 0;
  const opener = async (): Promise<void> => {
    while (next < request.count) {
      const id = ids[next % ids.length] ?? '';
      const authorization = authorizations[next % authorizations.length] ?? '';
      next += 1;
      const fresh = { socket: undefined, isOpen: false, last: 0, eventId: undefined, pongs: [] };
      const subscriber: Subscriber = { id, authorization, ...fresh };
      crowd.subscribers.push(subscriber);
      await connect(crowd, subscriber);
    }
  };
  await Promise.all(Array.from({ length: OPENED_AT_ONCE }, opener));
}

/** Resolves when the socket is acknowledged, or lost. */
async function connect(crowd: Crowd, subscriber: Subscriber): Promise<void> {
  const second = Math.floor(performance.now() / 1_000);
  crowd.attempts.set(second, (crowd.attempts.get(second) ?? 0) + 1);
  const socket = new WebSocket(crowd.url, 'graphql-transport-ws', { perMessageDeflate: false });
  subscriber.socket = socket;
  const settled = Promise.withResolvers<void>();
  socket.on('open', () => {
    const payload = { authorization: subscriber.authorization };
    socket.send(JSON.stringify({ type: 'connection_init', payload }));
  });
  socket.on('message', (raw: Buffer) => {
    const message = JSON.parse(raw.toString('utf8')) as Message;
    if (message.type === 'connection_ack') {
      subscribe(subscriber, socket);
      settled.resolve();
    } else if (message.type === 'next') take(crowd, subscriber, message.payload);
    else if (message.type === 'ping') socket.send('{"type":"pong"}');
    else if (message.type === 'pong') subscriber.pongs.shift()?.();
    else crowd.errors.push(raw.toString('utf8'));
  });
  // What is wrong with it shows when it closes.
  socket.on('error', () => undefined);
  socket.on('close', (code) => {
    settled.resolve();
    if (crowd.isLeaving) return;
    if (subscriber.isOpen) crowd.closes[code] = (crowd.closes[code] ?? 0) + 1;
    else crowd.refused += 1;
    subscriber.isOpen = false;
    for (const answered of subscriber.pongs.splice(0)) answered();
    if (crowd.jitterMs > 0) void comeBack(crowd, subscriber);
  });
  await settled.promise;
}

async function comeBack(crowd: Crowd, subscriber: Subscriber): Promise<void> {
  await pause(AGAIN_AT_LEAST_MS + Math.random() * crowd.jitterMs);
  if (!crowd.isLeaving) await connect(crowd, subscriber);
}

function subscribe(subscriber: Subscriber, socket: WebSocket): void {
  const { id, eventId } = subscriber;
  const extensions = eventId === undefined ? {} : { extensions: { lastEventId: eventId } };
  const payload = { query: WATCH, variables: { id }, ...extensions };
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }));
  subscriber.isOpen = true;
}

function take(crowd: Crowd, subscriber: Subscriber, payload: Message['payload']): void {
  const { revision, publishedAt } = payload?.data?.taskUpdated ?? {};
  if (revision === undefined || publishedAt === undefined) {
    crowd.errors.push(JSON.stringify(payload));
    return;
  }
  crowd.events += 1;
  // The first event of all says where the task stands.
  if (subscriber.last > 0) {
    if (revision <= subscriber.last) crowd.repeated += 1;
    else crowd.missing += revision - subscriber.last - 1;
    crowd.latencies.push(sharedClock() - publishedAt);
  }
  subscriber.last = Math.max(subscriber.last, revision);
  subscriber.eventId = payload?.extensions?.eventId;
}

function count(name: string): CrowdCounts {
  const { subscribers, events, missing, repeated, refused, closes, errors, attempts } = crowdOf(name);
  return {
    open: subscribers.filter(({ isOpen }) => isOpen).length,
    oldest: Math.min(...subscribers.map(({ last }) => last)),
    events,
    missing,
    repeated,
    refused,
    closes,
    errors: errors.slice(0, 3),
    errorCount: errors.length,
    peakAttempts: Math.max(0, ...attempts.values()),
  };
}

/** Round trips of graphql-transport-ws pings, each on another socket, at fixed moments. */
async function ping({ name, count: total, perSecond }: PingRequest): Promise<number[]> {
  const { subscribers } = crowdOf(name);
  const startedAt = performance.now();
  const trips: Promise<number>[] = [];
  for (let turn = 0; turn < total; turn += 1) {
    await pause(Math.max(0, startedAt + (1_000 * turn) / perSecond - performance.now()));
    const subscriber = subscribers[(turn * STRIDE) % subscribers.length];
    if (subscriber?.isOpen === true) trips.push(roundTrip(subscriber));
  }
  return await Promise.all(trips);
}

async function roundTrip(subscriber: Subscriber): Promise<number> {
  const answered = Promise.withResolvers<void>();
  subscriber.pongs.push(answered.resolve);
  const sentAt = performance.now();
  subscriber.socket?.send('{"type":"ping"}');
  await answered.promise;
  return performance.now() - sentAt;
}

async function leave(name: string): Promise<void> {
  const crowd = crowdOf(name);
  crowd.isLeaving = true;
  const closed = crowd.subscribers.map(
    async ({ socket }) =>
      await new Promise<void>((resolve) => {
        if (socket === undefined || socket.readyState === WebSocket.CLOSED) return resolve();
        socket.once('close', () => resolve());
        socket.resume();
        return socket.readyState === WebSocket.OPEN ? socket.close(1000) : socket.terminate();
      }),
  );
  await Promise.all(closed);
  crowds.delete(name);
}

answerAsks({
  open,
  count,
  ping,
  latencies: (name: string) => crowdOf(name).latencies.splice(0),
  /** Attempts are counted from here on. */
  forgetAttempts: (name: string) => crowdOf(name).attempts.clear(),
  pause: (name: string) => crowdOf(name).subscribers.forEach(({ socket }) => socket?.pause()),
  leave,
});
process.once('disconnect', () => process.exit(0));
