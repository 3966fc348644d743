import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createDataSource, migrate } from '@hoerok/shared/database';
import { messageOf } from '@hoerok/shared/errors';
import { connectMessaging, type Messaging } from '@hoerok/shared/messaging';
import { CHECKOUT_STATE_DIR } from '../scripts/infra/infrastructure.ts';
import { check, type Verdict } from './checker.ts';
import type { Fault, FaultTarget } from './fault.ts';
import { type JournalSummary, readJournal } from './journal.ts';
import { findUnfinished, query } from './observer.ts';
import { TABLES } from './operation.ts';
import { endProcess, startFleet, startProcess } from './processes.ts';
import type { BreakableServers } from './servers.ts';
import type { SystemAddress } from './system.ts';

const RATE_PER_SECOND = 50;
const WARM_OPERATIONS = 50;
const LOAD_MS = { short: 15_000, long: 60_000 };
/** The load goes on for so long after the fault at least. */
const LOAD_AFTER_MS = 3_000;
const RECOVERED_WITHIN_MS = 90_000;
const LOOK_MS = 100;

/** The outcome of one fault. */
export interface FaultResult extends Verdict {
  readonly fault: Fault;
  /** From the end of the fault until everything accepted before it has taken effect; null when that never came. */
  readonly recoverySeconds: number | null;
}

/** Runs one fault against a system of its own: database, namespace, two replicas and a writer. */
export async function runFault(
  servers: BreakableServers,
  fault: Fault,
  options: { readonly long: boolean },
): Promise<FaultResult> {
  const system = await createSystem(servers, fault);
  const messaging = await connectMessaging({
    url: system.natsUrl,
    name: 'chaos runner',
    namespace: system.namespace,
  });
  const fleet = startFleet(system, 2);
  const rest = (): Promise<void> => comeToRest(system, messaging);
  const target: FaultTarget = { servers, system, fleet, messaging, rest, ...options };
  try {
    return await breakAndCheck(target, fault);
  } finally {
    await fleet.pause();
    for await (const { config } of messaging.manager.streams.list())
      if (config.name.startsWith(system.namespace)) await messaging.manager.streams.delete(config.name);
    await messaging.connection.close();
  }
}

async function createSystem(servers: BreakableServers, fault: Fault): Promise<SystemAddress> {
  const name = `chaos_${fault.id.toLowerCase()}`;
  await query(servers.urls.databaseUrl, `CREATE DATABASE ${name}`);
  const databaseUrl = new URL(servers.urls.databaseUrl);
  databaseUrl.pathname = `/${name}`;
  const dataSource = await createDataSource({
    url: databaseUrl.href,
    entities: [],
    migrations: [],
  }).initialize();
  await migrate(dataSource);
  await dataSource.query(TABLES);
  await dataSource.destroy();
  return {
    databaseUrl: databaseUrl.href,
    natsUrl: servers.urls.natsUrl,
    redisUrl: servers.urls.redisUrl,
    namespace: name,
    journal: join(CHECKOUT_STATE_DIR, 'chaos', `${name}.journal`),
    ratePerSecond: RATE_PER_SECOND,
  };
}

async function breakAndCheck(target: FaultTarget, fault: Fault): Promise<FaultResult> {
  const { system, messaging, long } = target;
  const findings: string[] = [];
  const startedAt = performance.now();
  const writer = startProcess('writer', system);
  let recoverySeconds: number | null;
  try {
    await waitFor('the load runs', () => journalOf(system).accepted.size >= WARM_OPERATIONS, 30_000);
    await fault.inject(target);
    const recovered = untilRecovered(system, journalOf(system).accepted);
    const loadMs = startedAt + (long ? LOAD_MS.long : LOAD_MS.short) - performance.now();
    await pause(Math.max(LOAD_AFTER_MS, loadMs));
    const written = once(writer, 'exit');
    writer.kill('SIGTERM');
    await written;
    recoverySeconds = await recovered;
  } finally {
    await endProcess(writer);
  }
  const toRest = async (): Promise<void> => {
    await target.rest().catch((error: unknown) => void findings.push(`I7 ${messageOf(error)}`));
  };
  await toRest();
  findings.push(...((await fault.prove?.(target)) ?? []));
  await toRest();
  const run = { journal: journalOf(system), stream: fault.stream ?? {} };
  const verdict = await check(system.databaseUrl, messaging, run);
  return { ...verdict, fault, recoverySeconds, findings: [...verdict.findings, ...findings] };
}

function journalOf(system: SystemAddress): JournalSummary {
  try {
    return readJournal(system.journal);
  } catch {
    // The writer has not begun yet.
    return { accepted: new Set(), invoked: new Set(), refusals: 0 };
  }
}

/** Seconds until each of the operations has its effect and stands in the read model; null when it takes too long. */
async function untilRecovered(system: SystemAddress, accepted: ReadonlySet<string>): Promise<number | null> {
  const from = performance.now();
  const sql = `SELECT 1 FROM unnest($1::text[]) AS told(op)
    WHERE NOT EXISTS (SELECT 1 FROM effect e WHERE e.op = told.op)
      OR (SELECT count(DISTINCT event) FROM projection p WHERE p.op = told.op AND purpose = 'live') < 2 LIMIT 1`;
  const isRecovered = async (): Promise<boolean> =>
    (await query(system.databaseUrl, sql, [[...accepted]])).length === 0;
  return await waitFor('recovery', isRecovered, RECOVERED_WITHIN_MS).then(
    () => (performance.now() - from) / 1_000,
    () => null,
  );
}

async function comeToRest(system: SystemAddress, messaging: Messaging): Promise<void> {
  let unfinished: string[] = [];
  const isAtRest = async (): Promise<boolean> => {
    unfinished = await findUnfinished(system.databaseUrl, messaging);
    return unfinished.length === 0;
  };
  await waitFor('rest', isAtRest, RECOVERED_WITHIN_MS).catch((error: unknown) => {
    throw new Error(unfinished.join(', ') || messageOf(error), { cause: error });
  });
}

/** Waits until the condition holds; one that throws does not hold yet. */
async function waitFor(
  what: string,
  condition: () => boolean | Promise<boolean>,
  timeoutMs: number,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  let reason = '';
  for (;;) {
    try {
      if (await condition()) return;
    } catch (error) {
      reason = `: ${messageOf(error)}`;
    }
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}${reason}`);
    await pause(LOOK_MS);
  }
}
