/**
 * `npm run bench:load -- [--short] [--uncached] [--rates 20,40,80] [--sockets n]`: the whole platform under a realistic mix of
 * work at growing rates: how long each kind takes, what the cache hits, what it costs, and where it ends. See README.md.
 */
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { CHECKOUT_STATE_DIR } from '../../scripts/infra/infrastructure.ts';
import { withLock } from '../../scripts/lock.mjs';
import { hitRate, readCacheRates, readsBetween } from './cache-rates.ts';
import { type Api, createApi, recorded } from './client.ts';
import { allTimes, drive, errorRate, quantile } from './drive.ts';
import { KINDS, type Scene } from './kinds.ts';
import { type MinutesWatch, watchMinutes } from './minutes-watch.ts';
import {
  describeCosts,
  describeMost,
  describeStep,
  ERROR_BAR,
  HIT_BAR,
  isCarried,
  type MeasuredStep,
  P95_BAR_MS,
  percent,
} from './report.ts';
import { describeScaling, type KindCost } from './scaling.ts';
import { createSockets, type Sockets } from './sockets.ts';
import { type LoadedSystem, startLoadedSystem } from './system.ts';
import { readUsage, spentBetween } from './usage.ts';
import { makeTeams, sampleCaptions, type Team } from './world.ts';

const { values: flags } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    uncached: { type: 'boolean', default: false },
    rates: { type: 'string' },
    sockets: { type: 'string' },
  },
});
const plan = flags.short
  ? { world: { teams: 2, people: 3, meetings: 2 }, rates: [5, 10], refine: 0, stepSeconds: 5, costActions: 8 }
  : {
      world: { teams: 10, people: 6, meetings: 6 },
      rates: [10, 20, 30, 40, 60, 80, 100, 130, 160, 200, 250, 320, 400],
      refine: 2,
      stepSeconds: 30,
      costActions: 150,
    };
const rates = z
  .array(z.coerce.number().positive())
  .parse(flags.rates === undefined ? plan.rates : flags.rates.split(','));
const socketCount = z.coerce
  .number()
  .int()
  .min(0)
  .parse(flags.sockets ?? (flags.short ? 20 : 300));
const WARM_UP_SECONDS = flags.short ? 2 : 20;
const IDLE_SECONDS = flags.short ? 1 : 10;
const MINUTES_DEADLINE_SECONDS = 120;

await withLock(join(CHECKOUT_STATE_DIR, 'run', 'bench-load.lock'), main);

async function main(): Promise<void> {
  console.log(
    `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${release()}, Node ${process.version}`,
  );
  const system = await startLoadedSystem(!flags.uncached);
  const api = createApi(system.gatewayUrl);
  const sockets = createSockets(system.gatewayUrl);
  try {
    console.log(
      `the platform as "npm start" runs it, but for its limits: ${system.changed.join(' ')}${flags.uncached ? '; services WITHOUT Redis' : ''}`,
    );
    console.log('clients on the same cores; servers of this run alone');
    await measure(system, api, sockets);
  } finally {
    sockets.close();
    api.close();
    await system.stop();
  }
}

async function measure(system: LoadedSystem, api: Api, sockets: Sockets): Promise<void> {
  const teams = await makeTeams(api, plan.world);
  const minutes = await watchMinutes(sockets, teams);
  const scene = {
    api,
    teams,
    captions: await sampleCaptions(),
    random: Math.random,
    onImported: minutes.imported,
  };
  await openSockets(sockets, teams);
  const { teams: count, people, meetings } = plan.world;
  console.log(
    `${count} teams of ${people}, ${count * meetings} meetings with transcript, minutes and todos; ${sockets.counts().open} subscriptions open`,
  );
  await drive(scene, { rate: rates[0] ?? 5, seconds: WARM_UP_SECONDS });
  const costs = await measureCosts(system, scene, minutes);
  console.log(`\n${describeCosts(costs)}\n`);
  const best = await climb(system, scene);
  await settle(minutes);
  if (best === undefined) {
    console.log('\nNot even the lowest rate is carried.');
    process.exitCode = 1;
    return;
  }
  console.log(`\nat ${best.rate} actions a second\n${describeMost(best)}\n`);
  printBars(best, minutes, sockets);
  console.log(`\n${describeScaling(costs)}`);
}

/** Sockets of everybody in turn, on their meetings in turn. */
async function openSockets(sockets: Sockets, teams: readonly Team[]): Promise<void> {
  const queries = ['section-updates', 'todo-updates', 'meeting-events', 'notification-received'].map(
    recorded,
  );
  const listeners = teams.flatMap(({ people, meetings }) =>
    people.flatMap((person) => meetings.map(({ id }) => ({ accessToken: person.accessToken, id }))),
  );
  for (let place = 0; place < socketCount; place += 1) {
    const { accessToken, id } = listeners[place % listeners.length] ?? { accessToken: '', id: '' };
    const query = queries[place % queries.length] ?? '';
    const variables = query.includes('$meetingId') ? { meetingId: id } : {};
    await sockets.open({ accessToken, query, variables });
  }
}

