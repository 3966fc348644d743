import { createBenchDatabase, listenTo } from './bench-database.ts';
import { CONCURRENCY, type Contender, POOL_SIZE } from './contender.ts';
import { importPeer, PEER_VERSIONS } from './peers.ts';

const QUEUE = 'bench';
const CHANNEL = 'bench_completed';
const FILL_CHUNK = 1_000;

interface Job {
  readonly id: string;
}

interface Db {
  executeSql(sql: string, parameters: readonly unknown[]): Promise<unknown>;
}

/** The part of pg-boss that is used. */
interface PgBoss {
  readonly PgBoss: new (
    options: object,
  ) => {
    on(event: 'error', listener: (error: unknown) => void): unknown;
    start(): Promise<unknown>;
    stop(options: object): Promise<void>;
    createQueue(name: string, options: object): Promise<void>;
    send(name: string, payload: object): Promise<string | null>;
    insert(name: string, jobs: readonly object[]): Promise<unknown>;
    work(
      name: string,
      options: object,
      handler: (jobs: readonly Job[], transaction?: Db) => Promise<void>,
    ): Promise<string>;
    offWork(name: string, options: object): Promise<void>;
  };
}

/**
 * pg-boss with LISTEN/NOTIFY and one worker that takes {@link CONCURRENCY} jobs at a time for as long as there are so
 * many (`burstWhenBatchFull`). It has no completion event for clients: its documented transactional handler sends a
 * NOTIFY that commits with the completion.
 */
export const pgBoss: Contender = {
  name: `pg-boss ${PEER_VERSIONS['pg-boss']}`,
  open: async ({ databaseUrl }) => {
    const { PgBoss } = await importPeer<PgBoss>('pg-boss');
    const database = await createBenchDatabase(databaseUrl);
    const boss = new PgBoss({ connectionString: database.url, max: POOL_SIZE, useListenNotify: true });
    boss.on('error', (error) => console.error('pg-boss:', error));
    await boss.start();
    await boss.createQueue(QUEUE, { notify: true });
    return {
      enqueue: async () => (await boss.send(QUEUE, {})) ?? '',
      fill: async (count) => {
        for (let left = count; left > 0; left -= FILL_CHUNK)
          await boss.insert(
            QUEUE,
            Array.from({ length: Math.min(left, FILL_CHUNK) }, () => ({})),
          );
        await database.query(
          `UPDATE pgboss.job SET state = 'completed', started_on = now(), completed_on = now() WHERE name = $1`,
          [QUEUE],
        );
        await database.query('VACUUM ANALYZE');
      },
      work: async ({ started, tellsClients }) => {
        const options = { batchSize: CONCURRENCY, burstWhenBatchFull: true, transactional: tellsClients };
        await boss.work(QUEUE, options, async (jobs, transaction) => {
          for (const { id } of jobs) {
            started(id);
            if (tellsClients) await transaction?.executeSql('SELECT pg_notify($1, $2)', [CHANNEL, id]);
          }
        });
        return () => boss.offWork(QUEUE, { wait: true });
      },
      watch: (completed) => listenTo(database.url, CHANNEL, completed),
      unpublished: async () => 0,
      unfinished: async () => {
        const sql = `SELECT count(*)::int AS n FROM pgboss.job WHERE name = $1 AND state < 'completed'`;
        return (await database.query<{ n: number }>(sql, [QUEUE]))[0]?.n ?? 0;
      },
      close: async () => {
        await boss.stop({ graceful: false, close: true });
        await database.remove();
      },
    };
  },
};
