import { Redis } from 'ioredis';
import { CONCURRENCY, type Contender } from './contender.ts';
import { importPeer, PEER_VERSIONS } from './peers.ts';
import { until } from './until-done.ts';

const QUEUE = 'bench';
const FILL_CHUNK = 500;

interface Connection {
  readonly host: string;
  readonly port: number;
  readonly password: string;
}

/** The part of BullMQ that is used. */
interface BullMq {
  readonly Queue: new (
    name: string,
    options: { connection: Connection },
  ) => {
    add(name: string, payload: object): Promise<{ readonly id?: string }>;
    addBulk(jobs: readonly { name: string; data: object }[]): Promise<unknown>;
    getJobCounts(...states: string[]): Promise<Record<string, number>>;
    waitUntilReady(): Promise<unknown>;
    close(): Promise<void>;
  };
  readonly Worker: new (
    name: string,
    handler: (job: { readonly id?: string }) => Promise<void>,
    options: { connection: Connection; concurrency: number },
  ) => { waitUntilReady(): Promise<unknown>; close(): Promise<void> };
  readonly QueueEvents: new (
    name: string,
    options: { connection: Connection },
  ) => {
    on(event: 'completed', listener: (completed: { readonly jobId: string }) => void): unknown;
    waitUntilReady(): Promise<unknown>;
    close(): Promise<void>;
  };
}

/** BullMQ with its defaults: finished jobs stay, clients listen with `QueueEvents`. */
export const bullMq: Contender = {
  name: `BullMQ ${PEER_VERSIONS.bullmq}`,
  open: async ({ queueRedisUrl }) => {
    const { Queue, Worker, QueueEvents } = await importPeer<BullMq>('bullmq');
    const redis = new Redis(queueRedisUrl);
    await redis.flushall();
    const { hostname: host, port, password } = new URL(queueRedisUrl);
    const connection = { host, port: Number(port), password };
    const queue = new Queue(QUEUE, { connection });
    await queue.waitUntilReady();
    const unfinished = async (): Promise<number> => {
      const counts = await queue.getJobCounts('waiting', 'active', 'prioritized', 'delayed');
      return Object.values(counts).reduce((sum, count) => sum + count, 0);
    };
    const work = async (started: (id: string) => void, concurrency: number): Promise<() => Promise<void>> => {
      const handler = async (job: { readonly id?: string }): Promise<void> => started(job.id ?? '');
      const worker = new Worker(QUEUE, handler, { connection, concurrency });
      await worker.waitUntilReady();
      return () => worker.close();
    };
    return {
      enqueue: async () => (await queue.add('empty', {})).id ?? '',
      fill: async (count) => {
        const stop = await work(() => undefined, 100);
        for (let left = count; left > 0; left -= FILL_CHUNK) {
          const size = Math.min(left, FILL_CHUNK);
          await queue.addBulk(Array.from({ length: size }, () => ({ name: 'empty', data: {} })));
        }
        await until(async () => (await unfinished()) === 0);
        await stop();
      },
      work: ({ started }) => work(started, CONCURRENCY),
      watch: async (completed) => {
        const events = new QueueEvents(QUEUE, { connection });
        events.on('completed', ({ jobId }) => completed(jobId));
        await events.waitUntilReady();
        return () => events.close();
      },
      unpublished: async () => 0,
      unfinished,
      close: async () => {
        await queue.close();
        await redis.flushall();
        redis.disconnect();
      },
    };
  },
};
