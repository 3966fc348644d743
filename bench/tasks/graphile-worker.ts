import { EventEmitter } from 'node:events';
import pg from 'pg';
import { createBenchDatabase, listenTo } from './bench-database.ts';
import { CONCURRENCY, type Contender, POOL_SIZE } from './contender.ts';
import { importPeer, PEER_VERSIONS } from './peers.ts';

const TASK = 'empty';
const CHANNEL = 'bench_completed';
const FILL_CHUNK = 1_000;
const YEAR_MS = 365 * 24 * 3_600_000;

interface Job {
  readonly id: string;
}

/** The part of graphile-worker that is used. */
interface GraphileWorker {
  readonly Logger: new (factory: () => () => void) => object;
  readonly makeWorkerUtils: (options: object) => Promise<{
    addJob(task: string, payload: object): Promise<Job>;
    addJobs(jobs: readonly { identifier: string; payload: object; runAt: Date }[]): Promise<unknown>;
    migrate(): Promise<void>;
    release(): Promise<void>;
  }>;
  readonly run: (options: object) => Promise<{ stop(): Promise<void> }>;
}

/**
 * graphile-worker with its defaults and {@link CONCURRENCY}. It deletes finished jobs, so what is stored beforehand is
 * due in a year. Clients hear of an end by a NOTIFY that the worker sends on its documented event `job:complete`.
 */
export const graphileWorker: Contender = {
  name: `graphile-worker ${PEER_VERSIONS['graphile-worker']}`,
  open: async ({ databaseUrl }) => {
    const { Logger, makeWorkerUtils, run } = await importPeer<GraphileWorker>('graphile-worker');
    const database = await createBenchDatabase(databaseUrl);
    const pgPool = new pg.Pool({ connectionString: database.url, max: POOL_SIZE });
    // The library insists on listeners: without them a lost connection would end the process.
    pgPool.on('error', () => undefined);
    pgPool.on('connect', (client) => client.on('error', () => undefined));
    const logger = new Logger(() => () => undefined);
    const jobs = await makeWorkerUtils({ pgPool, logger });
    await jobs.migrate();
    return {
      enqueue: async () => (await jobs.addJob(TASK, {})).id,
      fill: async (count) => {
        const runAt = new Date(Date.now() + YEAR_MS);
        for (let left = count; left > 0; left -= FILL_CHUNK) {
          const size = Math.min(left, FILL_CHUNK);
          await jobs.addJobs(Array.from({ length: size }, () => ({ identifier: TASK, payload: {}, runAt })));
        }
        await database.query('VACUUM ANALYZE');
      },
      work: async ({ started, tellsClients }) => {
        const events = new EventEmitter();
        const tell = ({ job }: { job: Job }): void =>
          void pgPool.query('SELECT pg_notify($1, $2)', [CHANNEL, String(job.id)]);
        if (tellsClients) events.on('job:complete', tell);
        const handler = async (_payload: unknown, helpers: { job: Job }): Promise<void> =>
          started(helpers.job.id);
        const options = { concurrency: CONCURRENCY, noHandleSignals: true, taskList: { [TASK]: handler } };
        const runner = await run({ ...options, pgPool, logger, events });
        return () => runner.stop();
      },
      watch: (completed) => listenTo(database.url, CHANNEL, completed),
      unpublished: async () => 0,
      unfinished: async () => {
        const sql = 'SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE run_at <= now()';
        return (await database.query<{ n: number }>(sql))[0]?.n ?? 0;
      },
      close: async () => {
        await jobs.release();
        await pgPool.end();
        await database.remove();
      },
    };
  },
};
