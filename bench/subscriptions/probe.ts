/** Loaded into each gateway before itself (`--import`): says what its process has used, and takes profiles. */
import { Session } from 'node:inspector/promises';
import { answerAsks } from './asking.ts';
import type { Usage } from './usage.ts';

// No gateway outlives the benchmark.
process.once('disconnect', () => process.exit(0));

const HEAP_SAMPLE_BYTES = 8_192;
let session: Session | undefined;

answerAsks({
  usage: ({ collect }: { readonly collect: boolean }): Usage => {
    // Twice: what finalizers let go of goes with the second.
    if (collect) for (let time = 0; time < 2; time += 1) globalThis.gc?.();
    const { user, system } = process.cpuUsage();
    const { rss, heapUsed } = process.memoryUsage();
    return { cpuMicros: user + system, rssBytes: rss, heapBytes: heapUsed };
  },
  startProfile: async ({ heap }: { readonly heap: boolean }) => {
    session = new Session();
    session.connect();
    if (heap) {
      await session.post('HeapProfiler.startSampling', { samplingInterval: HEAP_SAMPLE_BYTES });
      return;
    }
    await session.post('Profiler.enable');
    await session.post('Profiler.start');
  },
  /** What was allocated meanwhile and is still held. */
  stopHeapProfile: async () => {
    globalThis.gc?.();
    const { profile } = (await session?.post('HeapProfiler.stopSampling')) ?? {};
    session?.disconnect();
    return profile;
  },
  stopProfile: async () => {
    const { profile } = (await session?.post('Profiler.stop')) ?? {};
    session?.disconnect();
    return profile;
  },
});
