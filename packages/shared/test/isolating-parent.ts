import { z } from 'zod';
import { createIsolate } from '../src/isolation/index.ts';

// A process that runs work which hangs, so that a test can see what becomes of the work when this process is killed.
const isolate = createIsolate({
  name: 'poison',
  module: new URL('./isolated-poison.ts', import.meta.url),
  output: z.object({ said: z.string() }),
  maxHeapMiB: 64,
  timeoutMs: 60_000,
  processes: 1,
});
const signal = new AbortController().signal;
const { said } = await isolate.run({ how: 'pid' }, { signal });
const onProgress = (): void => void process.send?.(Number(said));
process.once('message', () => undefined);
await isolate.run({ how: 'a tight loop' }, { signal, onProgress });
