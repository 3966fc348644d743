import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const STOP_LIMIT_MS = 15_000;

/** Which cores of the machine who may use. */
export interface Cores {
  readonly gateway: string;
  readonly load: string;
  readonly subgraphs: string;
}

/** The cores for a run; null where the system cannot pin a process or has only one. */
export function findCores(): Cores | null {
  if (!existsSync('/proc/self/status') || spawnSync('taskset', ['--version']).error !== undefined)
    return null;
  const list = /Cpus_allowed_list:\s*(\S+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
  const [load, gateway, subgraphs = load] = list.split(',').flatMap((part) => {
    const [first = 0, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
  });
  return load === undefined || gateway === undefined || subgraphs === undefined
    ? null
    : { gateway, load, subgraphs };
}

/** Starts Node on one core. It hears `disconnect` when this process is gone. */
export function spawnNode(
  args: readonly string[],
  core: string | undefined,
  options: SpawnOptions,
): ChildProcess {
  // taskset becomes the program that it starts, so the pid is Node's.
  return core === undefined
    ? spawn(process.execPath, args, options)
    : spawn('taskset', ['-c', core, process.execPath, ...args], options);
}

/** SIGTERM, and SIGKILL for a process that does not go. */
export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await exited;
  clearTimeout(killer);
}

/** A process of ours that is told things and answers. */
export interface Worker<Message, Report> {
  readonly tell: (message: Message) => void;
  /** The next report. @throws Error when the process ends before it reports */
  readonly report: () => Promise<Report>;
  readonly stop: () => Promise<void>;
}

/** Starts one of our own programs on a core. */
export function startWorker<Message extends object, Report>(
  program: URL,
  core: string | undefined,
  args: readonly string[] = [],
): Worker<Message, Report> {
  const child = spawnNode([fileURLToPath(program), ...args], core, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return {
    // One that has ended is found out by whoever waits for its report.
    tell: (message) => child.connected && child.send(message),
    report: () =>
      new Promise((resolve, reject) => {
        const onExit = (): void => reject(new Error(`${fileURLToPath(program)} ended.`));
        child.once('exit', onExit);
        child.once('message', (report) => {
          child.off('exit', onExit);
          resolve(report as Report);
        });
      }),
    stop: () => stopProcess(child),
  };
}