/** CPU of each kind alone, until all that follows from it is done. */
async function measureCosts(
  system: LoadedSystem,
  scene: Scene,
  minutes: MinutesWatch,
): Promise<readonly KindCost[]> {
  const costs: KindCost[] = [];
  const idle = await measureIdle(system, minutes);
  for (const kind of KINDS) {
    await settle(minutes);
    const before = readUsage(system.pids);
    const startedAt = performance.now();
    let done = 0;
    // Imports cost a hundred times as much as the rest, and so say as much with a tenth of them.
    const wanted = kind.share === 1 ? Math.ceil(plan.costActions / 10) : plan.costActions;
    const worker = async (): Promise<void> => {
      for (let turn = 0; turn < wanted / 2; turn += 1) if ((await kind.act(scene)) !== null) done += 1;
    };
    await Promise.all([worker(), worker()]);
    await settle(minutes);
    await pause(flags.short ? 200 : 1_000);
    const spent = spentBetween(before, readUsage(system.pids));
    const seconds = (performance.now() - startedAt) / 1_000;
    const perAction = [...spent].map(([name, ms]) => {
      return [name, Math.max(0, ms - (idle.get(name) ?? 0) * seconds) / Math.max(1, done)] as const;
    });
    costs.push({ name: kind.name, cpuMs: new Map(perAction) });
  }
  return costs;
}

/** CPU milliseconds a second while nobody asks anything, by process: heartbeats, schedules, probes. */
async function measureIdle(system: LoadedSystem, minutes: MinutesWatch): Promise<Map<string, number>> {
  await settle(minutes);
  await pause(1_000);
  const before = readUsage(system.pids);
  await pause(IDLE_SECONDS * 1_000);
  const spent = spentBetween(before, readUsage(system.pids));
  return new Map([...spent].map(([name, ms]) => [name, ms / IDLE_SECONDS]));
}

/** Rates from low to high until one is not carried, then between the last two. Answers the highest that was carried. */
async function climb(system: LoadedSystem, scene: Scene): Promise<MeasuredStep | undefined> {
  let best: MeasuredStep | undefined;
  let tooMuch: number | undefined;
  for (const rate of rates) {
    const step = await measureStep(system, scene, rate);
    if (isCarried(step)) best = step;
    else tooMuch = rate;
    if (tooMuch !== undefined) break;
  }
  for (let turn = 0; turn < plan.refine && best !== undefined && tooMuch !== undefined; turn += 1) {
    const step = await measureStep(system, scene, Math.round((best.rate + tooMuch) / 2));
    if (isCarried(step)) best = step;
    else tooMuch = step.rate;
  }
  return best;
}

async function measureStep(system: LoadedSystem, scene: Scene, rate: number): Promise<MeasuredStep> {
  const cacheBefore = await readCacheRates(system.metricsUrls);
  const pids = { ...system.pids, clients: process.pid };
  const before = readUsage(pids);
  const result = await drive(scene, { rate, seconds: plan.stepSeconds });
  const after = readUsage(pids);
  const step = {
    ...result,
    cpuMs: spentBetween(before, after),
    rssMb: after.rssMb,
    cache: readsBetween(cacheBefore, await readCacheRates(system.metricsUrls)),
    cores: cpus().length,
  };
  console.log(describeStep(step));
  return step;
}

/** Waits until the minutes of all that was imported are there. */
async function settle(minutes: MinutesWatch): Promise<void> {
  const deadline = performance.now() + MINUTES_DEADLINE_SECONDS * 1_000;
  while (minutes.open() > 0 && performance.now() < deadline) await pause(50);
}

function printBars(best: MeasuredStep, minutes: MinutesWatch, sockets: Sockets): void {
  const p95 = quantile(allTimes(best), 0.95);
  const hits = hitRate(best.cache.values());
  const errors = errorRate(best);
  const times = minutes.takeTimes();
  const { open, events, broken } = sockets.counts();
  const judged: readonly (readonly [string, boolean])[] = [
    [`p95 ${p95.toFixed(0)} ms (bar: under ${P95_BAR_MS})`, p95 < P95_BAR_MS],
    [`cache hits ${percent(hits)} (bar: over ${percent(HIT_BAR)})`, flags.uncached || hits > HIT_BAR],
    [`errors ${percent(errors)} (bar: at most 0.1 %)`, errors <= ERROR_BAR],
    [
      `minutes ${quantile(times, 0.95).toFixed(1)} s after an import at p95 (bar: under 120), ${minutes.open()} of ${times.length + minutes.open()} still missing`,
      minutes.open() === 0 && !(quantile(times, 0.95) >= 120),
    ],
    [`subscriptions: ${open} open, ${events} events received, ${broken} broken (bar: none)`, broken === 0],
  ];
  for (const [line, held] of judged) console.log(`${held ? 'held  ' : 'MISSED'}  ${line}`);
  if (judged.some(([, held]) => !held)) process.exitCode = 1;
}
