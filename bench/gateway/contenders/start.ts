import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../../scripts/infra/ports.ts';
import { spawnNode, stopProcess } from '../pinned.ts';
import type { AttachedMessage } from './attached.ts';
import type { Contender, Setting } from './contender.ts';

const ATTACHED = fileURLToPath(new URL('attached.ts', import.meta.url));
const START_LIMIT_MS = 60_000;
const PROBE_INTERVAL_MS = 50;

/** A contender that answers. */
export interface Running {
  readonly contender: Contender;
  readonly port: number;
  readonly pid: number;
  /** Asks it once; answers the text of the body. */
  readonly ask: (body: string, authorization: string) => Promise<string>;
  /** Memory it holds, in MB; NaN where the system has no /proc. */
  readonly rssMb: () => number;
  /** Begins or ends a CPU profile; resolves when that is done. */
  readonly profile: (message: AttachedMessage) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a contender on its core and waits until it answers. Its output goes to a file in `logDir`.
 * @throws Error with its last words when it ends or does not answer within a minute
 */
export async function startContender(
  contender: Contender,
  options: Omit<Setting, 'port'> & { readonly core: string | undefined; readonly logDir: string },
): Promise<Running> {
  const { core, logDir } = options;
  const port = await freePort();
  const setting = { ...options, port };
  mkdirSync(logDir, { recursive: true });
  const logFile = join(logDir, `${contender.key}.log`);
  const log = openSync(logFile, 'w');
  const child = spawnNode(['--import', ATTACHED, ...contender.args(setting)], core, {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      ...contender.environment(setting),
    },
    stdio: ['ignore', log, log, 'ipc'],
    ...(contender.cwd === undefined ? {} : { cwd: contender.cwd }),
  });
  closeSync(log);
  const pid = child.pid ?? 0;
  const ask = async (body: string, authorization: string): Promise<string> => {
    const headers = { 'content-type': 'application/json', accept: 'application/json', authorization };
    const response = await fetch(`http://127.0.0.1:${port}${contender.path}`, {
      method: 'POST',
      headers,
      body,
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${contender.name} answers ${response.status}: ${text.slice(0, 300)}`);
    return text;
  };
  const ready = async (): Promise<boolean> => {
    const answer = await ask('{"query":"{ __typename }"}', 'Bearer ready').catch(() => '');
    return answer.includes('"data"');
  };
  const deadline = performance.now() + START_LIMIT_MS;
  while (!(await ready())) {
    const ended = child.exitCode !== null || child.signalCode !== null;
    if (ended || performance.now() > deadline) {
      await stopProcess(child);
      const lastWords = readFileSync(logFile, 'utf8').trim().slice(-1_000);
      throw new Error(
        `${contender.name} ${ended ? 'ended' : 'does not answer'}: ${lastWords} (log: ${logFile})`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, PROBE_INTERVAL_MS));
  }
  return {
    contender,
    port,
    pid,
    ask,
    rssMb: () => residentMb(pid),
    profile: (message) =>
      new Promise((resolve, reject) => {
        child.once('message', () => resolve());
        child.once('exit', () => reject(new Error(`${contender.name} ended.`)));
        child.send(message);
      }),
    stop: () => stopProcess(child),
  };
}

function residentMb(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmRSS:\s*(\d+) kB/.exec(status)?.[1]) / 1_024;
  } catch {
    return Number.NaN;
  }
}
