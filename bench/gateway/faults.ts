/**
 * What a faulty subgraph does to everybody else: p99 of queries to a healthy subgraph while one query in five also asks
 * a faulty one. The gateway, the healthy subgraph and the faulty one are processes of their own; both kinds of query
 * come at a steady rate, whatever is answered. Rounds with a fault and without one take turns, short ones, so that what else
 * the machine does falls upon both; percentiles are over all of them. Beside the ratio stands what rounds without a fault differ
 * by themselves, each second one against the others: so much of it is the machine's.
 *
 *     npm run bench:faults -- [--short] [--only hang,bomb]
 */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { freePort } from '../../scripts/infra/ports.ts';
import { type FaultName, FAULTS } from './faulty/faults.ts';
import type { FaultyMessage, FaultyReport } from './faulty/process.ts';
import { importFromGateway } from './installed.ts';
import { findCores, spawnNode, startWorker, stopProcess, type Worker } from './pinned.ts';

const PER_SECOND = 200;
/** Every so many-th query asks the faulty subgraph too. */
const FAULTY_EVERY = 5;
const DEADLINE_MS = 2_000;
const BAR = 1.2;
const HEALTHY = JSON.stringify({ query: '{ me { id name } }' });
const BOTH = JSON.stringify({ query: '{ me { id name } room { name } }' });
const USER = '{"data":{"me":{"id":"1","name":"Ada"}}}';
const ROOM = '{"data":{"room":{"name":"large"}}}';
const SCHEMAS = {
  users: 'type User { id: ID! name: String! } type Query { me: User }',
  rooms: 'type Room { name: String } type Query { room: Room }',
};

interface Undici {
  readonly Pool: new (
    origin: string,
    options: object,
  ) => {
    readonly request: (options: object) => Promise<{
      readonly body: { readonly json: () => Promise<unknown> };
    }>;
    readonly destroy: () => Promise<void>;
  };
}

/** CPU that a process has used, in milliseconds; NaN where the system has no /proc. */
function cpuMs(pid: number): number {
  try {
    const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ');
    const [user, system] = fields.split(' ').slice(11, 13).map(Number);
    return ((user ?? 0) + (system ?? 0)) * 10;
  } catch {
    return Number.NaN;
  }
}

interface Answer {
  readonly data?: { readonly me?: unknown; readonly room?: unknown } | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

interface Round {
  readonly healthyMs: readonly number[];
  readonly faultyMs: readonly number[];
  /** Answers without the healthy subgraph's part, or with anything but a code of ours. */
  readonly wrong: number;
}

interface Measured extends Round {
  /** Fetches that reached the faulty subgraph. */
  readonly requests: number;
  /** CPU of the gateway in milliseconds a second. */
  readonly cpu: number;
}

type Ask = (body: string, number: number) => Promise<Answer>;

async function runRound(ask: Ask, seconds: number): Promise<Round> {
  const healthyMs: number[] = [];
  const faultyMs: number[] = [];
  let wrong = 0;
  const asked: Promise<void>[] = [];
  const startedAt = performance.now();
  const send = async (number: number): Promise<void> => {
    const isFaulty = number % FAULTY_EVERY === 0;
    const from = performance.now();
    const { data, errors } = await ask(isFaulty ? BOTH : HEALTHY, number);
    (isFaulty ? faultyMs : healthyMs).push(performance.now() - from);
    const isPartial = errors === undefined || (isFaulty && data?.room === null);
    if (data?.me === undefined || data.me === null || !isPartial) wrong += 1;
  };
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const elapsed = performance.now() - startedAt;
      while (asked.length < (elapsed / 1_000) * PER_SECOND) asked.push(send(asked.length));
      if (elapsed < seconds * 1_000) return;
      clearInterval(timer);
      resolve();
    }, 1);
  });
  await Promise.all(asked);
  return { healthyMs, faultyMs, wrong };
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** A percentile over the healthy queries of all rounds. */
function healthyMs(rounds: readonly Round[], share: number): number {
  return percentile(
    rounds.flatMap((round) => round.healthyMs),
    share,
  );
}

function median<T>(rounds: readonly T[], of: (round: T) => number): number {
  return percentile(rounds.map(of), 0.5);
}

