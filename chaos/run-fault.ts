import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createDataSource, migrate } from '@hoerok/shared/database';
import { messageOf } from '@hoerok/shared/errors';
import { connectMessaging, ensureStreams, type Messaging } from '@hoerok/shared/messaging';
import { startTcpProxy } from '../packages/shared/test/tcp-proxy.ts';
import { check } from './checker.ts';
import type { Outcome } from './experiment.ts';
import type { Fault, FaultTarget, Form, Way } from './fault.ts';
import { type JournalSummary, readJournal } from './journal.ts';
import { findUnfinished, measureWaits, query } from './observer.ts';
import { SERVICE, TABLES } from './operation.ts';
import { endProcess, startFleet, startProcess } from './processes.ts';
import type { BreakableServers } from './servers.ts';
import type { SystemAddress } from './system.ts';
import { waitFor } from './wait-for.ts';

const RATE_PER_SECOND: Readonly<Record<Form, number>> = { brief: 15, normal: 50, long: 50 };
/** Seconds of load before the fault. */
const WARM_SECONDS = 1;
const WARM_WITHIN_MS = 30_000;
const LOAD_MS: Readonly<Record<Form, number>> = { brief: 0, normal: 15_000, long: 60_000 };
/** The load goes on for so long after the fault at least. */
const LOAD_AFTER_MS: Readonly<Record<Form, number>> = { brief: 1_000, normal: 3_000, long: 3_000 };
const RECOVERED_WITHIN_MS = 90_000;

/** Runs one fault against a system of its own: database, namespace, two replicas and a writer. */
export async function runFault(servers: BreakableServers, fault: Fault, form: Form): Promise<Outcome> {
  const system = await createSystem(servers, fault, form);
  const { namespace, natsUrl } = system;
  const messaging = await connectMessaging({ url: natsUrl, name: 'chaos runner', namespace });
  const { duplicateWindowSeconds } = system;
  await ensureStreams(messaging, { service: SERVICE, replicas: 1, duplicateWindowSeconds });
  const ways = fault.proxied === true ? await Promise.all([openWay(system), openWay(system)]) : [];
  const addresses = ways.length === 0 ? [system, system] : ways.map((way) => ({ ...system, ...urlsOf(way) }));
  const fleet = startFleet(addresses);
  const rest = (): Promise<void> => comeToRest(system, messaging);
  const remarks: string[] = [];
  const remark = (text: string): void => void remarks.push(text);
  const target: FaultTarget = { servers, system, fleet, messaging, ways, rest, remark, form };
  try {
    return { ...(await breakAndCheck(target, fault)), remarks };
  } finally {
    await fleet.pause();
    await Promise.all(ways.flatMap(({ nats, postgres }) => [nats.cut(), postgres.cut()]));
    for await (const { config } of messaging.manager.streams.list())
      if (config.name.startsWith(namespace)) await messaging.manager.streams.delete(config.name);
    await messaging.connection.close();
  }
}

async function openWay({ natsUrl, databaseUrl }: SystemAddress): Promise<Way> {
  return { nats: await startTcpProxy(natsUrl), postgres: await startTcpProxy(databaseUrl) };
}

function urlsOf({ nats, postgres }: Way): Pick<SystemAddress, 'natsUrl' | 'databaseUrl'> {
  return { natsUrl: nats.url, databaseUrl: postgres.url };
}

async function createSystem(servers: BreakableServers, fault: Fault, form: Form): Promise<SystemAddress> {
  const name = `chaos_${fault.id.toLowerCase().replaceAll(/\W+/g, '_')}`;
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
    journal: join(servers.stateDir, `${name}.journal`),
    ratePerSecond: RATE_PER_SECOND[form],
    duplicateWindowSeconds: fault.duplicateWindowSeconds?.[form] ?? 300,
  };
}

async function breakAndCheck(target: FaultTarget, fault: Fault): Promise<Omit<Outcome, 'remarks'>> {
  const { system, messaging, form } = target;
  const findings: string[] = [];
  const startedAt = performance.now();
  const writer = startProcess('writer', system);
  let recoverySeconds: number | null;
  try {
    await waitFor('the load runs', () => isWarm(system), WARM_WITHIN_MS);
    await fault.inject(target);
    const recovered = untilRecovered(system, journalOf(system).accepted);
    const loadMs = startedAt + LOAD_MS[form] - performance.now();
    await pause(Math.max(LOAD_AFTER_MS[form], loadMs));
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
  const { slowest: slowestSeconds } = await measureWaits(system.databaseUrl, new Date(0), new Date(2 ** 42));
  return { ...verdict, recoverySeconds, slowestSeconds, findings: [...verdict.findings, ...findings] };
}

/** Clients are answered, and replicas work. */
async function isWarm(system: SystemAddress): Promise<boolean> {
  const wanted = WARM_SECONDS * system.ratePerSecond;
  const [row] = await query<{ effects: number }>(
    system.databaseUrl,
    'SELECT count(*)::int AS effects FROM effect',
  );
  return journalOf(system).accepted.size >= wanted && (row?.effects ?? 0) >= wanted;
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
