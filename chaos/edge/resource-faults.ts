/** A gateway that runs out of descriptors, and one whose event loop stands still. */
import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { WebSocket } from 'ws';
import type { Experiment, Outcome } from '../experiment.ts';
import type { Form } from '../fault.ts';
import type { BreakableServers } from '../servers.ts';
import { waitFor } from '../wait-for.ts';
import { type Crowd, startCrowds } from './crowd.ts';
import { WELL } from './graph.ts';
import { type EdgeGateway, type Scene, setScene } from './scene.ts';
import { ask, askSteadily, isWhole, type Question } from './steady-load.ts';
import { tellSteadily, type Telling } from './telling.ts';
import { holdingOf } from './usage.ts';

const SOCKETS = 50;
const TASKS = 5;
const SEEN_WITHIN_MS = 30_000;
const BACK_WITHIN_MS = 10_000;
/** Descriptors that the gateway may have, and far more that want some. */
const DESCRIPTORS = 256;
const INTRUDERS = 400;
const HELD_MS: Readonly<Record<Form, number>> = { brief: 1_500, normal: 5_000, long: 30_000 };
const BLOCKED_MS = 5_000;
/** As an orchestrator would: two probes in vain, each given a second. */
const PROBE_MS = 1_000;
const PROBES = 2;
const JITTER_MS = 1_000;

/** Sockets that hear events, on a gateway. */
interface Stand {
  readonly scene: Scene;
  readonly gateway: EdgeGateway;
  readonly crowd: Crowd;
  readonly telling: Telling;
  readonly question: Question;
}

async function onStand(
  servers: BreakableServers,
  name: string,
  work: (stand: Stand) => Promise<Outcome>,
): Promise<Outcome> {
  await using scene = await setScene(servers, name);
  await using crowds = startCrowds(scene.logFile('crowd'));
  const [gateway] = scene.gateways;
  if (gateway === undefined) throw new Error('There is no gateway.');
  const ids = Array.from({ length: TASKS }, (_, index) => `task-${index}`);
  await using telling = tellSteadily(scene, ids, 5);
  await waitFor('the first event', () => telling.revision() > 0, SEEN_WITHIN_MS);
  const authorizations = await scene.authorizations(100);
  const request = { url: gateway.url, count: SOCKETS, authorizations, ids, jitterMs: JITTER_MS };
  const crowd = await crowds.gather(request);
  await crowd.untilSeen(1, SEEN_WITHIN_MS);
  const question = { kind: 'well', query: WELL, authorization: authorizations[0] ?? '' };
  return await work({ scene, gateway, crowd, telling, question });
}

/** Sockets that only want to be open; answers how many of them are, and how to end them. */
async function intrude(url: string): Promise<{ readonly open: () => number; readonly leave: () => void }> {
  const sockets = Array.from({ length: INTRUDERS }, () => {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
    // Most are refused; that is what they are here for.
    return socket.on('error', () => undefined);
  });
  await Promise.race([
    Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)))),
    pause(1_000),
  ]);
  return {
    open: () => sockets.filter(({ readyState }) => readyState === WebSocket.OPEN).length,
    leave: () => sockets.forEach((socket) => socket.terminate()),
  };
}

