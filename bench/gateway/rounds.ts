import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { differenceFrom } from './answers-agree.ts';
import type { Contender } from './contenders/contender.ts';
import { LIMITS, OURS, STOCK } from './contenders/contenders.ts';
import type { LimitWork } from './contenders/limit.ts';
import { type Running, startContender } from './contenders/start.ts';
import { bodyOf, type Load } from './graph/loads.ts';
import type { LoadReport } from './load/process.ts';
import type { RecordedFetch } from './subgraphs/process.ts';
import { type BenchSystem, STATE_DIR } from './system.ts';

/** Clients that ask at the same moment when answers are compared. */
const CHECKED_AT_ONCE = 8;
/** More new bodies than this, and it is graphql-js in the subgraphs that is measured. */
const MOST_NEW_BODIES = 0.01;

/** How long and how often is measured. */
export interface Plan {
  readonly rounds: number;
  /** Before a contender is measured for the first time. */
  readonly firstWarmUpMs: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
}

/** What one round of one contender has shown. */
export interface Measured extends LoadReport {
  readonly subgraphRequests: number;
  readonly rssMb: number;
}

/** What one contender has shown under one load. */
export interface Row {
  readonly contender: Contender;
  readonly rounds: readonly Measured[];
  /** What a reader has to know: a wrong answer, failed requests. */
  readonly notes: readonly string[];
}

/** Measures contenders under one load, in turns. All of them run all the time; those that are not asked are idle. */
export async function measureLoad(
  system: BenchSystem,
  contenders: readonly Contender[],
  turn: Turn,
): Promise<readonly Row[]> {
  const { load, plan } = turn;
  await using opened = new AsyncDisposableStack();
  const start = async (contender: Contender): Promise<Running> => {
    const core = system.cores?.gateway;
    const running = await startContender(contender, { ...system, core, logDir: join(STATE_DIR, 'log') });
    opened.defer(running.stop);
    return running;
  };
  const stock = await start(STOCK);
  const expected = await stock.ask(bodyOf(load), 'Bearer expected');
  const started = new Map([[STOCK, stock]]);
  if (contenders.some((contender) => contender === OURS || LIMITS.includes(contender))) {
    const ours = await start(OURS);
    started.set(OURS, ours);
    await recordFetches(system, ours, { load, expected });
  }
  const participants: Participant[] = [];
  for (const contender of contenders) {
    const participant = {
      running: started.get(contender) ?? (await start(contender)),
      rounds: [],
      notes: new Set<string>(),
      answerBytes: 0,
    };
    participants.push(participant);
    await check(system, participant, { load, expected });
  }
  system.tellSubgraphs({ latencyMs: load.latencyMs });
  for (let round = 0; round < plan.rounds; round += 1) {
    for (let place = 0; place < participants.length; place += 1) {
      // Each round begins with another contender.
      const participant = participants[(round + place) % participants.length];
      if (participant !== undefined) await measure(system, participant, turn);
    }
  }
  system.tellSubgraphs({ latencyMs: 0 });
  for (const participant of participants) await check(system, participant, { load, expected });
  return participants.map(({ running, rounds, notes }) => ({
    contender: running.contender,
    rounds,
    notes: [...notes],
  }));
}

/** What is measured, how long and how often. */
export interface Turn {
  readonly load: Load;
  readonly plan: Plan;
  /** Profiles what is measured, into this file. */
  readonly profileTo?: string;
}

interface Participant {
  readonly running: Running;
  readonly rounds: Measured[];
  readonly notes: Set<string>;
  /** Length of its answer, which is stock's plus what it says besides; 0 before the first. */
  answerBytes: number;
}

interface Expectation {
  readonly load: Load;
  /** Stock's answer. */
  readonly expected: string;
}

/**
 * Which fetches ours makes, and which of them wait for which, for the physical limit. What arrives at the same moment may be
 * fetched together, so as many clients ask as in the load; the one with the median of fetches is taken.
 */
