import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { type TaskSnapshot, taskSnapshot } from '../src/contracts/index.ts';
import { createDataSource, createTransact, type Transact } from '../src/database/index.ts';
import {
  connectMessaging,
  ensureStreams,
  type Messaging,
  qualify,
  streamNames,
} from '../src/messaging/index.ts';
import { type Relay, type RelayDeps, startRelay } from '../src/outbox/index.ts';
import { enqueueTask, type EnqueueOptions, type TaskDefinition, type TaskRow } from '../src/tasks/index.ts';
import { createLogger, type Logger } from '../src/telemetry/index.ts';
import { createTestDatabase, testNamespace, testServers, until } from '../src/testing/index.ts';

/** The service that the tests of the platform play. */
export const SERVICE = 'ai';

/** A platform without a service on top: a database, NATS and, unless told otherwise, a relay. */
export interface TestPlatform extends AsyncDisposable {
  readonly service: string;
  readonly namespace: string;
  /** By the role of a service, which row-level security holds. */
  readonly databaseUrl: string;
  /** By the role that made the database; what {@link TestPlatform.sql} uses. */
  readonly ownerUrl: string;
  readonly dataSource: DataSource;
  readonly messaging: Messaging;
  readonly logger: Logger;
  readonly transact: Transact;
  readonly sql: (text: string, parameters?: readonly unknown[]) => Promise<Record<string, unknown>[]>;
  readonly startRelay: (timing?: Pick<RelayDeps, 'checkIntervalMs'>) => Relay;
  readonly repairStreams: () => Promise<void>;
  readonly enqueue: <P>(
    definition: TaskDefinition<P>,
    payload: P,
    options?: Partial<EnqueueOptions<P>>,
  ) => Promise<TaskRow>;
  readonly taskOf: (id: string) => Promise<TaskRow>;
  /** Waits until the row of the task is in the state, and answers it. */
  readonly reaches: (id: string, state: TaskRow['state']) => Promise<TaskRow>;
  /** Every event of the task in the stream, in order. */
  readonly snapshotsOf: (id: string) => Promise<TaskSnapshot[]>;
  /** Messages of a stream whose subject begins so, in order; the subject comes without the namespace. */
  readonly stored: (stream: string, prefix: string) => Promise<StoredMessage[]>;
  readonly effects: (taskId: string) => Promise<number>;
}

/** A message as it lies in a stream. */
export interface StoredMessage {
  readonly subject: string;
  readonly header: (name: string) => string;
  readonly text: string;
}

