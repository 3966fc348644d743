/** Two gateways behind a balancer are restarted one after the other, under requests and sockets. */
import { setTimeout as pause } from 'node:timers/promises';
import { serveBalancer } from '../../gateway/test/fixture-balancer.ts';
import type { Experiment, Outcome } from '../experiment.ts';
import type { Form } from '../fault.ts';
import type { BreakableServers } from '../servers.ts';
import { waitFor } from '../wait-for.ts';
import { type Crowd, startCrowds } from './crowd.ts';
import { WELL } from './graph.ts';
import { type EdgeGateway, type Scene, setScene } from './scene.ts';
import { askSteadily, isWhole } from './steady-load.ts';
import { tellSteadily } from './telling.ts';

const SOCKETS: Readonly<Record<Form, number>> = { brief: 100, normal: 1_000, long: 1_000 };
const ROUNDS: Readonly<Record<Form, number>> = { brief: 1, normal: 1, long: 5 };
const TASKS = 10;
const JITTER_MS = 2_000;
const PER_SECOND = 50;
/** The bars: for a gateway to end, and for all sockets to be back. */
const EXIT_WITHIN_MS = 10_000;
const BACK_WITHIN_MS = 10_000;
const SEEN_WITHIN_MS = 20_000;
/** Time for the balancer to ask; and a gateway that starts takes the processor from subgraphs. */
const ENVIRONMENT = { SHUTDOWN_DELAY_SECONDS: '0.5', SUBGRAPH_TIMEOUT_MS: '10000' };

/** What the restarts have shown so far. */
interface Seen {
  readonly findings: string[];
  slowestExitMs: number;
  slowestBackMs: number;
}

async function restart(gateway: EdgeGateway, crowd: Crowd, sockets: number, seen: Seen): Promise<void> {
  const exitMs = await gateway.end('SIGTERM');
  const backMs = await crowd.untilOpen(sockets, 3 * BACK_WITHIN_MS);
  await gateway.start();
  seen.slowestExitMs = Math.max(seen.slowestExitMs, exitMs);
  seen.slowestBackMs = Math.max(seen.slowestBackMs, backMs ?? Number.POSITIVE_INFINITY);
  if (exitMs > EXIT_WITHIN_MS) seen.findings.push(`a gateway took ${Math.round(exitMs)} ms to end`);
  if (backMs === null || backMs > BACK_WITHIN_MS)
    seen.findings.push(`the sockets were not back within ${BACK_WITHIN_MS} ms`);
}

async function run(servers: BreakableServers, form: Form): Promise<Outcome> {
  await using scene = await setScene(servers, 'chaos_e5', { gateways: 2, environment: ENVIRONMENT });
  const balancer = await serveBalancer(scene.gateways.map(({ url }) => Number(new URL(url).port)));
  await using crowds = startCrowds(scene.logFile('crowd'));
  try {
    await waitFor('both gateways to be ready', () => balancer.ready().length === 2, SEEN_WITHIN_MS);
    const authorizations = await scene.authorizations(100);
    const ids = Array.from({ length: TASKS }, (_, index) => `rolled-${index}`);
    await using telling = tellSteadily(scene, ids, 5);
    await waitFor('the first event', () => telling.revision() > 0, SEEN_WITHIN_MS);
    const request = { url: balancer.url, count: SOCKETS[form], authorizations, ids, jitterMs: JITTER_MS };
    const crowd = await crowds.gather(request);
    await crowd.untilSeen(1, SEEN_WITHIN_MS);
    await using load = askSteadily(balancer.url, PER_SECOND, (n) => ({
      kind: 'well',
      query: WELL,
      authorization: authorizations[n % authorizations.length] ?? '',
    }));
    await pause(1_000);
    await crowd.forgetAttempts();
    const seen: Seen = { findings: [], slowestExitMs: 0, slowestBackMs: 0 };
    for (let round = 0; round < ROUNDS[form]; round += 1) {
      for (const gateway of scene.gateways) {
        await restart(gateway, crowd, SOCKETS[form], seen);
        await waitFor('the balancer to see both', () => balancer.ready().length === 2, SEEN_WITHIN_MS);
      }
    }
    const asked = await load.stop();
    return await judge({ scene, crowd, seen, asked }, await telling.stop(), form);
  } finally {
    await balancer.close();
  }
}

interface Run {
  readonly scene: Scene;
  readonly crowd: Crowd;
  readonly seen: Seen;
  readonly asked: Awaited<ReturnType<ReturnType<typeof askSteadily>['stop']>>;
}

async function judge({ crowd, seen, asked }: Run, revision: number, form: Form): Promise<Outcome> {
  const findings = [...seen.findings];
  if (!(await crowd.untilSeen(revision, SEEN_WITHIN_MS)))
    findings.push('I5 some have not seen the last event');
  const counts = await crowd.count();
  const failed = asked.filter((one) => !isWhole(one));
  const codes = Object.keys(counts.closes);
  if (failed.length > 0) findings.push(`${failed.length} requests failed: ${failed[0]?.text.slice(0, 200)}`);
  if (codes.some((code) => code !== '1001'))
    findings.push(`sockets were closed with ${JSON.stringify(counts.closes)}`);
  if (codes.length === 0) findings.push('no socket was closed: nothing is proved');
  if (counts.errorCount > 0) findings.push(`${counts.errorCount} errors: ${counts.errors[0]}`);
  if (counts.peakAttempts > SOCKETS[form])
    findings.push(`${counts.peakAttempts} connections were tried in one second`);
  return {
    accepted: asked.length + counts.events,
    terminal: asked.length - failed.length + counts.events,
    lost: failed.length + counts.missing,
    duplicated: counts.repeated,
    findings,
    recoverySeconds: Number.isFinite(seen.slowestBackMs) ? seen.slowestBackMs / 1_000 : null,
    slowestSeconds: Math.max(0, ...asked.map(({ ms }) => ms)) / 1_000,
    remarks: [
      `${asked.length} requests; ${JSON.stringify(counts.closes)} closes of ${SOCKETS[form]} sockets, ${counts.refused} attempts in vain, at most ${counts.peakAttempts} a second; a gateway ended within ${Math.round(seen.slowestExitMs)} ms`,
    ],
  };
}

/** Lost are requests that failed and events that a socket did not get, duplicated events that one got twice. */
export const rollingRestart: Experiment = {
  id: 'E5',
  title: 'rolling restart of two gateways under requests and 1,000 sockets',
  run,
};
