/** Many sockets: ten thousand that are quiet, all of them cut off at once, and some that never read. */
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Experiment, Outcome } from '../experiment.ts';
import type { Form } from '../fault.ts';
import type { BreakableServers } from '../servers.ts';
import { waitFor } from '../wait-for.ts';
import { compareP99, type Comparison, ROUNDS, tellComparison } from './beside.ts';
import { type Crowd, type CrowdCounts, type Crowds, startCrowds } from './crowd.ts';
import { type Scene, setScene } from './scene.ts';
import { percentile } from './steady-load.ts';
import { tellSteadily } from './telling.ts';
import { holdingOf, watchHolding } from './usage.ts';

const WANTED: Readonly<Record<Form, number>> = { brief: 1_000, normal: 10_000, long: 10_000 };
/** Descriptors that a process needs for other things. */
const SPARE = 1_000;
const ACTIVE = 100;
const SEEN_WITHIN_MS = 60_000;
const MEASURED_MS: Readonly<Record<Form, number>> = { brief: 2_000, normal: 5_000, long: 30_000 };
const PINGS: Readonly<Record<Form, number>> = { brief: 200, normal: 1_000, long: 5_000 };
/** The bars of an idle socket: memory, judged where there are enough of them to tell it from noise. */
const IDLE_KIB = 60;
const ENOUGH_TO_WEIGH = 5_000;
/** The bar for pings of idle sockets, beside what pings take without them. */
const PING_MS = 50;
/** Heap that may stay behind, as a share of what was taken, or in MiB. */
const LEFT_SHARE = 0.1;
const LEFT_MIB = 8;
/** The bar for all of a crowd to be back after the gateway is. */
const BACK_WITHIN_MS = 30_000;
const JITTER_MS = 1_000;
/** Times that the keys of tokens may be fetched for a whole crowd. */
const KEY_FETCHES = 5;
/** A client that never reads is given up within two of them. */
const KEEPALIVE_MS = 2_000;
const DEAF = 100;
/** Of one event to them. */
const NOTE = 'x'.repeat(8_192);
/** What a gateway may hold for clients that never read: 1 MiB and 64 events each. */
const DEAF_MIB = 250;

/** As many as wanted, or as the limit of descriptors of a process allows here. */
function socketsOf(form: Form): number {
  const { userLimits } = process.report.getReport() as { userLimits?: { open_files?: { soft?: unknown } } };
  const limit = Number(userLimits?.open_files?.soft);
  return Number.isNaN(limit) ? WANTED[form] : Math.min(WANTED[form], limit - SPARE);
}

/** What every row of this file begins with: a gateway, and subscribers in a process of their own. */
interface Stand {
  readonly scene: Scene;
  readonly crowds: Crowds;
  readonly gather: (count: number, ids: readonly string[], jitterMs?: number) => Promise<Crowd>;
  readonly usage: () => Promise<{ readonly rssBytes: number; readonly heapBytes: number }>;
}

async function onStand(
  servers: BreakableServers,
  name: string,
  environment: Readonly<Record<string, string>>,
  work: (stand: Stand) => Promise<Outcome>,
): Promise<Outcome> {
  await using scene = await setScene(servers, name, { environment });
  await using crowds = startCrowds(scene.logFile('crowd'));
  const [gateway] = scene.gateways;
  if (gateway === undefined) throw new Error('There is no gateway.');
  const authorizations = await scene.authorizations(100);
  const gather: Stand['gather'] = async (count, ids, jitterMs = 0) =>
    await crowds.gather({ url: gateway.url, count, ids, jitterMs, authorizations });
  const usage: Stand['usage'] = async () => await gateway.child().ask('usage', { collect: true });
  return await work({ scene, crowds, gather, usage });
}

