import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { dropSmallDisk } from './small-disk.ts';
import { damageStream } from '../packages/shared/test/own-nats.ts';
import {
  CHECKOUT_STATE_DIR,
  type Infrastructure,
  startInfrastructure,
} from '../scripts/infra/infrastructure.ts';
import { natsServer } from '../scripts/infra/nats.ts';
import { freePort } from '../scripts/infra/ports.ts';
import { postgresServer } from '../scripts/infra/postgres.ts';
import { redisServer } from '../scripts/infra/redis.ts';
import {
  ensureServer,
  type ServerName,
  type ServerSpec,
  stopServer,
} from '../scripts/infra/server-process.ts';
import { reasonOf, SetupError } from '../scripts/infra/setup-error.ts';

const BACK_WITHIN_MS = 60_000;
const LOOK_MS = 20;

/** The servers of the runs, ours to break. */
export interface BreakableServers {
  /** Folder of the servers, for whatever else a run leaves; it goes with them. */
  readonly stateDir: string;
  readonly urls: Pick<Infrastructure, 'databaseUrl' | 'natsUrl' | 'redisUrl'>;
  /** One line for a table. */
  readonly versions: string;
  /** Sends the signal to the server's own process and resolves once that has gone. */
  readonly kill: (name: ServerName, signal: 'SIGKILL' | 'SIGQUIT') => Promise<void>;
  /** SIGSTOP to the server's process and to those that it has started: connections stay, nothing answers. */
  readonly freeze: (name: ServerName) => Promise<void>;
  /** Lets all of them go on. */
  readonly thaw: (name: ServerName) => Promise<void>;
  /** Stops it in order. */
  readonly stop: (name: ServerName) => Promise<void>;
  /** Starts it again at its old address. */
  readonly restart: (name: ServerName) => Promise<void>;
  /** Deletes all that JetStream has stored; the server must be down. */
  readonly wipeJetStream: () => void;
  /** Flips a bit in the middle of the newest block of a stream and cuts off its end; the server must be down. */
  readonly damageStream: (stream: string) => Promise<void>;
  /** Stops everything and removes the state folder. */
  readonly remove: () => Promise<void>;
}

/**
 * Starts servers of our own in `.hoerok/<folder>`; whoever calls must be the only one to use it. `NATS_SERVER` in the
 * environment names the nats-server program to use.
 * @throws SetupError
 */
export async function startServers(
  folder: string,
  log: (line: string) => void,
  signal: AbortSignal,
): Promise<BreakableServers> {
  const stateDir = join(CHECKOUT_STATE_DIR, folder);
  // What a run that was killed has left behind: its servers are on record, its data is of no use.
  const abandoned = listSpecs(stateDir, join(CHECKOUT_STATE_DIR, 'servers'), log);
  await Promise.all(Object.values(abandoned).map((spec) => stopServer(spec, stateDir)));
  await dropSmallDisk(stateDir);
  rmSync(stateDir, { recursive: true, force: true });
  const serversDir = choosePrograms(stateDir, process.env['NATS_SERVER']);
  const infrastructure = await startInfrastructure({ stateDir, serversDir, env: {}, log, signal });
  const specs = listSpecs(stateDir, serversDir, log);
  const { postgres, nats, redis } = infrastructure.versions;
  return {
    stateDir,
    urls: infrastructure,
    versions: `PostgreSQL ${postgres}, NATS ${nats}, Redis ${redis}`,
    kill: async (name, killSignal) => {
      const { pid } = readRecord(stateDir, name);
      process.kill(pid, killSignal);
      await waitFor(`${name} to be gone`, () => !isAlive(pid));
    },
    freeze: async (name) => await signalFamily(readRecord(stateDir, name).pid, 'SIGSTOP'),
    thaw: async (name) => await signalFamily(readRecord(stateDir, name).pid, 'SIGCONT'),
    stop: (name) => stopServer(specs[name], stateDir),
    restart: (name) => restart(stateDir, specs[name]),
    wipeJetStream: () => rmSync(join(stateDir, 'nats', 'jetstream'), { recursive: true, force: true }),
    damageStream: (stream) => damageStream(join(stateDir, 'nats', 'jetstream'), stream, { flip: true }),
    remove: async () => {
      await infrastructure.stop();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}

function listSpecs(
  stateDir: string,
  serversDir: string,
  log: (line: string) => void,
): Record<ServerName, ServerSpec> {
  return {
    postgres: postgresServer(stateDir),
    nats: natsServer(stateDir, serversDir, log),
    redis: redisServer(stateDir, serversDir, log),
  };
}

/** The folder of the programs: that of the checkout, or one of our own that holds the operator's nats-server. */
function choosePrograms(stateDir: string, natsProgram: string | undefined): string {
  const shared = join(CHECKOUT_STATE_DIR, 'servers');
  if (natsProgram === undefined) return shared;
  const own = join(stateDir, 'servers');
  mkdirSync(join(own, 'nats-server'), { recursive: true });
  mkdirSync(join(shared, 'redis-server'), { recursive: true });
  copyFileSync(natsProgram, join(own, 'nats-server', 'nats-server'));
  symlinkSync(join(shared, 'redis-server'), join(own, 'redis-server'));
  return own;
}

async function restart(stateDir: string, spec: ServerSpec): Promise<void> {
  const { port } = readRecord(stateDir, spec.name);
  // Processes of a killed PostgreSQL may hold its port and its memory for a moment longer.
  await waitFor(`port ${port} to be free`, async () => (await freePort(port)) === port);
  const deadline = Date.now() + BACK_WITHIN_MS;
  for (;;) {
    try {
      await ensureServer(spec, stateDir);
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await pause(LOOK_MS);
    }
  }
}

/** The parent first when they stop, so that it starts no more of them. */
async function signalFamily(pid: number, signal: 'SIGSTOP' | 'SIGCONT'): Promise<void> {
  process.kill(pid, signal);
  const { stdout } = await promisify(execFile)('pgrep', ['-P', String(pid)]).catch(() => ({ stdout: '' }));
  for (const child of stdout.split('\n').filter((line) => line !== '')) {
    try {
      process.kill(Number(child), signal);
    } catch {
      // It has ended meanwhile.
    }
  }
}

function readRecord(stateDir: string, name: ServerName): { readonly pid: number; readonly port: number } {
  const path = join(stateDir, 'run', `${name}.json`);
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as { pid: number; port: number };
  } catch (error) {
    throw new SetupError(`${path} cannot be read: ${reasonOf(error)}.`, { cause: error });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // No such process.
    return false;
  }
}

async function waitFor(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + BACK_WITHIN_MS;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new SetupError(`Waited in vain for ${what}.`);
    await pause(LOOK_MS);
  }
}
