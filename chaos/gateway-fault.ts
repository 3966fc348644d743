/**
 * The one experiment on the whole platform: the gateway is killed while 200 clients wait for tasks, the tasks end while
 * it is gone, and every client must know how its task ended soon after the gateway is back.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { freePort } from '../scripts/infra/ports.ts';
import { type RunningPlatform, startPlatform } from '../scripts/platform/platform.ts';
import type { Experiment, Outcome } from './experiment.ts';
import type { Form } from './fault.ts';
import type { BreakableServers } from './servers.ts';
import { waitFor } from './wait-for.ts';

const SOCKETS: Readonly<Record<Form, number>> = { brief: 40, normal: 200, long: 1_000 };
const TASKS = 40;
const GONE_MS = 2_000;
/** The bar for the last client to know, from the moment that the gateway answers again. */
const BACK_WITHIN_MS = 5_000;
const PATIENCE_MS = 60_000;
const CAPTIONS = readFileSync(new URL('../samples/release-sync.en.vtt', import.meta.url), 'utf8');

const REGISTER = `mutation ($input: RegisterInput!) { register(input: $input) { accessToken } }`;
const CREATE = `mutation ($input: CreateMeetingInput!) { createMeeting(input: $input) { meeting { id } } }`;
const IMPORT = `mutation ($input: ImportTranscriptInput!) { importTranscript(input: $input) { task { id } } }`;
const TASK = 'query ($id: ID!) { task(id: $id) { id status } }';
const WATCH = `subscription ($id: ID!) { taskUpdated(id: $id) { id status revision } }`;

interface Seen {
  readonly status: string;
  readonly revision: number;
  readonly delivery: unknown;
  /** How often the client had connected by then. */
  readonly connection: number;
}

/** One socket that waits for the end of one task. */
interface Watcher {
  readonly seen: readonly Seen[];
  readonly knows: Promise<void>;
  readonly knewAt: () => number | undefined;
  readonly close: () => Promise<void>;
}

type Ask = (query: string, variables: object) => Promise<Record<string, Record<string, { id: string }>>>;

function watch(url: string, token: string, id: string): Watcher {
  const seen: Seen[] = [];
  const known = Promise.withResolvers<void>();
  let connection = 0;
  let knewAt: number | undefined;
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    connectionParams: { authorization: `Bearer ${token}` },
    webSocketImpl: WebSocket,
    lazy: true,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    // Spread over two seconds: they were all cut off at the same moment.
    retryWait: () => pause(200 + Math.random() * 2_000),
    on: { connected: () => void (connection += 1) },
  });
  client.subscribe<{ taskUpdated: { status: string; revision: number } }, { delivery?: unknown }>(
    { query: WATCH, variables: { id } },
    {
      next: ({ data, extensions }) => {
        if (data?.taskUpdated === undefined) return;
        seen.push({ ...data.taskUpdated, delivery: extensions?.delivery, connection });
      },
      error: (error) => known.reject(error),
      complete: () => {
        knewAt = performance.now();
        known.resolve();
      },
    },
  );
  known.promise.catch(() => undefined);
  return { seen, knows: known.promise, knewAt: () => knewAt, close: async () => await client.dispose() };
}

async function acceptImports(ask: Ask): Promise<string[]> {
  return await Promise.all(
    Array.from({ length: TASKS }, async (_, index) => {
      const input = {
        title: `Meeting ${index}`,
        scheduledStart: '2026-03-04T01:00:00Z',
        timeZone: 'UTC',
        language: 'en',
      };
      const meetingId = (await ask(CREATE, { input }))['createMeeting']?.['meeting']?.id;
      const imported = await ask(IMPORT, { input: { meetingId, content: CAPTIONS } });
      return imported['importTranscript']?.['task']?.id ?? '';
    }),
  );
}

function signedAsk(url: string, token?: string): Ask {
  return async (query, variables) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: Awaited<ReturnType<Ask>>; errors?: unknown };
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data;
  };
}

function pidOf(platform: RunningPlatform, name: string): number {
  const running = platform.processes.find((one) => one.name === name);
  if (running === undefined) throw new Error(`There is no process ${name}.`);
  return running.pid;
}

/** Tells `name` to freeze or go on; what it has accepted stays unfinished meanwhile. */
function freeze(platform: RunningPlatform, name: string, frozen: boolean): void {
  process.kill(pidOf(platform, name), frozen ? 'SIGSTOP' : 'SIGCONT');
}