async function startGateway(
  file: string,
  core: string | undefined,
): Promise<{ url: string; stop: () => Promise<void>; cpu: () => number }> {
  const port = await freePort();
  const main = fileURLToPath(new URL('../../gateway/src/main.ts', import.meta.url));
  const child = spawnNode([main], core, {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      LOG_LEVEL: 'silent',
      SUPERGRAPH_FILE: file,
      PORT: String(port),
      SUBGRAPH_TIMEOUT_MS: String(DEADLINE_MS),
      SHUTDOWN_DELAY_SECONDS: '0',
      SHUTDOWN_GRACE_SECONDS: '1',
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const url = `http://127.0.0.1:${port}`;
  const isReady = async (): Promise<boolean> =>
    await fetch(`${url}/health/readiness`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) {
    if (child.exitCode !== null) throw new Error('The gateway ended.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { url, stop: async () => await stopProcess(child), cpu: () => cpuMs(child.pid ?? 0) };
}

type Subgraph = Worker<FaultyMessage, FaultyReport>;

async function tell(subgraph: Subgraph, message: FaultyMessage): Promise<FaultyReport> {
  const report = subgraph.report();
  subgraph.tell(message);
  return await report;
}

async function writeSupergraph(directory: string, ports: readonly number[]): Promise<string> {
  const services = Object.entries(SCHEMAS).map(([name, sdl], index) => {
    const url = `http://127.0.0.1:${ports[index]}/graphql`;
    return { name, url, typeDefs: parse(sdl) };
  });
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined) throw new Error(errors?.map(String).join('\n'));
  const file = join(directory, 'supergraph.graphql');
  await writeFile(file, supergraphSdl);
  return file;
}

async function openClient(url: string): Promise<{ ask: Ask; close: () => Promise<void> }> {
  const { Pool } = await importFromGateway<Undici>('undici');
  const pool = new Pool(url, { connections: 512 });
  const ask: Ask = async (body, number) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${number}` };
    const response = await pool.request({ path: '/graphql', method: 'POST', headers, body });
    return (await response.body.json()) as Answer;
  };
  return { ask, close: async () => await pool.destroy() };
}

const COLUMNS = [10, 12, 12, 10, 11, 12, 10, 12, 12, 12, 12, 12];
const line = (cells: readonly (string | number)[]): string =>
  cells.map((cell, i) => String(cell)[i === 0 ? 'padEnd' : 'padStart'](COLUMNS[i] ?? 12)).join('');
const ms = (value: number): string => `${value.toFixed(1)} ms`;
const write = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { short: { type: 'boolean', default: false }, only: { type: 'string' } },
  });
  const [rounds, seconds] = values.short ? [2, 5] : [12, 5];
  const known = Object.keys(FAULTS) as FaultName[];
  const faults = known.filter((name) => name !== 'none' && (values.only?.split(',').includes(name) ?? true));
  await using opened = new AsyncDisposableStack();
  const cores = findCores();
  const subgraphs = ['users', 'rooms'].map((): Subgraph => {
    const worker: Subgraph = startWorker(new URL('faulty/process.ts', import.meta.url), cores?.subgraphs);
    opened.defer(worker.stop);
    return worker;
  });
  const [users, rooms] = subgraphs;
  if (users === undefined || rooms === undefined) return;
  const ports = (await Promise.all(subgraphs.map(async (one) => await one.report()))).map(({ port }) => port);
  await tell(users, { fault: 'none', answer: USER });
  const directory = await mkdtemp(join(tmpdir(), 'hoerok-bench-faults-'));
  opened.defer(async () => await rm(directory, { recursive: true }));
  const gateway = await startGateway(await writeSupergraph(directory, ports), cores?.gateway);
  opened.defer(gateway.stop);
  const client = await openClient(gateway.url);
  opened.defer(client.close);

  const round = async (fault: FaultName): Promise<Measured> => {
    await tell(rooms, { fault, answer: ROOM });
    const from = gateway.cpu();
    const measured = await runRound(client.ask, seconds);
    const cpu = (gateway.cpu() - from) / seconds;
    const { requests } = await tell(rooms, { fault: 'none', answer: ROOM });
    // Until the circuit is closed again and nothing hangs any more.
    while ((await client.ask(BOTH, 0)).errors !== undefined)
      await new Promise((resolve) => setTimeout(resolve, 100));
    return { ...measured, requests, cpu };
  };
  await round('none');
  write(
    `${PER_SECOND} queries a second, one in ${FAULTY_EVERY} asks the faulty subgraph too; deadline ${DEADLINE_MS} ms; ${rounds} rounds of ${seconds} s each way; CPU of the gateway in ms a second`,
  );
  write(
    line([
      'fault',
      'p99 before',
      'p99 with',
      'ratio',
      'by itself',
      'p50 before',
      'p50 with',
      'faulty p50',
      'longest',
      'fetches',
      'CPU before',
      'CPU with',
    ]),
  );
  let isGood = true;
  for (const fault of faults) {
    const [before, during]: [Measured[], Measured[]] = [[], []];
    for (let count = 0; count < rounds; count += 1) {
      before.push(await round('none'));
      during.push(await round(fault));
    }
    const [was, is] = [healthyMs(before, 0.99), healthyMs(during, 0.99)];
    const even = healthyMs(
      before.filter((_, index) => index % 2 === 0),
      0.99,
    );
    const odd = healthyMs(
      before.filter((_, index) => index % 2 === 1),
      0.99,
    );
    const longest = Math.max(...during.flatMap(({ faultyMs }) => faultyMs));
    const wrong = [...before, ...during].reduce((sum, one) => sum + one.wrong, 0);
    const cells = [
      ms(was),
      ms(is),
      (is / was).toFixed(2),
      Math.max(even / odd, odd / even).toFixed(2),
      ms(healthyMs(before, 0.5)),
      ms(healthyMs(during, 0.5)),
      ms(median(during, ({ faultyMs }) => percentile(faultyMs, 0.5))),
      ms(longest),
      median(during, ({ requests }) => requests),
      median(before, ({ cpu }) => cpu).toFixed(0),
      median(during, ({ cpu }) => cpu).toFixed(0),
    ];
    write(line([fault, ...cells]) + (is / was > BAR ? ` (above ${BAR})` : ''));
    if (wrong > 0) write(`  ${wrong} answers were not as they have to be`);
    // A slow machine is no failure, an answer that is wrong or far beyond the deadline is one.
    isGood &&= wrong === 0 && longest < DEADLINE_MS * 2;
  }
  process.exitCode = isGood ? 0 : 1;
}

await main();
