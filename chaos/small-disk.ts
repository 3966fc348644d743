/** A PostgreSQL whose data lies on a disk so small that it can be filled: a tmpfs, which only root may mount. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { postgresServer, postgresUrl } from '../scripts/infra/postgres.ts';
import { ensureServer, stopServer } from '../scripts/infra/server-process.ts';
import { reasonOf } from '../scripts/infra/setup-error.ts';

const execute = promisify(execFile);
const FOLDER = 'small-disk';
/** A fresh cluster with a database takes some 70 MiB, 16 of them for its log. */
const SIZE_MIB = 128;
const CHUNK = Buffer.alloc(256 * 1_024);

/** PostgreSQL on a disk of its own. */
export interface SmallDisk {
  readonly databaseUrl: string;
  /** Takes every byte that is left. */
  readonly fill: () => Promise<void>;
  /** Gives them back, and starts PostgreSQL again should it have ended; answers whether it had. */
  readonly free: () => Promise<boolean>;
  readonly remove: () => Promise<void>;
}

/** Why no small disk can be mounted here; undefined when it can. */
export async function findDiskObstacle(): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'hoerok-disk-'));
  try {
    await mount(folder, 1);
    await execute('umount', [folder]);
    return undefined;
  } catch (error) {
    return `no small disk can be mounted here (${reasonOf(error)})`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Starts PostgreSQL below `stateDir`; `isLogApart` leaves its write-ahead log on the large disk. */
export async function startOnSmallDisk(stateDir: string, isLogApart: boolean): Promise<SmallDisk> {
  const own = join(stateDir, FOLDER);
  const disk = join(own, 'postgres');
  mkdirSync(disk, { recursive: true, mode: 0o700 });
  mkdirSync(join(own, 'run'));
  await mount(disk, SIZE_MIB);
  try {
    return await startOn(disk, own, isLogApart);
  } catch (error) {
    await dropSmallDisk(stateDir);
    throw error;
  }
}

async function startOn(disk: string, own: string, isLogApart: boolean): Promise<SmallDisk> {
  const spec = postgresServer(own);
  const ballast = join(disk, 'ballast');
  const start = async (): Promise<number> => (await ensureServer(spec, own)).port;
  let port = await start();
  if (isLogApart) {
    await stopServer(spec, own);
    const [from, to] = [join(disk, 'data', 'pg_wal'), join(own, 'pg_wal')];
    await execute('mv', [from, to]);
    await execute('ln', ['-s', to, from]);
    port = await start();
  }
  return {
    databaseUrl: postgresUrl(own, port),
    fill: async () => {
      writeFileSync(ballast, '');
      for (const chunk of [CHUNK, CHUNK.subarray(0, 4_096)]) await fillWith(ballast, chunk);
    },
    free: async () => {
      rmSync(ballast, { force: true });
      // One that runs is taken as it is.
      const { started } = await ensureServer(spec, own);
      return started;
    },
    remove: async () => await dropSmallDisk(join(own, '..')),
  };
}

/** Ends what {@link startOnSmallDisk} has left below `stateDir`, if anything. */
export async function dropSmallDisk(stateDir: string): Promise<void> {
  const own = join(stateDir, FOLDER);
  if (!existsSync(own)) return;
  await stopServer(postgresServer(own), own);
  // It may not be mounted any more; `-l`, for a process of PostgreSQL may be about to end.
  await execute('umount', ['-l', join(own, 'postgres')]).catch(() => undefined);
  rmSync(own, { recursive: true, force: true });
}

async function mount(folder: string, mib: number): Promise<void> {
  await execute('mount', ['-t', 'tmpfs', '-o', `size=${mib}m,mode=700`, 'tmpfs', folder]);
}

async function fillWith(file: string, chunk: Buffer): Promise<void> {
  for (;;) {
    try {
      await appendFile(file, chunk);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return;
      throw error;
    }
  }
}
