import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { processStart } from '../lock.mjs';
import { freePort } from './ports.ts';
import { reasonOf, SetupError } from './setup-error.ts';

export type ServerName = 'postgres' | 'nats' | 'redis';

/** How to run one server: what `spawn` needs. The environment is complete, nothing is inherited. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly uid?: number;
  readonly gid?: number;
}

/** One kind of server we can bring up ourselves. */
export interface ServerSpec {
  readonly name: ServerName;
  /** Its name in messages. */
  readonly label: string;
  /** The signal of an orderly and prompt stop. */
  readonly stopSignal: NodeJS.Signals;
  /** Finds or fetches the program and writes its files, for 127.0.0.1 and that port. */
  prepare(port: number): Promise<Launch>;
  /** Connects with our credentials and answers the server's version; throws while it is not ready. */
  probe(port: number): Promise<string>;
}

export interface RunningServer {
  readonly port: number;
  readonly version: string;
  /** False when a server that an earlier start left running was taken. */
  readonly started: boolean;
}

interface Recorded {
  readonly port: number;
  readonly pid?: number;
  readonly start?: string;
}

const READY_WITHIN_MS = 60_000;
const KILL_AFTER_MS = 10_000;

/**
 * Makes sure the server of this state folder runs: takes the recorded one when that very process is alive
 * and answers, else starts it, on the port it had before if that is free. The caller holds the lock.
 *
 * The process gets its own session, so Ctrl-C in the terminal reaches only us; it outlives us until
 * {@link stopServer}. If we are killed, the next start finds it by its record.
 * @throws SetupError when it does not come up within 60 s
 */
export async function ensureServer(spec: ServerSpec, stateDir: string): Promise<RunningServer> {
  const recorded = readRecord(stateDir, spec.name);
  if (recorded && isRunning(recorded)) {
    const version = await answersWithin(spec, recorded, 10_000);
    if (version !== undefined) return { port: recorded.port, version, started: false };
    await stopServer(spec, stateDir);
  }
  const first = await launch(spec, stateDir, await freePort(recorded?.port));
  if (first !== 'port taken') return first;
  // Somebody took the port between our look and the server's bind.
  const second = await launch(spec, stateDir, await freePort());
  if (second !== 'port taken') return second;
  throw new SetupError(`${spec.label} found its port taken twice; run the command again.`);
}

/** Stops the recorded server if it runs; after 10 s it is killed. The port stays on record. */
export async function stopServer(
  spec: Pick<ServerSpec, 'name' | 'stopSignal'>,
  stateDir: string,
): Promise<void> {
  const recorded = readRecord(stateDir, spec.name);
  if (recorded?.pid === undefined) return;
  if (isRunning(recorded)) {
    signal(recorded.pid, spec.stopSignal);
    const deadline = Date.now() + KILL_AFTER_MS;
    while (isRunning(recorded)) {
      if (Date.now() > deadline) signal(recorded.pid, 'SIGKILL');
      await pause(20);
    }
  }
  writeRecord(stateDir, spec.name, { port: recorded.port });
}

/** The server of a state folder that runs now. */
export function findRunning(stateDir: string, name: ServerName): { readonly port: number } | undefined {
  const recorded = readRecord(stateDir, name);
  return recorded !== undefined && isRunning(recorded) ? recorded : undefined;
}

/** Sends a signal to the server of a state folder, if it runs. */
export function signalServer(stateDir: string, name: ServerName, signalName: NodeJS.Signals): void {
  const recorded = readRecord(stateDir, name);
  if (recorded !== undefined && isRunning(recorded)) signal(recorded.pid, signalName);
}

async function launch(
  spec: ServerSpec,
  stateDir: string,
  port: number,
): Promise<RunningServer | 'port taken'> {
  const plan = await spec.prepare(port);
  const logFile = openLog(stateDir, spec.name);
  const child = spawn(plan.command, plan.args, {
    cwd: plan.cwd,
    env: plan.env,
    ...(plan.uid === undefined ? {} : { uid: plan.uid }),
    ...(plan.gid === undefined ? {} : { gid: plan.gid }),
    stdio: ['ignore', logFile.descriptor, logFile.descriptor],
    detached: true,
  });
  closeSync(logFile.descriptor);
  const spawnError = new Promise<Error | undefined>((resolve) => {
    child.once('error', resolve);
    child.once('spawn', () => resolve(undefined));
  });
  const failed = await spawnError;
  if (failed || child.pid === undefined) {
    throw new SetupError(`${spec.label} cannot be started (${reasonOf(failed)}); check ${plan.command}.`, {
      cause: failed,
    });
  }
  child.unref();
  const start = processStart(child.pid);
  const record: Recorded = { port, pid: child.pid, ...(start === undefined ? {} : { start }) };
  // Before it is ready: should we die now, the next start still finds it.
  writeRecord(stateDir, spec.name, record);
  const version = await answersWithin(spec, record, READY_WITHIN_MS);
  if (version !== undefined) return { port, version, started: true };
  await stopServer(spec, stateDir);
  const tail = readFileSync(logFile.path, 'utf8').trimEnd().split('\n').slice(-20);
  if (tail.some((line) => /address already in use|could not bind|bind: /i.test(line))) return 'port taken';
  const telling = tail.findLast((line) => /fatal|panic|error|\[(?:ftl|err)\]/i.test(line)) ?? tail.at(-1);
  throw new SetupError(
    `${spec.label} does not come up: "${telling?.trim() || 'it wrote nothing'}"; see ${logFile.path}.`,
  );
}

/** The version as soon as the server answers; undefined once its process ended or the time is over. */
async function answersWithin(
  spec: ServerSpec,
  record: Recorded,
  timeoutMs: number,
): Promise<string | undefined> {
  const deadline = Date.now() + timeoutMs;
  while (isRunning(record) && Date.now() < deadline) {
    try {
      return await spec.probe(record.port);
    } catch {
      // Not ready yet. What went wrong for good stands in the server's log.
      await pause(50);
    }
  }
  return undefined;
}

function isRunning(record: Recorded): record is Recorded & { readonly pid: number } {
  return record.pid !== undefined && record.start !== undefined && processStart(record.pid) === record.start;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function openLog(stateDir: string, name: ServerName): { path: string; descriptor: number } {
  const folder = join(stateDir, 'log');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.log`);
  rmSync(`${path}.1`, { force: true });
  try {
    renameSync(path, `${path}.1`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return { path, descriptor: openSync(path, 'a', 0o600) };
}

function recordPath(stateDir: string, name: ServerName): string {
  return join(stateDir, 'run', `${name}.json`);
}

function readRecord(stateDir: string, name: ServerName): Recorded | undefined {
  try {
    return JSON.parse(readFileSync(recordPath(stateDir, name), 'utf8')) as Recorded;
  } catch {
    // Absent on the first start; a torn file is as good as absent.
    return undefined;
  }
}

function writeRecord(stateDir: string, name: ServerName, record: Recorded): void {
  const path = recordPath(stateDir, name);
  writeFileSync(`${path}.draft`, JSON.stringify(record));
  renameSync(`${path}.draft`, path);
}
