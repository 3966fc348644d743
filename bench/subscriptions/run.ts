/**
 * `npm run bench:subscriptions -- [--short | --long] [--rounds n] [--only part,...] [--profile]`: federated subscriptions, ours
 * and beside Hive Gateway, in one run on this machine. See README.md.
 */
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { CHECKOUT_STATE_DIR } from '../../scripts/infra/infrastructure.ts';
import { withLock } from '../../scripts/lock.mjs';
import { type Comparison, createComparison } from '../tasks/comparison.ts';
import { compareWithBars, compareWithFloor } from './bars.ts';
import { measureCrowd } from './crowd.ts';
import { measureDelivery, type Pace } from './delivery.ts';
import { measureEndurance } from './endurance.ts';
import { measureExecution } from './execution.ts';
import { measureIdle } from './idle.ts';
import { measureOutdated } from './outdated.ts';
import { measureLatency } from './latency.ts';
import { installHive } from './peers.ts';
import { profileDelivery } from './profile.ts';
import {
  type Contender,
  floorConsumer,
  floorCore,
  floorRepublished,
  hive,
  hoerokMemory,
  hoerokStream,
  hoerokUpstream,
  openSession,
  type Session,
} from './session.ts';
import { measureSlowReader } from './slow-reader.ts';
import { setStage, type Stage } from './stage.ts';
import { measureThroughput } from './throughput.ts';

const CONTENDERS: readonly Contender[] = [hoerokMemory, hoerokStream, hoerokUpstream, hive];
/** What no gateway can beat here. */
const FLOORS: readonly Contender[] = [floorCore, floorRepublished, floorConsumer];
/** Those that no disk holds up. */
const UNSTORED = CONTENDERS.filter((contender) => contender !== hoerokStream);
const SHAPES = ['key-only', '4 fetches side by side', '4 fetches one after another'] as const;

interface Plan {
  /** Of the parts whose figures vary: delivery and crowds. */
  readonly rounds: number;
  readonly executions: number;
  readonly delivery: Pace;
  /** Events of each contender in one round, one at a time and at a steady pace. */
  readonly latency: number;
  readonly throughput: number;
  readonly crowd: { readonly subscribers: number; readonly shared: number; readonly apart: number };
  /** Sockets of all contenders, and of ours alone. */
  readonly idle: readonly [number, number];
  readonly endurance: number;
  readonly slowReader: Pace;
}

const FULL: Plan = {
  rounds: 3,
  executions: 20_000,
  delivery: { perSecond: 100, seconds: 10 },
  latency: 500,
  throughput: 5_000,
  crowd: { subscribers: 500, shared: 100, apart: 10 },
  idle: [2_000, 10_000],
  endurance: 200_000,
  slowReader: { perSecond: 1_000, seconds: 5 },
};
const LONG: Plan = { ...FULL, rounds: 5, delivery: { perSecond: 100, seconds: 30 }, endurance: 1_000_000 };
const SHORT: Plan = {
  rounds: 1,
  executions: 2_000,
  delivery: { perSecond: 100, seconds: 2 },
  latency: 50,
  throughput: 500,
  crowd: { subscribers: 50, shared: 20, apart: 5 },
  idle: [200, 1_000],
  endurance: 20_000,
  slowReader: { perSecond: 1_000, seconds: 2 },
};

interface Run {
  readonly stage: Stage;
  readonly plan: Plan;
  readonly comparison: Comparison;
  /** What is wrong with our gateway. */
  readonly faults: string[];
  /** What is wrong with another one. */
  readonly notes: string[];
}

type Part = (run: Run) => Promise<void>;

