import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupError } from '../infra/setup-error.ts';

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 25_000;
const PROBE_INTERVAL_MS = 50;
const TELEMETRY = fileURLToPath(new URL('../../packages/shared/src/telemetry/register.ts', import.meta.url));

/** A process to start. */
export interface ServiceSpec {
  readonly name: string;
  /** Its main.ts. */
  readonly main: URL;
  readonly environment: Readonly<Record<string, string>>;
  /** Answers 200 at `/health/readiness` once it is ready. */
  readonly url: string;
  readonly logFile: string;
}

/** A process that answers. */
export interface ServiceProcess {
  readonly name: string;
  readonly pid: number;
  /** Resolves when it has ended, whoever ended it. */
  readonly exited: Promise<void>;
  /** SIGTERM, and SIGKILL for one that does not go. Idempotent. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts one service in a Node process of its own and waits until it is ready. Its lines go to its log file. It stops
 * by itself when this process dies, because the channel between them closes.
 * @throws SetupError with its last words when it ends or is not ready within a minute
 */
export async function startServiceProcess(spec: ServiceSpec): Promise<ServiceProcess> {
  mkdirSync(dirname(spec.logFile), { recursive: true });
  const log = openSync(spec.logFile, 'w');
  const env: NodeJS.ProcessEnv = { ...process.env, OTEL_SERVICE_NAME: spec.name, ...spec.environment };
  const tracing = env['OTEL_EXPORTER_OTLP_ENDPOINT'] === undefined ? [] : ['--import', TELEMETRY];
  const child = spawn(process.execPath, [...tracing, fileURLToPath(spec.main)], {
    env,
    stdio: ['ignore', log, log, 'ipc'],
    // A group of its own: Ctrl-C reaches the front door alone, which stops everything in order.
    detached: true,
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const running: ServiceProcess = {
    name: spec.name,
    pid: child.pid ?? 0,
    exited,
    stop: () => stopChild(child, exited),
  };
  try {
    await waitUntilReady(spec, child);
    return running;
  } catch (error) {
    await running.stop();
    throw error;
  }
}

async function waitUntilReady(spec: ServiceSpec, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + START_LIMIT_MS;
  while (performance.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new SetupError(
        `The service "${spec.name}" ended while it started: ${lastWords(spec.logFile)} (log: ${spec.logFile}).`,
      );
    }
    const ready = await fetch(new URL('/health/readiness', spec.url)).then(
      ({ status }) => status === 200,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, PROBE_INTERVAL_MS));
  }
  throw new SetupError(
    `The service "${spec.name}" is not ready after a minute: ${lastWords(spec.logFile)} (log: ${spec.logFile}).`,
  );
}

/** The line of a log that says most: the last one that names an error, else the last one. */
function lastWords(logFile: string): string {
  const lines = readFileSync(logFile, 'utf8').trim().split('\n');
  const telling = lines.findLast((line) => /cannot start|Error\b/.test(line)) ?? lines.at(-1) ?? '';
  return telling === '' ? 'it said nothing' : telling.trim().slice(0, 300);
}

async function stopChild(child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await exited;
  clearTimeout(killer);
}
