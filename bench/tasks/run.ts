/**
 * `npm run bench:tasks -- [--short | --long] [--rounds n] [--profile]`: our tasks beside BullMQ, graphile-worker and pg-boss, in one
 * run on this machine, everything durable to disk. See README.md.
 */
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { CHECKOUT_STATE_DIR } from '../../scripts/infra/infrastructure.ts';
import { withLock } from '../../scripts/lock.mjs';
import { bullMq } from './bullmq.ts';
import { type Comparison, createComparison } from './comparison.ts';
import type { Contender } from './contender.ts';
import { graphileWorker } from './graphile-worker.ts';
import { hoerokQueue, hoerokTasks } from './hoerok-tasks.ts';
import {
  type Load,
  measureCommitToClient,
  measurePickup,
  measurePolling,
  measureThroughput,
} from './measures.ts';
import { installPeers } from './peers.ts';
import { pgBoss } from './pg-boss.ts';
import { profilePath } from './profile-path.ts';
import { type BenchServers, startBenchServers } from './servers.ts';

const CONTENDERS: readonly Contender[] = [hoerokTasks, hoerokQueue, bullMq, graphileWorker, pgBoss];
/** Go through everything once before a session is measured. */
const WARM_UP_JOBS = 200;
const POLLED = 'hoerok, polled every 5 s';

interface Plan extends Load {
  readonly rounds: number;
  /** Jobs that are stored before a round: few, many. */
  readonly stored: readonly [number, number];
}

const FULL: Plan = {
  rounds: 3,
  jobs: 2_000,
  pickups: 200,
  perSecond: 30,
  seconds: 20,
  stored: [1_000, 20_000],
};
const LONG: Plan = { ...FULL, stored: [1_000, 100_000] };
const SHORT: Plan = { rounds: 1, jobs: 200, pickups: 30, perSecond: 30, seconds: 3, stored: [100, 1_000] };

const { values: flags } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    rounds: { type: 'string' },
  },
});
const sized = flags.long ? LONG : FULL;
const chosen = flags.short ? SHORT : sized;
const rounds =
  flags.rounds === undefined ? chosen.rounds : z.coerce.number().int().min(1).parse(flags.rounds);
await withLock(join(CHECKOUT_STATE_DIR, 'run', 'bench-tasks.lock'), () => main({ ...chosen, rounds }));

async function main(plan: Plan): Promise<void> {
  if (!flags.profile) await installPeers();
  const servers = await startRemovable();
  try {
    console.log(
      `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${release()}, Node ${process.version}`,
    );
    console.log(servers.descriptions.join('\n'));
    if (flags.profile) console.log(await profilePath(servers, plan));
    else console.log(await compare(servers, plan));
  } finally {
    await servers.remove();
  }
}

/** The servers have a session of their own: without this they would outlive Ctrl-C and a crash. */
async function startRemovable(): Promise<BenchServers> {
  const starting = new AbortController();
  let servers: BenchServers | undefined;
  let ending = false;
  const end = (error?: Error): void => {
    // Connections break while the servers stop; only what came first is told.
    if (ending) return;
    ending = true;
    if (error !== undefined) console.error(error);
    starting.abort();
    void servers?.remove().finally(() => process.exit(1));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => end());
  servers = await startBenchServers(starting.signal);
  process.on('uncaughtException', end);
  return servers;
}

async function compare(servers: BenchServers, plan: Plan): Promise<string> {
  const { rounds, jobs, pickups, perSecond, seconds, stored } = plan;
  console.log(
    `${rounds} rounds: ${jobs} jobs by 16 producers, 10 workers; ${pickups} pickups; ${perSecond} jobs/s for ${seconds} s\n`,
  );
  const comparison = createComparison([...CONTENDERS.map(({ name }) => name), POLLED]);
  // Few and many stored jobs within each round: what the machine does meanwhile meets both.
  for (let round = 0; round < rounds; round += 1)
    for (const count of stored)
      for (let turn = 0; turn < CONTENDERS.length; turn += 1) {
        // Each round begins with another contender.
        const contender = CONTENDERS[(round + turn) % CONTENDERS.length] ?? hoerokTasks;
        console.error(`round ${round + 1}, ${count} stored: ${contender.name}`);
        await measure({ contender, servers, plan, comparison, count });
      }
  addGrowth(comparison, stored);
  return comparison.table();
}

async function measure(turn: {
  readonly contender: Contender;
  readonly servers: BenchServers;
  readonly plan: Plan;
  readonly comparison: Comparison;
  readonly count: number;
}): Promise<void> {
  const { contender, servers, plan, comparison, count } = turn;
  const session = await contender.open(servers);
  const suffix = rowSuffix(count);
  try {
    await session.fill(count);
    await measureThroughput(session, { ...plan, jobs: WARM_UP_JOBS });
    comparison.add(contender.name, await measureThroughput(session, plan), suffix);
    comparison.add(contender.name, await measurePickup(session, plan), suffix);
    if (count !== plan.stored[0]) return;
    comparison.add(contender.name, await measureCommitToClient(session, plan), suffix);
    if (contender === hoerokTasks) comparison.add(POLLED, await measurePolling(session, plan), suffix);
  } finally {
    await session.close();
  }
}

function rowSuffix(count: number): string {
  return `; ${count.toLocaleString('en-US')} stored`;
}

/** What many stored jobs cost: the value with many over the value with few, 1 for nothing. */
function addGrowth(comparison: Comparison, [few, many]: readonly [number, number]): void {
  for (const row of ['enqueue/s', 'drain/s', 'pickup from the call p50, ms', 'pickup from the call p99, ms'])
    for (const { name } of CONTENDERS) {
      const before = comparison.median(row + rowSuffix(few), name);
      const after = comparison.median(row + rowSuffix(many), name);
      if (before === undefined || after === undefined) continue;
      const label = `${row.replace(/, ms$/, '')}, ${many.toLocaleString('en-US')} over ${few.toLocaleString('en-US')} stored`;
      comparison.add(name, { [label]: after / before });
    }
}
