/** Connections of every kind are lost at random, then everything goes over a narrow way: to a subgraph, to NATS, and to the clients. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Experiment, Outcome } from '../experiment.ts';
import { type FaultProxy, startFaultProxy, type Weather } from '../fault-proxy.ts';
import type { Form } from '../fault.ts';
import type { BreakableServers } from '../servers.ts';
import { waitFor } from '../wait-for.ts';
import { type CrowdCounts, startCrowds } from './crowd.ts';
import { BOOK, BOTH } from './graph.ts';
import { setScene } from './scene.ts';
import { answerOf, type Asked, askSteadily, isWhole, type Question, untilWhole } from './steady-load.ts';
import { tellSteadily } from './telling.ts';

const SHARE = 0.3;
const LOSSY: Weather = { kind: 'lossy', share: SHARE };
/** A megabit. */
const NARROW: Weather = { kind: 'narrow', bytesPerSecond: 125_000 };
const SOCKETS = 50;
const TASKS = 5;
const PER_SECOND = 40;
const HELD_MS: Readonly<Record<Form, number>> = { brief: 3_000, normal: 10_000, long: 60_000 };
/** From one loss of the connections that stay open to the next. */
const RESET_EVERY_MS = 1_000;
const JITTER_MS = 300;
const SEEN_WITHIN_MS = 30_000;
const BACK_WITHIN_MS = 10_000;
/** What a loss may cost a client. Its own connection is not lost here, so it has an answer to everything. */
const CODES = ['TIMEOUT', 'UNAVAILABLE'];

/** Loses connections, then narrows them; resolves when all is well. Answers how many lasting connections were lost. */
async function worsen(fetching: FaultProxy, lasting: readonly FaultProxy[], ms: number): Promise<number> {
  let lost = 0;
  fetching.change(LOSSY);
  for (const until = performance.now() + ms; performance.now() < until; ) {
    for (const way of lasting) lost += way.reset(SHARE);
    await pause(RESET_EVERY_MS);
  }
  for (const way of [fetching, ...lasting]) way.change(NARROW);
  await pause(ms);
  for (const way of [fetching, ...lasting]) way.change({ kind: 'clear' });
  return lost;
}

async function run(servers: BreakableServers, form: Form): Promise<Outcome> {
  await using scene = await setScene(servers, 'chaos_e17');
  const [gateway] = scene.gateways;
  if (gateway === undefined) throw new Error('There is no gateway.');
  await using clientWay = await startFaultProxy(gateway.url);
  await using crowds = startCrowds(scene.logFile('crowd'));
  const authorizations = await scene.authorizations(100);
  const ids = Array.from({ length: TASKS }, (_, index) => `lossy-${index}`);
  await using telling = tellSteadily(scene, ids, 5);
  await waitFor('the first event', () => telling.revision() > 0, SEEN_WITHIN_MS);
  const url = clientWay.url.replace(/\/$/, '');
  const crowd = await crowds.gather({ url, count: SOCKETS, authorizations, ids, jitterMs: JITTER_MS });
  await crowd.untilSeen(1, SEEN_WITHIN_MS);
  const question = (n: number): Question => ({
    authorization: authorizations[n % authorizations.length] ?? '',
    // Half of them may not be sent twice.
    ...(n % 2 === 0
      ? { kind: 'ask', query: BOTH }
      : { kind: 'book', query: BOOK, variables: { op: `op-${n}` } }),
  });
  await using load = askSteadily(gateway.url, PER_SECOND, question);
  await pause(1_000);
  const lost = await worsen(scene.rooms.way, [clientWay, scene.ways.nats], HELD_MS[form]);
  const backMs = await untilWhole(gateway.url, question(0), BACK_WITHIN_MS);
  const asked = await load.stop();
  const revision = await telling.stop();
  const hasSeenAll = await crowd.untilSeen(revision, SEEN_WITHIN_MS);
  const outcome = judge(asked, await scene.rooms.bookings(), await crowd.count(), hasSeenAll);
  return {
    ...outcome,
    recoverySeconds: backMs === null ? null : backMs / 1_000,
    remarks: [...outcome.remarks, `${lost} connections of sockets and of NATS were reset`],
  };
}

function judge(
  asked: readonly Asked[],
  bookings: Readonly<Record<string, number>>,
  counts: CrowdCounts,
  hasSeenAll: boolean,
): Outcome {
  const booked = asked.filter(({ question }) => question.kind === 'book');
  const opOf = ({ question }: Asked): string => String(question.variables?.['op']);
  const told = booked.filter(isWhole);
  const lost = told.filter((one) => bookings[opOf(one)] === undefined);
  const twice = Object.values(bookings).filter((times) => times > 1).length;
  const known = new Set(booked.map(opOf));
  const uninvoked = Object.keys(bookings).filter((op) => !known.has(op));
  const failed = asked.filter((one) => !isWhole(one));
  const unsaid = failed.filter((one) => !CODES.includes(answerOf(one).errors?.[0]?.extensions?.code ?? ''));
  const findings: string[] = [];
  if (lost.length > 0) findings.push(`I1 ${lost.length} bookings were told and are not there`);
  if (twice > 0) findings.push(`I2 ${twice} operations were booked twice`);
  if (uninvoked.length > 0) findings.push(`I3 ${uninvoked.length} bookings nobody asked for`);
  if (unsaid.length > 0) findings.push(`failed without a code: ${unsaid[0]?.text.slice(0, 200)}`);
  if (failed.length === 0) findings.push('nothing failed, so nothing is proved');
  if (counts.missing + counts.repeated > 0 || !hasSeenAll)
    findings.push(`I5 ${counts.missing} events are missing, ${counts.repeated} came twice`);
  if (counts.errorCount > 0) findings.push(`${counts.errorCount} errors at sockets: ${counts.errors[0]}`);
  const failedOf = (kind: string): string => {
    const all = asked.filter(({ question }) => question.kind === kind);
    return `${all.filter((one) => !isWhole(one)).length} of ${all.length}`;
  };
  return {
    accepted: told.length + counts.events,
    terminal: told.length - lost.length + counts.events,
    lost: lost.length + counts.missing,
    duplicated: twice + counts.repeated,
    findings,
    recoverySeconds: null,
    slowestSeconds: Math.max(0, ...asked.map(({ ms }) => ms)) / 1_000,
    remarks: [
      `${failedOf('book')} mutations and ${failedOf('ask')} queries failed, each told so; ${JSON.stringify(counts.closes)} closes of sockets`,
    ],
  };
}

/** Accepted are mutations that were answered and events; lost and duplicated both as effects and as events. */
export const lossyNetwork: Experiment = {
  id: 'E17',
  title: '30 % of connections to a subgraph, NATS and clients lost, then 1 Mbit/s',
  run,
};