const PARTS: Readonly<Record<string, Part>> = {
  execution: async ({ stage, plan, comparison }) => {
    for (const { name, field } of [hoerokMemory, hoerokUpstream])
      comparison.add(name, await measureExecution(stage, field, plan.executions));
  },
  latency: async (run) => {
    await using opened = new AsyncDisposableStack();
    const sessions: Session[] = [];
    for (const contender of [...UNSTORED, ...FLOORS]) {
      const session = await openSession(contender, run.stage, contender.ours ? run.faults : run.notes);
      opened.defer(session.close);
      sessions.push(session);
    }
    for (let round = 0; round < run.plan.rounds; round += 1) {
      const results = await measureLatency(turned(sessions, round), run.plan.latency);
      for (const [{ contender }, measured] of results) run.comparison.add(contender.name, measured);
    }
  },
  delivery: async (run) => {
    for (let round = 0; round < run.plan.rounds; round += 1)
      for (const contender of turned(CONTENDERS, round))
        await measured(run, contender, async (session) => {
          for (const shape of SHAPES)
            run.comparison.add(contender.name, await measureDelivery(session, shape, run.plan.delivery));
          for (const shape of contender === hoerokStream ? [] : SHAPES)
            run.comparison.add(contender.name, await measureThroughput(session, shape, run.plan.throughput));
          run.comparison.add(contender.name, await measureOutdated(session));
        });
  },
  crowd: async (run) => {
    const { subscribers, shared, apart } = run.plan.crowd;
    for (let round = 0; round < run.plan.rounds; round += 1)
      for (const contender of turned(UNSTORED, round))
        await measured(run, contender, async (session) => {
          const one = { subscribers, events: contender.ours ? shared : apart };
          run.comparison.add(contender.name, await measureCrowd(session, one, 'one user'));
          // Hive Gateway knows no users; to it all are one.
          if (contender.ours)
            run.comparison.add(
              contender.name,
              await measureCrowd(session, { subscribers, events: apart }, 'different users'),
            );
        });
  },
  idle: async (run) => {
    const [some, many] = run.plan.idle;
    for (const contender of UNSTORED)
      await measured(run, contender, async (session) =>
        run.comparison.add(contender.name, await measureIdle(session, { sockets: some, ownLists: true })),
      );
    for (const ownLists of [true, false])
      await measured(run, hoerokMemory, async (session) =>
        run.comparison.add(hoerokMemory.name, await measureIdle(session, { sockets: many, ownLists })),
      );
  },
  endurance: async (run) =>
    await measured(run, hoerokMemory, async (session) =>
      run.comparison.add(hoerokMemory.name, await measureEndurance(session, { events: run.plan.endurance })),
    ),
  'slow-reader': async (run) => {
    for (const contender of UNSTORED)
      await measured(run, contender, async (session) =>
        run.comparison.add(contender.name, await measureSlowReader(session, run.plan.slowReader)),
      );
  },
};

const { values: flags } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    only: { type: 'string' },
    profile: { type: 'boolean', default: false },
  },
});
const sized = flags.long ? LONG : FULL;
const chosen = flags.short ? SHORT : sized;
const rounds =
  flags.rounds === undefined ? chosen.rounds : z.coerce.number().int().min(1).parse(flags.rounds);
const parts = z.array(z.enum(Object.keys(PARTS))).parse(flags.only?.split(',') ?? Object.keys(PARTS));
await withLock(join(CHECKOUT_STATE_DIR, 'run', 'bench-subscriptions.lock'), () =>
  main({ ...chosen, rounds }),
);

async function main(plan: Plan): Promise<void> {
  await installHive();
  await using opened = new AsyncDisposableStack();
  endWithSignals(opened);
  const stage = await setStage(opened);
  console.log(
    `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${release()}, Node ${process.version}`,
  );
  console.log(`${stage.descriptions.join('\n')}\n${rounds} rounds\n`);
  if (flags.profile) return console.log(await profileDelivery(stage, plan.throughput));
  const comparison = createComparison([...CONTENDERS, ...FLOORS].map(({ name }) => name));
  const run: Run = { stage, plan, comparison, faults: [], notes: [] };
  for (const part of parts) await PARTS[part]?.(run);
  console.log(`${comparison.table()}\n\n${compareWithBars(comparison, hoerokMemory.name)}`);
  const stored = FLOORS.filter((floor) => floor.stored).map(({ name }) => name);
  console.log(compareWithFloor(comparison, hoerokMemory.name, stored));
  for (const note of run.notes) console.log(`Noted: ${note}`);
  for (const fault of run.faults) console.error(`WRONG: ${fault}`);
  if (run.faults.length > 0) process.exitCode = 1;
}

/** Each round begins with another contender. */
function turned<T>(contenders: readonly T[], round: number): readonly T[] {
  const first = round % contenders.length;
  return [...contenders.slice(first), ...contenders.slice(0, first)];
}

/** Starts a contender, lets it be measured, and stops it. What goes wrong is kept for the end of the run. */
async function measured(
  { stage, faults, notes }: Run,
  contender: Contender,
  measure: (session: Session) => Promise<void>,
): Promise<void> {
  console.error(`${new Date().toISOString().slice(11, 19)} ${contender.name}`);
  const wrong = contender.ours ? faults : notes;
  const session = await openSession(contender, stage, wrong);
  try {
    await measure(session);
  } catch (error) {
    wrong.push(`${contender.name}: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await session.close();
  }
}

/** NATS has a session of its own: without this it would outlive Ctrl-C and a crash. */
function endWithSignals(opened: AsyncDisposableStack): void {
  let ending = false;
  const end = (error?: Error): void => {
    // Connections break while everything stops; only what came first is told.
    if (ending) return;
    ending = true;
    if (error !== undefined) console.error(error);
    void opened.disposeAsync().finally(() => process.exit(1));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => end());
  process.on('uncaughtException', end);
}
