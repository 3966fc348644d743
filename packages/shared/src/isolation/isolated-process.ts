import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { AppError, type ErrorCode, ERROR_CODES, PermanentError, RetryAfter } from '../errors/index.ts';
import { untilAborted } from '../resilience/index.ts';
import { type Progress, reply, type Reply } from './messages.ts';

/** Node itself, its code and buffers that pass through, beside the heap. */
const OVERHEAD_MIB = 192;
const STDERR_TAIL = 4_000;
const OUT_OF_MEMORY = /out of memory/i;

/** A process that carries out one order at a time. */
export interface IsolatedProcess {
  /** Whatever rejects, unless the work itself has thrown, leaves a process that is no more good: end it. */
  readonly carryOut: (input: unknown, order: Order) => Promise<unknown>;
  /** Kills it, whatever it does; resolves when it is gone. */
  readonly end: () => Promise<void>;
  /** Resolves when it has ended, for whatever reason. */
  readonly gone: Promise<unknown>;
  readonly isAlive: () => boolean;
}

/** How an order is carried out. */
export interface Order {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly onProgress: Progress;
}

/** The work has thrown, and its process is as good as before. */
export class WorkFailed extends Error {
  override readonly name = 'WorkFailed';
}

/** Starts a process for a module. It gets no secrets: its environment is empty but for the time zone and the code cache. */
export function startIsolatedProcess(options: {
  readonly name: string;
  readonly module: URL;
  readonly maxHeapMiB: number;
}): IsolatedProcess {
  const { TZ, NODE_COMPILE_CACHE } = process.env;
  const child = fork(
    fileURLToPath(new URL('./child.ts', import.meta.url)),
    [options.module.href, String(process.pid), String(options.maxHeapMiB + OVERHEAD_MIB)],
    {
      execArgv: [`--max-old-space-size=${options.maxHeapMiB}`],
      env: {
        ...(TZ !== undefined && { TZ }),
        ...(NODE_COMPILE_CACHE !== undefined && { NODE_COMPILE_CACHE }),
      },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    },
  );
  // What hangs must not take the processors from its neighbours.
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-STDERR_TAIL)));
  // A process that waits for an order must not keep its parent alive; a failed start shows at its exit.
  child.unref();
  child.channel?.unref();
  (child.stderr as Socket | null)?.unref();
  child.on('error', () => undefined);
  const gone = once(child, 'close').catch(() => undefined);
  return {
    carryOut: (input, order) => carryOut(child, input, { ...options, ...order, stderr: () => stderr }),
    gone,
    isAlive: () => child.exitCode === null && child.signalCode === null && child.connected,
    end: async () => {
      child.ref();
      child.kill('SIGKILL');
      await gone;
    },
  };
}

async function carryOut(
  child: ChildProcess,
  input: unknown,
  order: Order & { readonly name: string; readonly maxHeapMiB: number; readonly stderr: () => string },
): Promise<unknown> {
  const outcome = Promise.withResolvers<unknown>();
  const onMessage = (raw: unknown): void => {
    const said = reply.safeParse(raw);
    if (!said.success) outcome.reject(new Error(`${order.name} sent what is no answer.`));
    else if (said.data.kind === 'progress') order.onProgress(said.data.fraction, said.data.stage);
    else if (said.data.kind === 'done') outcome.resolve(said.data.output);
    else outcome.reject(new WorkFailed(said.data.message, { cause: revive(said.data) }));
  };
  const onClose = (code: number | null, signal: string | null): void =>
    outcome.reject(explainEnd(order, code ?? signal));
  const timer = setTimeout(() => {
    const message = `The work of ${order.name} took longer than ${order.timeoutMs} ms.`;
    outcome.reject(new AppError('TIMEOUT', message, { retryable: true }));
  }, order.timeoutMs);
  child.on('message', onMessage);
  child.once('close', onClose);
  // What cannot be sent shows as the end of the process.
  child.send({ input }, () => undefined);
  try {
    return await untilAborted(outcome.promise, order.signal);
  } finally {
    clearTimeout(timer);
    child.off('message', onMessage);
    child.off('close', onClose);
  }
}

function explainEnd(
  order: { readonly name: string; readonly maxHeapMiB: number; readonly stderr: () => string },
  how: number | string | null,
): AppError {
  const cause = new Error(order.stderr());
  if (OUT_OF_MEMORY.test(cause.message))
    return new PermanentError('TOO_LARGE', `The work needed more than ${order.maxHeapMiB} MiB of memory.`, {
      cause,
    });
  const message = `The process of ${order.name} ended in the middle of its work (${how}).`;
  return new AppError('INTERNAL', message, { retryable: true, cause });
}

function revive({ message, stack, ours }: Extract<Reply, { kind: 'failed' }>): Error {
  const cause = new Error(stack);
  if (ours === null) return new Error(message, { cause });
  const code: ErrorCode = ours.code in ERROR_CODES ? (ours.code as ErrorCode) : 'INTERNAL';
  if (ours.permanent) return new PermanentError(code, message, { cause });
  if (ours.delayMs !== null) return new RetryAfter(ours.delayMs, message, { cause });
  return new AppError(code, message, { retryable: ours.retryable, cause });
}
