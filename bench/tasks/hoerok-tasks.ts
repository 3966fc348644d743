import { randomBytes } from 'node:crypto';
import type { TaskSnapshot } from '@hoerok/shared/contracts';
import { createDataSource, createTransact, migrate } from '@hoerok/shared/database';
import {
  connectMessaging,
  ensureStreams,
  eventSubject,
  type Messaging,
  qualify,
} from '@hoerok/shared/messaging';
import { startRelay } from '@hoerok/shared/outbox';
import {
  DEFAULT_TASK_POLICY,
  defineTask,
  enqueueTask,
  snapshotOf,
  startSweeper,
  startWorkers,
  type TaskDefinition,
  type TaskRow,
} from '@hoerok/shared/tasks';
import { createLogger } from '@hoerok/shared/telemetry';
import { z } from 'zod';
import { type BenchDatabase, createBenchDatabase } from './bench-database.ts';
import { CONCURRENCY, type Contender, POOL_SIZE, type Session } from './contender.ts';
import type { BenchServers } from './servers.ts';

const SERVICE = 'ai';
const FILL_ROWS = 500;
/** PENDING, PROCESSING, COMPLETED: what one task leaves in the event stream at most. */
const EVENTS_PER_TASK = 3;

/** Ours, put together as `startService` does, without HTTP: tasks are accepted and worked on by one process. */
export const hoerokTasks: Contender = { name: 'hoerok', open: (servers) => openHoerok(servers) };

/** The same, but no task may start where it was accepted, as if that were another process: all go through JetStream. */
export const hoerokQueue: Contender = {
  name: 'hoerok, via JetStream',
  open: (servers) => openHoerok(servers, { apart: true }),
};

/** What a session of ours runs on. */
export type HoerokParts = Pick<Parameters<typeof startWorkers>[0], 'messaging' | 'transact'>;

/** Opens a session; `observe` may put recorders around its parts. */
export async function openHoerok(
  servers: BenchServers,
  options: { readonly observe?: (parts: HoerokParts) => HoerokParts; readonly apart?: boolean } = {},
): Promise<Session> {
  const { observe = (parts) => parts, apart = false } = options;
  const database = await createBenchDatabase(servers.databaseUrl);
  const connect = () =>
    createDataSource({ url: database.url, entities: [], migrations: [], poolSize: POOL_SIZE }).initialize();
  const dataSource = await connect();
  await migrate(dataSource);
  const producerSource = apart ? await connect() : dataSource;
  const namespace = `b${randomBytes(6).toString('hex')}`;
  const service = SERVICE;
  const connected = await connectMessaging({ url: servers.natsUrl, name: 'bench service', namespace });
  await ensureStreams(connected, { service, replicas: 1 });
  const logger = createLogger({ service, level: 'silent' });
  // The relay is made before the transactions that nudge it, so the recorders come in two steps.
  let nudge = (): void => undefined;
  const parts = observe({ messaging: connected, transact: createTransact(dataSource, () => nudge()) });
  const accept = apart ? createTransact(producerSource, () => nudge()) : parts.transact;
  const deps = { ...parts, dataSource, service, logger };
  const relay = startRelay({ ...deps, databaseUrl: database.url });
  nudge = relay.nudge;
  const sweeper = startSweeper(deps);
  const accepted = emptyTask(() => undefined);
  const count = async (sql: string): Promise<number> =>
    (await database.query<{ n: number }>(`SELECT (${sql})::int AS n`))[0]?.n ?? 0;
  return {
    enqueue: async (producer) => {
      const row = await accept((tx) => enqueueTask(tx, accepted, orderOf(producer)), { single: true });
      return row.id;
    },
    fill: (rows) => fill(database, connected, rows),
    work: async ({ started }) => {
      const workers = await startWorkers(deps, [emptyTask(started)]);
      return () => workers.stop(1_000);
    },
    watch: (completed) => watchLiveEvents(servers.natsUrl, namespace, completed),
    unpublished: () => count('SELECT count(*) FROM outbox'),
    unfinished: () =>
      count(`(SELECT count(*) FROM task WHERE state IN ('PENDING', 'RETRYING', 'PROCESSING'))
        + (SELECT count(*) FROM outbox)`),
    hasCompleted: async (id) => {
      const [row] = await dataSource.query<{ state: string }[]>('SELECT state FROM task WHERE id = $1', [id]);
      return row?.state === 'COMPLETED';
    },
    close: async () => {
      await sweeper.stop();
      await relay.stop();
      for await (const { config } of connected.manager.streams.list())
        if (config.name.startsWith(namespace)) await connected.manager.streams.delete(config.name);
      await connected.connection.close();
      if (apart) await producerSource.destroy();
      await dataSource.destroy();
      await database.remove();
    },
  };
}

function emptyTask(started: (id: string) => void): TaskDefinition<Record<string, never>> {
  return defineTask({
    kind: 'MINUTES',
    payload: z.object({}).strict(),
    policy: { ...DEFAULT_TASK_POLICY, slots: { high: 0, normal: CONCURRENCY, low: 0 } },
    run: async ({ taskId }) => {
      started(taskId);
      return {};
    },
  });
}

/** A workspace for each producer: 2,000 waiting tasks of one workspace are more than admission lets in. */
function orderOf(producer: number): Parameters<typeof enqueueTask<Record<string, never>>>[2] {
  return { service: SERVICE, workspaceId: `w-${producer}`, payload: {}, requestedBy: 'u-1', meetingId: null };
}

/** Finished rows, and in the stream the events that they would have left. */
async function fill(database: BenchDatabase, messaging: Messaging, count: number): Promise<void> {
  for (let from = 0; from < count; from += FILL_ROWS) {
    const rows = await database.query<TaskRow>(
      `INSERT INTO task (id, workspace_id, kind, lane, state, progress, attempt, max_attempts, revision, payload, result,
         requested_by, watchers, started_at, finished_at)
       SELECT gen_random_uuid(), 'w-' || n % 16, 'MINUTES', 'normal', 'COMPLETED', 1, 1, 4, 3, '{}', '{}',
         'u-1', '{u-1}', now(), now()
       FROM generate_series($1::int, $2::int) AS n RETURNING *`,
      [from + 1, Math.min(count, from + FILL_ROWS)],
    );
    await Promise.all(rows.map((row) => publishHistory(messaging, row)));
  }
  await database.query('VACUUM ANALYZE task');
}

async function publishHistory(messaging: Messaging, row: TaskRow): Promise<void> {
  const address = { service: SERVICE, workspaceId: row.workspace_id, aggregate: 'task', aggregateId: row.id };
  const subject = qualify(messaging.namespace, eventSubject({ ...address, event: 'changed' }));
  const snapshot = snapshotOf(row);
  for (let revision = 1; revision <= EVENTS_PER_TASK; revision += 1)
    await messaging.jetstream.publish(subject, JSON.stringify({ ...snapshot, revision }));
}

/** The way of the gateway: a plain subscription to what the event stream publishes again. */
async function watchLiveEvents(
  natsUrl: string,
  namespace: string,
  completed: (id: string) => void,
): Promise<() => Promise<void>> {
  const { connection } = await connectMessaging({ url: natsUrl, name: 'bench client', namespace });
  connection.subscribe(qualify(namespace, `live.evt.${SERVICE}.*.task.*.changed`), {
    callback: (_error, message) => {
      const snapshot = message.json<TaskSnapshot>();
      if (snapshot.status === 'COMPLETED') completed(snapshot.id);
    },
  });
  await connection.flush();
  return () => connection.close();
}