/** Starts the platform; `reuse` joins the database and namespace of another one, as a second replica does. */
export async function startTestPlatform(
  options: {
    /** The way to NATS, which a test may break. @default straight to `natsServerUrl` */
    readonly natsUrl?: string;
    /** @default that of all tests */
    readonly natsServerUrl?: string;
    readonly relay?: boolean;
    readonly reuse?: TestPlatform;
  } = {},
): Promise<TestPlatform> {
  const { natsServerUrl = testServers().natsUrl, relay: withRelay = true, reuse } = options;
  const { natsUrl = natsServerUrl } = options;
  const database =
    reuse === undefined
      ? await createTestDatabase((url) => createDataSource({ url, entities: [], migrations: [] }))
      : null;
  const databaseUrl = reuse?.databaseUrl ?? database?.serviceUrl ?? '';
  const ownerUrl = reuse?.ownerUrl ?? database?.url ?? '';
  const namespace = reuse?.namespace ?? testNamespace();
  const logger = createLogger({ service: SERVICE, level: process.env['TEST_LOG_LEVEL'] ?? 'silent' });
  const dataSource = await createDataSource({ url: databaseUrl, entities: [], migrations: [] }).initialize();
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query('CREATE TABLE IF NOT EXISTS effect (task_id text NOT NULL)');
  const messaging = await connectMessaging({ url: natsUrl, name: 'platform test', namespace });
  const repairStreams = (): Promise<void> => ensureStreams(messaging, { service: SERVICE, replicas: 1 });
  await repairStreams();
  const relays: Relay[] = [];
  const startOne: TestPlatform['startRelay'] = (timing) => {
    const relay = startRelay({ databaseUrl, messaging, logger, service: SERVICE, repairStreams, ...timing });
    relays.push(relay);
    return relay;
  };
  if (withRelay) startOne();
  const transact = createTransact(dataSource, () => relays.forEach((relay) => relay.nudge()));
  // The connection that reads streams is one of its own, so that tests may cut off the other.
  const reader = await connectMessaging({
    url: natsServerUrl,
    name: 'platform test reader',
    namespace,
  });

  const sql: TestPlatform['sql'] = async (text, parameters = []) =>
    (await client.query<Record<string, unknown>>(text, [...parameters])).rows;
  const taskOf = async (id: string): Promise<TaskRow> => {
    const [row] = await sql('SELECT * FROM task WHERE id = $1', [id]);
    return row as unknown as TaskRow;
  };
  const stored: TestPlatform['stored'] = async (stream, prefix) => {
    const found: StoredMessage[] = [];
    const { state } = await reader.manager.streams.info(stream);
    for (let seq = Math.max(1, state.first_seq); seq <= state.last_seq; seq += 1) {
      const message = await reader.manager.streams.getMessage(stream, { seq });
      const subject = message?.subject.slice(namespace.length + 1) ?? '';
      if (message === null || !subject.startsWith(prefix)) continue;
      found.push({ subject, text: message.string(), header: (name) => message.header.get(name) });
    }
    return found;
  };
  return {
    service: SERVICE,
    namespace,
    databaseUrl,
    ownerUrl,
    dataSource,
    messaging,
    logger,
    transact,
    sql,
    startRelay: startOne,
    repairStreams,
    enqueue: (definition, payload, extra = {}) =>
      transact((tx) =>
        enqueueTask(tx, definition, {
          service: SERVICE,
          workspaceId: 'w-1',
          payload,
          requestedBy: 'u-1',
          meetingId: null,
          ...extra,
        }),
      ),
    taskOf,
    reaches: (id, state) =>
      until(`task ${id} is ${state}`, async () => {
        const row = await taskOf(id);
        return row.state === state ? row : undefined;
      }),
    snapshotsOf: async (id) => {
      const { events } = streamNames(namespace, SERVICE);
      const messages = await stored(events, `evt.${SERVICE}.w-1.task.${id}.`);
      return messages.map(({ text }) => taskSnapshot.parse(JSON.parse(text)));
    },
    stored,
    effects: async (taskId) => (await sql('SELECT 1 FROM effect WHERE task_id = $1', [taskId])).length,
    [Symbol.asyncDispose]: async () => {
      for (const relay of relays) await relay.stop();
      await messaging.connection.close();
      await client.end();
      await dataSource.destroy();
      if (database !== null) {
        // A server of the test's own goes with its streams, which may be past listing.
        if (options.natsServerUrl === undefined)
          for await (const { config } of reader.manager.streams.list())
            if (config.name.startsWith(namespace)) await reader.manager.streams.delete(config.name);
        await database[Symbol.asyncDispose]();
      }
      await reader.connection.close();
    },
  };
}

/** Publishes any bytes on a subject of the namespace, as a broken or future producer might. */
export async function publishRaw(
  platform: TestPlatform,
  subject: string,
  message: {
    readonly body: string;
    readonly headers?: Readonly<Record<string, string>>;
    /** @default a new one */
    readonly id?: string;
  },
): Promise<void> {
  const { headers } = await import('nats');
  const carried = headers();
  for (const [name, value] of Object.entries(message.headers ?? {})) carried.set(name, value);
  const options = { headers: carried, msgID: message.id ?? randomUUID() };
  await platform.messaging.jetstream.publish(qualify(platform.namespace, subject), message.body, options);
}