async function exhaust({ gateway, crowd, telling, question }: Stand, form: Form): Promise<Outcome> {
  const { pid } = gateway.child();
  const findings: string[] = [];
  // A few of the connections that there are already stay in use all the while.
  await using load = askSteadily(gateway.url, 20, () => question);
  await pause(1_000);
  const [answered, limit] = [load.asked.length, `${DESCRIPTORS}:${DESCRIPTORS}`];
  await promisify(execFile)('prlimit', ['--pid', String(pid), `--nofile=${limit}`]);
  const before = telling.revision();
  const intruders = await intrude(gateway.url);
  const letIn = intruders.open();
  const { descriptors } = holdingOf(pid);
  await pause(HELD_MS[form]);
  const during = load.asked.slice(answered);
  const servedOld = await crowd.untilSeen(before + 1, SEEN_WITHIN_MS);
  const heldOpen = (await crowd.count()).open;
  intruders.leave();
  const healedAt = performance.now();
  const newcomer = async (): Promise<boolean> => {
    const extra = await intrudeOnce(gateway.url);
    return extra && isWhole(await ask(gateway.url, question));
  };
  const back = await waitFor('a newcomer to be let in', newcomer, BACK_WITHIN_MS).then(
    () => (performance.now() - healedAt) / 1_000,
    () => null,
  );
  const asked = await load.stop();
  const revision = await telling.stop();
  if (!(await crowd.untilSeen(revision, SEEN_WITHIN_MS))) findings.push('I5 the last event is missing');
  const counts = await crowd.count();
  if (letIn >= INTRUDERS) findings.push('everybody was let in: nothing is proved');
  if (!servedOld || heldOpen < SOCKETS)
    findings.push(`only ${heldOpen} of ${SOCKETS} old sockets were served`);
  if (counts.missing + counts.repeated > 0)
    findings.push(`I5 ${counts.missing} events are missing, ${counts.repeated} came twice`);
  if (!during.some(isWhole)) findings.push('no request was served meanwhile');
  const failed = asked.filter((one) => !isWhole(one)).length;
  return {
    accepted: SOCKETS + counts.events,
    terminal: heldOpen + counts.events,
    lost: SOCKETS - heldOpen + counts.missing,
    duplicated: counts.repeated,
    findings,
    recoverySeconds: back,
    slowestSeconds: Math.max(0, ...asked.map(({ ms }) => ms)) / 1_000,
    remarks: [
      `${descriptors} descriptors in use; ${letIn} of ${INTRUDERS} newcomers were let in, ${failed} of ${asked.length} requests failed meanwhile`,
    ],
  };
}

async function intrudeOnce(url: string): Promise<boolean> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
  const isOpen = await new Promise<boolean>((resolve) => {
    socket.once('open', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
  socket.terminate();
  return isOpen;
}

/** Kills and starts the gateway when it does not say that it lives; resolves then. */
async function supervise(gateway: EdgeGateway): Promise<void> {
  for (let failures = 0; failures < PROBES; ) {
    const isAlive = await fetch(`${gateway.url}/health/liveness`, {
      signal: AbortSignal.timeout(PROBE_MS),
    }).then(
      ({ ok }) => ok,
      () => false,
    );
    failures = isAlive ? 0 : failures + 1;
    if (isAlive) await pause(200);
  }
  await gateway.end('SIGKILL');
  await gateway.start();
}

async function standStill({ gateway, crowd, telling }: Stand): Promise<Outcome> {
  const findings: string[] = [];
  const { pid } = gateway.child();
  const blockedAt = performance.now();
  // Never answered: its process is replaced first.
  gateway
    .child()
    .ask('block', BLOCKED_MS)
    .catch(() => undefined);
  await supervise(gateway);
  const replacedMs = performance.now() - blockedAt;
  const backMs = await crowd.untilOpen(SOCKETS, 2 * BACK_WITHIN_MS);
  const revision = await telling.stop();
  if (!(await crowd.untilSeen(revision, SEEN_WITHIN_MS))) findings.push('I5 the last event is missing');
  const counts = await crowd.count();
  if (gateway.child().pid === pid) findings.push('the process was not replaced');
  if (backMs === null || backMs > BACK_WITHIN_MS) findings.push('the sockets were not back in time');
  if (counts.missing + counts.repeated > 0)
    findings.push(`I5 ${counts.missing} events are missing, ${counts.repeated} came twice`);
  return {
    accepted: SOCKETS,
    terminal: counts.open,
    lost: SOCKETS - counts.open + counts.missing,
    duplicated: counts.repeated,
    findings,
    recoverySeconds: backMs === null ? null : backMs / 1_000,
    slowestSeconds: (replacedMs + (backMs ?? Number.NaN)) / 1_000,
    remarks: [`replaced ${(replacedMs / 1_000).toFixed(1)} s after its event loop stood still`],
  };
}

async function findPrlimit(): Promise<string | undefined> {
  return await promisify(execFile)('prlimit', ['--version']).then(
    () => undefined,
    () => 'the limit of a running process cannot be set here (no prlimit)',
  );
}

/** Lost are sockets that were served before and are not any more, and events that one did not get. */
export const RESOURCE_FAULTS: readonly Experiment[] = [
  {
    id: 'E26b',
    title: 'the event loop of the gateway stands still for 5 s: its process is replaced',
    run: async (servers) => await onStand(servers, 'chaos_e26b', standStill),
  },
  {
    id: 'E27',
    title: 'the gateway has 256 descriptors, and 400 newcomers want some',
    obstacle: findPrlimit,
    run: async (servers, form) =>
      await onStand(servers, 'chaos_e27', async (stand) => await exhaust(stand, form)),
  },
];