async function recordFetches(system: BenchSystem, ours: Running, expectation: Expectation): Promise<void> {
  const { load, expected } = expectation;
  const ask = async (_: unknown, client: number): Promise<string> =>
    await ours.ask(bodyOf(load), `Bearer recorded-${client}`);
  // Once before, so that planning is over.
  await ask(undefined, 0);
  system.tellSubgraphs({ record: 'waves' });
  await Promise.all(Array.from({ length: load.connections }, ask));
  const { recorded: all } = await system.takeReport();
  const clients = [...Map.groupBy(all, ({ authorization }) => authorization).values()];
  const typical = clients.sort((a, b) => a.length - b.length)[Math.floor(clients.length / 2)] ?? [];
  // Waves in which only other clients had fetches do not count.
  const waves = [...new Set(typical.map(({ wave }) => wave))].sort((a, b) => a - b);
  const fetches = typical.map((fetch) => ({ ...fetch, wave: waves.indexOf(fetch.wave) }));
  const work: LimitWork = { urls: system.subgraphUrls, fetches, answer: expected };
  await writeFile(system.fetchesFile, JSON.stringify(work));
}

async function check(system: BenchSystem, participant: Participant, expectation: Expectation): Promise<void> {
  const { running, notes } = participant;
  const { load, expected } = expectation;
  const ask = async (_: unknown, client: number): Promise<void> => {
    const answer = await running.ask(bodyOf(load), `Bearer client-${client}`);
    participant.answerBytes = Buffer.byteLength(answer);
    const difference = differenceFrom(expected, answer, running.contender.sameBytes);
    if (difference !== undefined) notes.add(difference);
  };
  system.tellSubgraphs({ record: 'at once' });
  try {
    await Promise.all(Array.from({ length: CHECKED_AT_ONCE }, ask));
  } catch (error) {
    notes.add(error instanceof Error ? error.message : String(error));
  }
  const { recorded } = await system.takeReport();
  const wrong = differenceOfClients(recorded);
  if (wrong !== undefined) notes.add(wrong);
}

/** Each client has to arrive at all the subgraphs at which any arrives, under its own authorization. */
function differenceOfClients(recorded: readonly RecordedFetch[]): string | undefined {
  const all = new Set(recorded.map(({ subgraph }) => subgraph)).size;
  const byClient = Map.groupBy(recorded, ({ authorization }) => authorization);
  for (const [authorization, fetches] of byClient) {
    if (!authorization.startsWith('Bearer client-'))
      return `fetches with the authorization "${authorization}"`;
    const reached = new Set(fetches.map(({ subgraph }) => subgraph)).size;
    if (reached < all)
      return `"${authorization}" arrives at ${reached} of ${all} subgraphs: fetches were shared`;
  }
  return byClient.size === CHECKED_AT_ONCE
    ? undefined
    : `${byClient.size} of ${CHECKED_AT_ONCE} clients arrive`;
}

async function measure(system: BenchSystem, participant: Participant, turn: Turn): Promise<void> {
  const { running, rounds, notes, answerBytes } = participant;
  const { load, plan, profileTo } = turn;
  console.error(`${load.key}, round ${rounds.length + 1}: ${running.contender.name}`);
  const { port, pid, contender } = running;
  const { path } = contender;
  const order = { port, pid, path, body: bodyOf(load), answerBytes, connections: load.connections };
  const warmUpMs = rounds.length === 0 ? plan.firstWarmUpMs : plan.warmUpMs;
  if (profileTo !== undefined) {
    await system.load({ ...order, warmUpMs, measureMs: 0 });
    await running.profile({ profile: 'start' });
  }
  await system.takeReport();
  const report = await system.load({ ...order, warmUpMs, measureMs: plan.measureMs });
  if (profileTo !== undefined) await running.profile({ profile: 'stop', file: profileTo });
  const { requests, unauthorized, executed } = await system.takeReport();
  if (report.failed > 0) notes.add(`${report.failed} of ${report.sent} requests failed`);
  if (unauthorized > 0) notes.add(`${unauthorized} fetches without authorization`);
  if (executed > MOST_NEW_BODIES * requests) notes.add(`${executed} of ${requests} fetches had new bodies`);
  rounds.push({ ...report, subgraphRequests: requests / report.sent, rssMb: running.rssMb() });
}