async function runOnPlatform(platform: RunningPlatform, form: Form): Promise<Outcome> {
  const url = platform.gatewayUrl;
  const email = 'watcher@hoerok.example';
  const input = { email, password: 'correct horse battery staple', name: 'Watcher' };
  const registered = (await signedAsk(url)(REGISTER, { input })) as unknown as {
    register: { accessToken: string };
  };
  const token = registered.register.accessToken;
  const ask = signedAsk(url, token);
  const ids = await acceptImports(ask);
  await Promise.all(ids.map((id) => untilKnown(ask, id)));
  freeze(platform, 'transcripts', true);
  const watchers = Array.from({ length: SOCKETS[form] }, (_, index) =>
    watch(url, token, ids[index % TASKS] ?? ''),
  );
  await waitFor(
    'every client to hear of its task',
    () => watchers.every(({ seen }) => seen.length > 0),
    PATIENCE_MS,
  );
  const waiting = watchers.filter(({ knewAt }) => knewAt() === undefined);
  const gateway = platform.processes.find(({ name }) => name === 'gateway');
  process.kill(pidOf(platform, 'gateway'), 'SIGKILL');
  const killedAt = performance.now();
  await gateway?.exited;
  freeze(platform, 'transcripts', false);
  await pause(GONE_MS);
  await platform.restart('gateway');
  const backAt = performance.now();
  await Promise.race([
    Promise.allSettled(watchers.map(({ knows }) => knows)),
    pause(PATIENCE_MS, undefined, { ref: false }),
  ]);
  const outcome = await judge(ask, { ids, watchers, waiting, backAt, killedAt });
  await Promise.all(watchers.map(({ close }) => close()));
  return outcome;
}

interface Run {
  readonly ids: readonly string[];
  readonly watchers: readonly Watcher[];
  /** Those whose task had not ended when the gateway died. */
  readonly waiting: readonly Watcher[];
  readonly backAt: number;
  readonly killedAt: number;
}

async function judge(ask: Ask, { ids, watchers, waiting, backAt, killedAt }: Run): Promise<Outcome> {
  const ends = (watcher: Watcher): number =>
    watcher.seen.filter(({ status }) => status === 'COMPLETED').length;
  const findings: string[] = [];
  const unaware = watchers.filter((watcher) => ends(watcher) === 0).length;
  const toldTwice = watchers.reduce((sum, watcher) => sum + Math.max(0, ends(watcher) - 1), 0);
  const resumed = waiting.map(({ seen }) => seen.find(({ connection }) => connection > 1));
  const blind = resumed.filter((first) => first?.delivery !== 'snapshot').length;
  const back = Math.max(...watchers.map(({ knewAt }) => knewAt() ?? Number.POSITIVE_INFINITY));
  if (waiting.length === 0) findings.push('no task was unfinished when the gateway died: nothing is proved');
  if (unaware > 0) findings.push(`I5 ${unaware} clients never heard the end of their task`);
  if (toldTwice > 0) findings.push(`I5 ${toldTwice} ends were told twice`);
  if (blind > 0) findings.push(`I5 ${blind} clients did not get the current state first`);
  if (back - backAt > BACK_WITHIN_MS)
    findings.push(`the last client knew ${Math.round(back - backAt)} ms after the gateway was back`);
  const states = await Promise.all(ids.map((id) => ask(TASK, { id })));
  const terminal = states.filter(
    ({ task }) => (task as unknown as { status: string })?.status === 'COMPLETED',
  ).length;
  return {
    accepted: ids.length,
    terminal,
    lost: unaware,
    duplicated: toldTwice,
    findings,
    recoverySeconds: Number.isFinite(back) ? Math.max(0, back - backAt) / 1_000 : null,
    slowestSeconds: (back - killedAt) / 1_000,
    remarks: [
      `${watchers.length} sockets, ${waiting.length} of them with an unfinished task when the gateway died`,
    ],
  };
}

/** A task is known to clients once its first event has come to the service of tasks. */
async function untilKnown(ask: Ask, id: string): Promise<void> {
  const isKnown = async (): Promise<boolean> => (await ask(TASK, { id }))['task'] !== null;
  await waitFor(`task ${id} to be known`, isKnown, PATIENCE_MS);
}

async function run(servers: BreakableServers, form: Form): Promise<Outcome> {
  const platform = await startPlatform({
    servers: servers.urls,
    gatewayPort: await freePort(),
    databasePrefix: 'chaos_e4',
    namespace: 'chaos_e4',
    stateDir: join(servers.stateDir, 'platform'),
  });
  try {
    return await runOnPlatform(platform, form);
  } finally {
    await platform.stop();
  }
}

/** Lost and duplicated count ends of tasks that a client did not hear of, or heard of twice. */
export const killGateway: Experiment = {
  id: 'E4',
  title: 'kill -9 of the gateway with 200 sockets, back after 2 s',
  run,
};
