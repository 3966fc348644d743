import { Worker } from 'node:worker_threads';
import { AppError, messageOf, PermanentError, RetryAfter } from '../errors/index.ts';
import type { IsolatedWork, Reply } from './messages.ts';

// The whole life of an isolated process: it carries out one order after another until its parent lets go of it.
const [module = '', parentPid, maxRssMiB] = process.argv.slice(2);
process.once('disconnect', () => process.exit());
// A terminal or supervisor signals the whole group; the parent decides whether this work may still finish.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);
new Worker(new URL('./watchdog.ts', import.meta.url), { workerData: { parentPid, maxRssMiB } }).unref();
const { default: work } = (await import(module)) as { default: IsolatedWork<unknown, unknown> };
// Orders that came before this are kept by Node.
process.on('message', (order: { readonly input: unknown }) => void carryOut(order.input));

async function carryOut(input: unknown): Promise<void> {
  try {
    const output = await work(input, (fraction, stage) => answer({ kind: 'progress', fraction, stage }));
    answer({ kind: 'done', output });
  } catch (error) {
    answer({
      kind: 'failed',
      message: messageOf(error),
      stack: error instanceof Error ? (error.stack ?? '') : '',
      ours: error instanceof AppError ? describe(error) : null,
    });
  }
}

function describe(error: AppError): Extract<Reply, { kind: 'failed' }>['ours'] {
  return {
    code: error.code,
    permanent: error instanceof PermanentError,
    retryable: error.retryable,
    delayMs: error instanceof RetryAfter ? error.delayMs : null,
  };
}

function answer(said: Reply): void {
  process.send?.(said);
}
