import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { AppError, PermanentError } from '@hoerok/shared/errors';

/** A program, and how far it may go. */
export interface LimitedProgram {
  readonly path: string;
  readonly args: readonly string[];
  /** It may write here; everything else it is given by its arguments. */
  readonly directory: string;
  readonly timeoutMs: number;
  readonly maxMemoryMiB: number;
  /** Of what it prints; more ends it. */
  readonly maxOutputBytes: number;
  readonly signal: AbortSignal;
  /** Its last complaints go to the log when it fails; not those of a program that may complain of words. @default true */
  readonly logComplaints?: boolean;
}

/**
 * Runs a program that reads what users have sent, in a process of its own: none of our environment, bounds on memory,
 * processor time, open files and output, and killed with its children at the deadline or with the signal.
 * @returns what it printed.
 * @throws PermanentError `UNREADABLE_RECORDING` when it fails; AppError `TIMEOUT`; the signal's reason.
 */
export async function runLimited(program: LimitedProgram): Promise<string> {
  const { path, args, directory, timeoutMs, signal } = program;
  signal.throwIfAborted();
  const seconds = Math.ceil(timeoutMs / 1_000);
  // The shell sets the limits and is then replaced by the program; arguments never pass through its syntax.
  const limits = `ulimit -c 0; ulimit -n 64; ulimit -t ${seconds}; ulimit -v ${program.maxMemoryMiB * 1024} 2>/dev/null; exec "$@"`;
  const child = spawn('/bin/sh', ['-c', limits, 'sh', path, ...args], {
    cwd: directory,
    env: {
      PATH: process.env['PATH'] ?? '/usr/bin:/bin',
      LANG: 'C.UTF-8',
      HOME: directory,
      TMPDIR: directory,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let ended: 'signal' | 'deadline' | 'output' | undefined;
  const kill = (why: typeof ended): void => {
    ended ??= why;
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended by itself meanwhile.
    }
  };
  const onAbort = (): void => kill('signal');
  signal.addEventListener('abort', onAbort, { once: true });
  const timer = setTimeout(() => kill('deadline'), timeoutMs);
  const printed: Buffer[] = [];
  let bytes = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > program.maxOutputBytes) kill('output');
    else printed.push(chunk);
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-COMPLAINT_CHARS);
  });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (code === 0 && ended === undefined) return Buffer.concat(printed).toString('utf8');
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
  signal.throwIfAborted();
  if (ended === 'deadline')
    throw new AppError('TIMEOUT', 'The recording took too long to read.', { retryable: true });
  // What it complains of may hold words of the recording's sender: for the log, not for clients.
  throw new PermanentError('UNREADABLE_RECORDING', 'The recording could not be read; it may be damaged.', {
    cause: new Error(program.logComplaints === false ? 'its complaints are not kept' : complaint),
  });
}

const COMPLAINT_CHARS = 500;

/** The program itself when it is a path, else the first one of that name on PATH; null when there is none. */
export async function findProgram(name: string): Promise<string | null> {
  const places = name.includes('/')
    ? ['']
    : (process.env['PATH'] ?? '').split(delimiter).filter((place) => place !== '');
  for (const place of places) {
    const path = place === '' ? name : join(place, name);
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return null;
}
