import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { environmentOf, type SystemAddress } from './system.ts';

/** How soon a supervisor starts a process again that has ended. */
const RESTART_MS = 300;

/** What a process gets besides the address of the system. */
export interface ProcessOptions {
  /** Fault point at which it dies. */
  readonly crashAt?: string;
  /** `relay` leaves out all that consumes, `queue` what takes operations from clients. */
  readonly role?: 'relay' | 'queue';
  readonly environment?: NodeJS.ProcessEnv;
}

/** Starts `worker.ts` or `writer.ts` as a process of its own. */
export function startProcess(
  script: 'worker' | 'writer',
  system: SystemAddress,
  options: ProcessOptions = {},
): ChildProcess {
  return spawn(process.execPath, [fileURLToPath(new URL(`${script}.ts`, import.meta.url))], {
    env: {
      ...environmentOf(system),
      ...(options.crashAt === undefined ? {} : { CRASH_AT: options.crashAt }),
      ...(options.role === undefined ? {} : { ROLE: options.role }),
      ...options.environment,
    },
    // A worker that finds no server at its start says so and ends; its supervisor tries again.
    stdio: ['ignore', 'inherit', process.env['CHAOS_LOG_LEVEL'] === undefined ? 'ignore' : 'inherit'],
  });
}

/** Ends a process in order, or after 15 s by force; resolves once it is gone. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  const force = setTimeout(() => child.kill('SIGKILL'), 15_000);
  child.kill('SIGCONT');
  child.kill('SIGTERM');
  await ended;
  clearTimeout(force);
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** Replicas of the worker under a supervisor that starts again what dies. */
export interface Fleet {
  /** The replica at that place, as it runs now. */
  readonly replica: (place: number) => ChildProcess;
  /** Ends all replicas, and starts none again until {@link Fleet.resume}. */
  readonly pause: () => Promise<void>;
  readonly resume: () => void;
  /** Ends the replica in order; from now on it is started with this environment besides the usual one. */
  readonly equip: (place: number, environment: NodeJS.ProcessEnv) => Promise<void>;
  readonly size: number;
}

/** Starts a replica for each of the addresses. */
export function startFleet(addresses: readonly SystemAddress[]): Fleet {
  const size = addresses.length;
  const replicas: ChildProcess[] = [];
  const equipment = new Map<number, NodeJS.ProcessEnv>();
  let running = true;
  const start = (place: number): void => {
    const [first] = addresses;
    const address = addresses[place] ?? first;
    if (address === undefined) throw new Error('A fleet needs an address.');
    const child = startProcess('worker', address, { environment: equipment.get(place) ?? {} });
    replicas[place] = child;
    child.once('exit', () => void startAgain(place));
  };
  const startAgain = async (place: number): Promise<void> => {
    await pause(RESTART_MS);
    const child = replicas[place];
    if (running && child !== undefined && hasEnded(child)) start(place);
  };
  const startAll = (): void => {
    for (let place = 0; place < size; place += 1) start(place);
  };
  startAll();
  return {
    size,
    replica: (place) => {
      const child = replicas[place];
      if (child === undefined) throw new Error(`There is no replica ${place}.`);
      return child;
    },
    pause: async () => {
      running = false;
      await Promise.all(replicas.map(endProcess));
    },
    resume: () => {
      if (running) return;
      running = true;
      startAll();
    },
    equip: async (place, environment) => {
      equipment.set(place, environment);
      const child = replicas[place];
      if (child !== undefined) await endProcess(child);
    },
  };
}
