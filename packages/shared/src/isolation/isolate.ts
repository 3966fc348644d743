import { bulkhead } from 'cockatiel';
import type { z } from 'zod';
import { AppError } from '../errors/index.ts';
import { untilAborted } from '../resilience/index.ts';
import { type IsolatedProcess, startIsolatedProcess, WorkFailed } from './isolated-process.ts';
import type { Progress } from './messages.ts';

/** Where and how isolated work runs. */
export interface IsolateOptions<O> {
  /** For messages. */
  readonly name: string;
  /** Its default export is an {@link IsolatedWork}; .ts or .js. Loaded in a process that has none of our environment. */
  readonly module: URL;
  /** What comes back is decoded by it. */
  readonly output: z.ZodType<O>;
  /** Of one process: its JavaScript heap; buffers beside it may take 192 MiB more. */
  readonly maxHeapMiB: number;
  /** Of one run, without the time it waits for a process. */
  readonly timeoutMs: number;
  /** Runs at the same time; further ones wait. */
  readonly processes: number;
  /** A process that nobody needs for so long ends. @default 60000 */
  readonly idleMs?: number;
}

/** Work outside this process, which it cannot harm. */
export interface Isolate<I, O> {
  /**
   * Runs the module once, in a process that is kept for the next run, or started first.
   * @throws PermanentError `TOO_LARGE` when it outgrows its memory; AppError `TIMEOUT` or `INTERNAL` (retryable) when it hangs
   * or its process ends; the signal's reason as soon as that aborts, with the process killed; otherwise what the work throws.
   */
  readonly run: (
    input: I,
    options: { readonly signal: AbortSignal; readonly onProgress?: Progress },
  ) => Promise<O>;
  /** Kills what still runs. Nothing is started afterwards. */
  readonly close: () => Promise<void>;
}

/**
 * Runs a module in processes of its own. Threads would be cheaper, but they do not contain memory: one array that grows
 * past the limit of its thread ends the whole process (measured with Node 24 and `resourceLimits`).
 */
export function createIsolate<I, O>(options: IsolateOptions<O>): Isolate<I, O> {
  const { idleMs = 60_000 } = options;
  const places = bulkhead(options.processes, Number.POSITIVE_INFINITY);
  const idle: { readonly child: IsolatedProcess; readonly timer: NodeJS.Timeout }[] = [];
  const closing = new AbortController();
  const alive = new Set<IsolatedProcess>();

  const take = (): IsolatedProcess => {
    for (let kept = idle.pop(); kept !== undefined; kept = idle.pop()) {
      clearTimeout(kept.timer);
      if (kept.child.isAlive()) return kept.child;
    }
    const child = startIsolatedProcess(options);
    alive.add(child);
    void child.gone.then(() => alive.delete(child));
    return child;
  };
  const keep = (child: IsolatedProcess): void => {
    const timer = setTimeout(() => {
      idle.splice(
        idle.findIndex((kept) => kept.child === child),
        1,
      );
      void child.end();
    }, idleMs).unref();
    idle.push({ child, timer });
  };
  const runOnce = async (input: I, signal: AbortSignal, onProgress: Progress): Promise<unknown> => {
    signal.throwIfAborted();
    const child = take();
    try {
      const output = await child.carryOut(input, { signal, onProgress, timeoutMs: options.timeoutMs });
      keep(child);
      return output;
    } catch (error) {
      if (!(error instanceof WorkFailed)) {
        void child.end();
        throw error;
      }
      keep(child);
      throw error.cause;
    }
  };
  return {
    run: async (input, { signal, onProgress = () => undefined }) => {
      const either = AbortSignal.any([signal, closing.signal]);
      const work = places.execute(() => runOnce(input, either, onProgress));
      return options.output.parse(await untilAborted(work, either));
    },
    close: async () => {
      closing.abort(new AppError('UNAVAILABLE', `${options.name} is shutting down.`, { retryable: true }));
      for (const { timer } of idle.splice(0)) clearTimeout(timer);
      await Promise.all([...alive].map((child) => child.end()));
    },
  };
}
