import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { loadConfig, type ServiceConfig, serviceEnvironment } from '../src/config/index.ts';
import { connectMessaging, type Messaging } from '../src/messaging/index.ts';
import { startSaga } from '../src/sagas/index.ts';
import { type Platform, type RunningService, startService } from '../src/service/index.ts';
import type { TaskRow } from '../src/tasks/index.ts';
import {
  createTestDatabase,
  type TestDatabase,
  deleteStreams,
  TEST_SIGNING_KEY,
  testNamespace,
  testServers,
  until,
} from '../src/testing/index.ts';
import { journey, type JourneyPayload, NORTH, type Obstacle, sagaService, SOUTH } from './saga-services.ts';

/** An effect that a step has left. */
export interface Effect {
  readonly place: string;
  readonly at: Date;
}

/** Two services with databases of their own in one namespace. */
export interface SagaScene extends AsyncDisposable {
  readonly namespace: string;
  /** What the steps of a saga do before they take effect, by its name. */
  readonly obstacles: Map<string, Obstacle>;
  readonly messaging: Messaging;
  readonly north: () => Platform;
  readonly start: (service: string) => Promise<void>;
  readonly stop: (service: string) => Promise<void>;
  readonly begin: (name: string, options?: Partial<JourneyPayload>) => Promise<TaskRow>;
  readonly sql: (service: string, text: string, parameters?: readonly unknown[]) => Promise<unknown[]>;
  readonly taskOf: (id: string) => Promise<TaskRow>;
  /** Waits until the task of the saga has ended. */
  readonly ended: (id: string) => Promise<TaskRow>;
  /** Effects of both services in the order of time. */
  readonly effects: (name: string) => Promise<string[]>;
  /** `step:state` of every step, in order. */
  readonly steps: (id: string) => Promise<string>;
  /** Runs both services in a process that begins the saga and dies at the fault point. */
  readonly crash: (payload: JourneyPayload, crashAt: string, survived: number) => Promise<unknown>;
}

/** The configuration of one of the services. */
export function sagaConfig(databaseUrl: string, namespace: string): ServiceConfig {
  const servers = testServers();
  return loadConfig(serviceEnvironment, {
    PORT: '0',
    DATABASE_URL: databaseUrl,
    NATS_URL: servers.natsUrl,
    REDIS_URL: servers.redisUrl,
    GATEWAY_URL: 'http://127.0.0.1:9',
    INTERNAL_SIGNING_KEYS: TEST_SIGNING_KEY,
    NAMESPACE: namespace,
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
    SHUTDOWN_GRACE_SECONDS: '1',
  });
}

/** Begins the saga of the tests; the same name is the same saga. */
export async function beginJourney(platform: Platform, payload: JourneyPayload): Promise<TaskRow> {
  return await platform.transact((tx) =>
    startSaga(tx, journey(new Map()).saga, {
      service: NORTH,
      workspaceId: 'w-1',
      payload,
      requestedBy: 'u-1',
      meetingId: null,
      idempotencyKey: payload.name,
    }),
  );
}

/** Builds the scene; no service runs yet. */
export async function createSagaScene(): Promise<SagaScene> {
  const namespace = testNamespace();
  const obstacles = new Map<string, Obstacle>();
  const databases = new Map<string, TestDatabase>();
  const clients = new Map<string, pg.Client>();
  for (const service of [NORTH, SOUTH]) {
    const database = await createTestDatabase(sagaService(service, obstacles).createDataSource);
    databases.set(service, database);
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    clients.set(service, client);
  }
  const urlOf = (service: string): string => databases.get(service)?.serviceUrl ?? '';
  const messaging = await connectMessaging({
    url: testServers().natsUrl,
    name: 'saga test',
    namespace,
  });
  const running = new Map<string, RunningService>();
  let north: Platform | undefined;
  const sql: SagaScene['sql'] = async (service, text, parameters = []) => {
    const answer = await clients.get(service)?.query<object>(text, [...parameters]);
    return answer?.rows ?? [];
  };
  const taskOf = async (id: string): Promise<TaskRow> =>
    (await sql(NORTH, 'SELECT * FROM task WHERE id = $1', [id]))[0] as TaskRow;
  const stop = async (service: string): Promise<void> => {
    await running.get(service)?.stop();
    running.delete(service);
  };
  const platform = (): Platform => {
    if (north === undefined) throw new Error('north does not run');
    return north;
  };
  return {
    namespace,
    obstacles,
    messaging,
    north: platform,
    start: async (service) => {
      const definition = sagaService(service, obstacles, (started) => {
        if (service === NORTH) north = started;
      });
      running.set(service, await startService(sagaConfig(urlOf(service), namespace), definition));
    },
    stop,
    begin: (name, options = {}) => beginJourney(platform(), { name, tasks: 2, pivot: false, ...options }),
    sql,
    taskOf,
    ended: (id) =>
      until(
        `saga ${id} has ended`,
        async () => {
          const task = await taskOf(id);
          return task.finished_at !== null && task;
        },
        { deadlineMs: 20_000 },
      ),
    effects: async (name) => {
      const read = 'SELECT place, at FROM effect WHERE name = $1';
      const both = [...(await sql(NORTH, read, [name])), ...(await sql(SOUTH, read, [name]))] as Effect[];
      return both.sort((a, b) => a.at.getTime() - b.at.getTime()).map(({ place }) => place);
    },
    steps: async (id) => {
      const read = 'SELECT step, state FROM saga_step WHERE saga_id = $1 ORDER BY stage, ordinal';
      const rows = (await sql(NORTH, read, [id])) as { step: string; state: string }[];
      return rows.map(({ step, state }) => `${step}:${state}`).join(' ');
    },
    crash: async (payload, crashAt, survived) => {
      const child = spawn(process.execPath, [fileURLToPath(new URL('./saga-child.ts', import.meta.url))], {
        env: {
          ...process.env,
          NORTH_URL: urlOf(NORTH),
          SOUTH_URL: urlOf(SOUTH),
          TEST_NAMESPACE: namespace,
          PAYLOAD: JSON.stringify(payload),
          CRASH_AT: crashAt,
          CRASH_AFTER: String(survived),
        },
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
      return signal;
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([stop(NORTH), stop(SOUTH)]);
      await messaging.connection.close();
      await deleteStreams(testServers().natsUrl, namespace);
      for (const client of clients.values()) await client.end();
      for (const database of databases.values()) await database[Symbol.asyncDispose]();
    },
  };
}