const names = (what: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${what}-${index}`);
const mib = (bytes: number): number => bytes / 1_024 / 1_024;

/** What is wrong with what a crowd has got; nothing when every event came once, and nobody was closed. */
function faultsOf(who: string, counts: CrowdCounts, expected: number): string[] {
  const findings: string[] = [];
  if (counts.open < expected)
    findings.push(
      `${who}: ${counts.open} of ${expected} sockets are open, ${counts.refused} were refused, ${JSON.stringify(counts.closes)} closed`,
    );
  if (counts.missing > 0) findings.push(`I5 ${who}: ${counts.missing} events are missing`);
  if (counts.repeated > 0) findings.push(`I5 ${who}: ${counts.repeated} events came twice`);
  if (counts.errorCount > 0) findings.push(`${who}: ${counts.errorCount} errors, ${counts.errors[0]}`);
  return findings;
}

/** How late the active ones get each event while a time passes, in milliseconds. */
async function listen(active: Crowd, ms: number): Promise<readonly number[]> {
  await active.latencies();
  await pause(ms);
  return await active.latencies();
}

/** What active sockets and pings notice of idle ones. */
interface Noticed {
  readonly beside: Comparison;
  readonly trips: readonly number[];
  readonly pingMs: number;
}

/** Looks until the bars are met, and at most three times. */
async function notice(
  crowd: { readonly active: Crowd; readonly idle: Crowd },
  alone: { readonly calm: readonly (readonly number[])[]; readonly pingBarMs: number },
  form: Form,
): Promise<Noticed> {
  for (let round = 1; ; round += 1) {
    const beside = compareP99(alone.calm, await listen(crowd.active, MEASURED_MS[form]));
    const trips = await crowd.idle.ping({ count: PINGS[form], perSecond: 200 });
    const pingMs = percentile(trips, 0.99);
    if (round === ROUNDS || (beside.isMet && pingMs <= alone.pingBarMs)) return { beside, trips, pingMs };
  }
}

async function holdIdle({ scene, gather, usage }: Stand, form: Form): Promise<Outcome> {
  const sockets = socketsOf(form);
  const idleIds = names('idle', 100);
  await Promise.all(idleIds.map(async (id) => await scene.publish(id, 1)));
  const tasks = names('active', 10);
  await using telling = tellSteadily(scene, tasks, 10);
  await waitFor('the first event', () => telling.revision() > 0, SEEN_WITHIN_MS);
  const active = await gather(ACTIVE, tasks);
  await active.untilSeen(1, SEEN_WITHIN_MS);
  const calm = [await listen(active, MEASURED_MS[form]), await listen(active, MEASURED_MS[form])];
  const pingBarMs = PING_MS + percentile(await active.ping({ count: PINGS[form], perSecond: 200 }), 0.99);
  const before = await usage();
  const idle = await gather(sockets, idleIds);
  const findings: string[] = [];
  if (!(await idle.untilSeen(1, SEEN_WITHIN_MS))) findings.push('some idle sockets never got the state');
  const held = await usage();
  const { beside, trips, pingMs } = await notice({ active, idle }, { calm, pingBarMs }, form);
  if (!beside.isMet) findings.push(`active sockets get their events later: ${tellComparison(beside)}`);
  if (!(pingMs <= pingBarMs))
    findings.push(`p99 of pings is ${pingMs.toFixed(1)} ms, more than ${pingBarMs.toFixed(1)}`);
  const idleCounts = await idle.count();
  findings.push(...faultsOf('idle', idleCounts, sockets));
  await idle.leave();
  const taken = mib(held.heapBytes - before.heapBytes);
  let left = Number.NaN;
  const isBack = async (): Promise<boolean> => {
    left = mib((await usage()).heapBytes - before.heapBytes);
    return left < Math.max(LEFT_MIB, LEFT_SHARE * taken);
  };
  await waitFor('memory to be as before', isBack, SEEN_WITHIN_MS).catch(
    () => void findings.push(`I8 ${left.toFixed(1)} MiB of heap are still held`),
  );
  const revision = await telling.stop();
  if (!(await active.untilSeen(revision, SEEN_WITHIN_MS))) findings.push('I5 the last event is missing');
  const activeCounts = await active.count();
  findings.push(...faultsOf('active', activeCounts, ACTIVE));
  const kib = ((held.rssBytes - before.rssBytes) / sockets / 1_024) | 0;
  if (sockets >= ENOUGH_TO_WEIGH && kib > IDLE_KIB)
    findings.push(`an idle socket holds ${kib} KiB, more than ${IDLE_KIB}`);
  return {
    accepted: sockets + ACTIVE,
    terminal: idleCounts.open + activeCounts.open,
    lost: sockets - idleCounts.open + activeCounts.missing,
    duplicated: activeCounts.repeated,
    findings,
    recoverySeconds: 0,
    slowestSeconds: Math.max(...trips) / 1_000,
    remarks: [
      `${sockets} idle sockets: ping p99 ${pingMs.toFixed(1)} ms; ${kib} KiB of RSS a socket; events of active ones: ${tellComparison(beside)}; ${left.toFixed(1)} of ${taken.toFixed(1)} MiB of heap left after they have gone`,
    ],
  };
}

/** Connections that the system has dropped because nobody took them up in time; NaN where it does not say. */
function overflows(): number {
  try {
    const [head = '', values = ''] = readFileSync('/proc/net/netstat', 'utf8').split('\n');
    return Number(values.split(' ')[head.split(' ').indexOf('ListenOverflows')]);
  } catch {
    return Number.NaN;
  }
}

async function cutAllOff({ scene, gather }: Stand, form: Form): Promise<Outcome> {
  const [gateway] = scene.gateways;
  const tasks = names('cut', 100);
  const count = socketsOf(form);
  await Promise.all(tasks.map(async (id) => await scene.publish(id, 1)));
  const crowd = await gather(count, tasks, JITTER_MS);
  const findings: string[] = [];
  if (!(await crowd.untilSeen(1, SEEN_WITHIN_MS))) findings.push('some sockets never got the state');
  await crowd.forgetAttempts();
  const [overflown, fetched] = [overflows(), scene.ways.keys.requests()];
  await gateway?.end('SIGKILL');
  // Told while nobody listens: who is back has to hear of it.
  await Promise.all(tasks.map(async (id) => await scene.publish(id, 2)));
  await gateway?.start();
  const backMs = await crowd.untilOpen(count, 2 * BACK_WITHIN_MS);
  if (!(await crowd.untilSeen(2, SEEN_WITHIN_MS))) findings.push('I5 some missed what was told meanwhile');
  await Promise.all(tasks.map(async (id) => await scene.publish(id, 3)));
  if (!(await crowd.untilSeen(3, SEEN_WITHIN_MS))) findings.push('I5 some are not live again');
  const counts = await crowd.count();
  findings.push(...faultsOf('all', counts, count));
  const keys = scene.ways.keys.requests() - fetched;
  const dropped = overflows() - overflown;
  if (backMs === null || backMs > BACK_WITHIN_MS)
    findings.push(`not all were back within ${BACK_WITHIN_MS} ms`);
  if (keys > KEY_FETCHES) findings.push(`the keys of tokens were fetched ${keys} times`);
  if (dropped > 0) findings.push(`the system dropped ${dropped} connections that nobody took up`);
  return {
    accepted: count,
    terminal: counts.open,
    lost: count - counts.open + counts.missing,
    duplicated: counts.repeated,
    findings,
    recoverySeconds: backMs === null ? null : backMs / 1_000,
    slowestSeconds: (backMs ?? Number.NaN) / 1_000,
    remarks: [
      `${count} sockets: at most ${counts.peakAttempts} attempts a second, ${counts.refused} in vain; keys fetched ${keys} times; ${dropped} connections dropped by the system`,
    ],
  };
}

async function neverRead({ scene, gather }: Stand, form: Form): Promise<Outcome> {
  const [gateway] = scene.gateways;
  const pid = gateway?.child().pid ?? 0;
  await using telling = tellSteadily(scene, ['loud'], 20, NOTE);
  await waitFor('the first event', () => telling.revision() > 0, SEEN_WITHIN_MS);
  const readers = await gather(ACTIVE, ['loud']);
  await readers.untilSeen(1, SEEN_WITHIN_MS);
  const alone = percentile(await listen(readers, MEASURED_MS[form]), 0.99);
  const before = holdingOf(pid);
  const deaf = await gather(DEAF, ['loud']);
  await deaf.untilSeen(1, SEEN_WITHIN_MS);
  using watched = watchHolding(() => pid);
  await deaf.pause();
  const from = performance.now();
  const areGivenUp = async (): Promise<boolean> =>
    (await gateway?.metric('hoerok_gateway_websockets')) === ACTIVE;
  const findings: string[] = [];
  const patienceMs = 10 * KEEPALIVE_MS;
  const given = waitFor('the deaf to be given up', areGivenUp, patienceMs).then(
    () => performance.now() - from,
    () => null,
  );
  const beside = percentile(await listen(readers, MEASURED_MS[form]), 0.99);
  const givenUpMs = await given;
  const most = watched.stop();
  const revision = await telling.stop();
  if (!(await readers.untilSeen(revision, SEEN_WITHIN_MS))) findings.push('I5 the last event is missing');
  const counts = await readers.count();
  findings.push(...faultsOf('readers', counts, ACTIVE));
  const grown = most.rssMiB - before.rssMiB;
  if (givenUpMs === null) findings.push('clients that never read were not closed');
  if (grown > DEAF_MIB) findings.push(`the gateway grew by ${Math.round(grown)} MiB`);
  return {
    accepted: counts.events,
    terminal: counts.events,
    lost: counts.missing,
    duplicated: counts.repeated,
    findings,
    recoverySeconds: givenUpMs === null ? null : givenUpMs / 1_000,
    slowestSeconds: beside / 1_000,
    remarks: [
      `${DEAF} deaf clients were closed within ${((givenUpMs ?? Number.NaN) / 1_000).toFixed(1)} s; the gateway grew by ${Math.round(grown)} MiB; events p99 ${alone.toFixed(0)} ms before, ${beside.toFixed(0)} ms beside them`,
    ],
  };
}

/** Lost are sockets that are not open in the end and events that one did not get, duplicated events that one got twice. */
export const SOCKET_FAULTS: readonly Experiment[] = [
  {
    id: 'E23',
    title: '10,000 idle sockets beside 100 active ones',
    run: async (servers, form) =>
      await onStand(servers, 'chaos_e23', {}, async (stand) => await holdIdle(stand, form)),
  },
  {
    id: 'E24',
    title: 'kill -9 of the gateway with 10,000 sockets, which all come back at once',
    run: async (servers, form) =>
      await onStand(servers, 'chaos_e24', {}, async (stand) => await cutAllOff(stand, form)),
  },
  {
    id: 'E25',
    title: '100 clients that never read',
    run: async (servers, form) =>
      await onStand(servers, 'chaos_e25', { KEEPALIVE_MS: String(KEEPALIVE_MS) }, async (stand) =>
        neverRead(stand, form),
      ),
  },
];
