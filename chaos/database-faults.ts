import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Experiment } from './experiment.ts';
import type { Fault, FaultTarget, Form } from './fault.ts';
import { readJournal } from './journal.ts';
import { query } from './observer.ts';
import { runFault } from './run-fault.ts';
import { findDiskObstacle, type SmallDisk, startOnSmallDisk } from './small-disk.ts';

const FROZEN_MS: Readonly<Record<Form, number>> = { brief: 3_000, normal: 15_000, long: 30_000 };
const HELD_MS: Readonly<Record<Form, number>> = { brief: 2_000, normal: 8_000, long: 20_000 };
const BETWEEN_MS: Readonly<Record<Form, number>> = { brief: 1_000, normal: 3_000, long: 10_000 };
/** More than PostgreSQL keeps ready on a disk of this size. */
const LOG_FILES = 4;

async function freeze({ servers, form }: FaultTarget): Promise<void> {
  await servers.freeze('postgres');
  await pause(FROZEN_MS[form]);
  await servers.thaw('postgres');
}

/** Ends every connection that there is and takes all that there can be, until nobody else gets one. */
async function takeConnections({ system, form, remark }: FaultTarget): Promise<void> {
  const sleepers: pg.Client[] = [];
  const take = async (): Promise<boolean> => {
    const client = new pg.Client({ connectionString: system.databaseUrl });
    client.on('error', () => undefined);
    const isTaken = await client.connect().then(
      () => true,
      () => false,
    );
    if (isTaken) sleepers.push(client);
    return isTaken;
  };
  try {
    await take();
    const until = performance.now() + HELD_MS[form];
    // Replicas come back for theirs: whoever is late gets none.
    await sleepers[0]?.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    while (performance.now() < until) if (!(await take())) await pause(50);
    remark(`${sleepers.length} connections were taken`);
  } finally {
    await Promise.all(sleepers.map(async (client) => await client.end().catch(() => undefined)));
  }
}

async function lockTasks({ system, form }: FaultTarget): Promise<void> {
  const client = new pg.Client({ connectionString: system.databaseUrl });
  await client.connect();
  await client.query('BEGIN');
  await client.query('LOCK TABLE task IN ACCESS EXCLUSIVE MODE');
  await pause(HELD_MS[form]);
  await client.query('ROLLBACK');
  await client.end();
}

const inject = async (target: FaultTarget): Promise<void> => {
  for (const step of [freeze, takeConnections, lockTasks]) {
    await step(target);
    await pause(BETWEEN_MS[target.form]);
  }
};

/** PostgreSQL is there, and does not serve. */
export const DATABASE_FAULTS: readonly Fault[] = [
  { id: 'E11', title: 'PostgreSQL frozen, out of connections, a hot table locked', inject },
];

function refusals({ system }: FaultTarget): number {
  return readJournal(system.journal).refusals;
}

/** Those that lie ready, and one more. */
async function useLogFiles(databaseUrl: string): Promise<void> {
  const sql = `SELECT pg_logical_emit_message(true, 'chaos', repeat('x', 1000)), pg_switch_wal()`;
  for (let files = 0; files < LOG_FILES; files += 1) await query(databaseUrl, sql).catch(() => undefined);
}

/** Fills the disk, sees that writes are refused and reads answered, and makes room again. */
function diskFault(id: string, title: string, disk: SmallDisk, areReadsServed: boolean): Fault {
  const findings: string[] = [];
  return {
    id,
    title,
    inject: async (target) => {
      const { form, remark, system } = target;
      const before = refusals(target);
      await disk.fill();
      // Where there is no room for it: the log wants a new file now, not in an hour.
      if (!areReadsServed) await useLogFiles(system.databaseUrl);
      await pause(HELD_MS[form] / 2);
      const answered = await query(system.databaseUrl, 'SELECT count(*) FROM task').then(
        () => true,
        () => false,
      );
      await pause(HELD_MS[form] / 2);
      const refused = refusals(target) - before;
      const hadEnded = await disk.free();
      if (refused === 0) findings.push('no write was refused: nothing is proved');
      if (areReadsServed && !answered) findings.push('a read was not answered');
      if (areReadsServed && hadEnded) findings.push('PostgreSQL ended, and had to be started again');
      remark(
        `${refused} writes were refused; reads were ${answered ? '' : 'not '}answered; PostgreSQL ${hadEnded ? 'had ended and was started again' : 'went on by itself'}`,
      );
    },
    prove: async () => findings,
  };
}

function fullDisk(id: string, title: string, isLogApart: boolean): Experiment {
  return {
    id,
    title,
    obstacle: findDiskObstacle,
    run: async (servers, form) => {
      const disk = await startOnSmallDisk(servers.stateDir, isLogApart);
      try {
        const urls = { ...servers.urls, databaseUrl: disk.databaseUrl };
        return await runFault({ ...servers, urls }, diskFault(id, title, disk, isLogApart), form);
      } finally {
        await disk.remove();
      }
    },
  };
}

/** The disk of PostgreSQL has no byte left. */
export const DISK_FAULTS: readonly Experiment[] = [
  fullDisk('E12', 'the disk of PostgreSQL is full, its log lies on another one', true),
  fullDisk('E12b', 'the disk of PostgreSQL is full, that of its log too', false),
];
