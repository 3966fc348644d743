import { execFile } from 'node:child_process';
import { glob, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { unpackFromApt } from '../scripts/infra/apt.ts';
import { CHECKOUT_STATE_DIR } from '../scripts/infra/infrastructure.ts';
import { reasonOf } from '../scripts/infra/setup-error.ts';
import type { Fault, FaultTarget, Form } from './fault.ts';
import { query } from './observer.ts';
import { LEASE_MS } from './operation.ts';

const FOLDER = join(CHECKOUT_STATE_DIR, 'servers', 'libfaketime');
const HOUR_MS = 3_600_000;
/** Beyond its lease: the sweeper finds a lost one within five seconds, and an attempt takes less than one. */
const HELD_TOO_LONG_MS = 10_000;
const BETWEEN_MS: Readonly<Record<Form, number>> = { brief: 1_500, normal: 5_000, long: 20_000 };

/** Path of the library that shows another time to a process; fetched from the machine's mirror if need be. */
async function findLibrary(): Promise<string> {
  if ((await libraryIn(FOLDER)) === undefined)
    await unpackFromApt({ name: 'libfaketime', laterSuites: false }, FOLDER, async () => true);
  const library = await libraryIn(FOLDER);
  if (library === undefined) throw new Error('libfaketime has no library for threads');
  const shifted = await timeShown({ LD_PRELOAD: library, FAKETIME: '+1h' });
  if (shifted - Date.now() < HOUR_MS / 2) throw new Error('libfaketime does not work with this Node');
  return library;
}

async function libraryIn(folder: string): Promise<string | undefined> {
  for await (const file of glob('**/libfaketimeMT.so.1', { cwd: folder })) return join(folder, file);
  return undefined;
}

async function timeShown(environment: NodeJS.ProcessEnv): Promise<number> {
  const env = { ...process.env, ...environment };
  const { stdout } = await promisify(execFile)(process.execPath, ['-p', 'Date.now()'], { env });
  return Number(stdout);
}

async function findObstacle(): Promise<string | undefined> {
  return await findLibrary().then(
    () => undefined,
    (error: unknown) => `the clock cannot be moved here (${reasonOf(error)})`,
  );
}

/** One replica an hour ahead and one an hour behind; then both jump to the other side while they work. */
async function moveClocks({ servers, fleet, system, form, remark }: FaultTarget): Promise<void> {
  const library = await findLibrary();
  const clocks = [0, 1].map((place) => join(servers.stateDir, `${system.namespace}-clock-${place}`));
  const set = async (offsets: readonly string[]): Promise<void> => {
    for (const [place, clock] of clocks.entries()) await writeFile(clock, offsets[place] ?? '+0');
  };
  await set(['+1h', '-1h']);
  for (const [place, clock] of clocks.entries())
    await fleet.equip(place, {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: clock,
      FAKETIME_NO_CACHE: '1',
      // Timers go by the monotonic clock, which no administrator and no NTP server moves.
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      DONT_FAKE_MONOTONIC: '1',
    });
  const shown = await timeShown({ LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: clocks[0] });
  remark(`the first replica is ${Math.round((shown - Date.now()) / 60_000)} minutes ahead`);
  await pause(BETWEEN_MS[form]);
  await set(['-1h', '+1h']);
  await pause(BETWEEN_MS[form]);
  await set(['+0', '+0']);
}

/**
 * A second attempt takes a whole lease of silence: a task that had one and ended sooner was taken from a living worker.
 * And no lease is held for ever, also with a clock that goes back.
 */
async function findWrongLeases({ system }: FaultTarget): Promise<readonly string[]> {
  const sql = `SELECT count(*) FILTER (WHERE attempt > 1 AND took < make_interval(secs => $1))::int AS stolen,
      count(*) FILTER (WHERE took > make_interval(secs => $2))::int AS held
    FROM (SELECT attempt, finished_at - started_at AS took FROM task WHERE finished_at IS NOT NULL) ended`;
  const limits = [LEASE_MS / 1_000, (LEASE_MS + HELD_TOO_LONG_MS) / 1_000];
  const [row] = await query<{ stolen: number; held: number }>(system.databaseUrl, sql, limits);
  const findings: string[] = [];
  if (row === undefined || row.stolen > 0)
    findings.push(`${row?.stolen} leases were taken from a living worker`);
  if (row === undefined || row.held > 0)
    findings.push(`${row?.held} tasks were held for longer than their lease`);
  return findings;
}

/** Faults of the clock. That of PostgreSQL, by which leases are measured, stays as it is. */
export const CLOCK_FAULTS: readonly Fault[] = [
  {
    id: 'E22',
    title: 'replicas an hour ahead and an hour behind, and jumps between',
    obstacle: findObstacle,
    inject: moveClocks,
    prove: findWrongLeases,
  },
];
