/**
 * A replica of the service: relay, sweeper, event consumers and task workers, over the database and namespace that its
 * parent names. SIGTERM ends it in order, `CRASH_AT` at a fault point. `ROLE=relay` leaves out all that consumes,
 * `ROLE=queue` what takes operations from clients.
 */
import { once } from 'node:events';
import type { Msg } from 'nats';
import { connectRedis, createCache } from '@hoerok/shared/cache';
import { createDataSource, createTransact } from '@hoerok/shared/database';
import { messageOf } from '@hoerok/shared/errors';
import { startEventConsumers } from '@hoerok/shared/events';
import { createIsolate } from '@hoerok/shared/isolation';
import { connectMessaging, ensureStreams } from '@hoerok/shared/messaging';
import { startRelay } from '@hoerok/shared/outbox';
import { startSweeper, startWorkers, type TaskDefinition } from '@hoerok/shared/tasks';
import { createLogger } from '@hoerok/shared/telemetry';
import { z } from 'zod';
import { acceptOperation, acceptSubject } from './accept.ts';
import { operationTask, readModel, SERVICE as service } from './operation.ts';
import { readEnvironment } from './system.ts';
import { onOrphaned } from '../scripts/parent-watch.mjs';

onOrphaned(() => process.exit(1));
const { databaseUrl, natsUrl, redisUrl, namespace, duplicateWindowSeconds } = readEnvironment();
const logger = createLogger({ service, level: process.env['CHAOS_LOG_LEVEL'] ?? 'silent' });
const messaging = await connectMessaging({ url: natsUrl, name: service, namespace });
const repairStreams = (): Promise<void> =>
  ensureStreams(messaging, { service, replicas: 1, duplicateWindowSeconds });
await repairStreams();
const dataSource = await createDataSource({ url: databaseUrl, entities: [], migrations: [] }).initialize();
const relay = startRelay({ databaseUrl, messaging, logger, service, repairStreams });
const transact = createTransact(dataSource, relay.nudge);
const redis = connectRedis(redisUrl, logger);
const cache = createCache({ redis, logger, keyPrefix: `${namespace}${service}` });
const grades = { name: 'grade.v1', ttlSeconds: 5, schema: z.string() };

async function grade(op: string): Promise<string> {
  const key = op.slice(-1);
  const found = await cache.readThrough(
    grades,
    [key],
    async (ids) => new Map(ids.map((id) => [id, `grade ${id}`])),
  );
  return found.get(key) ?? '';
}

/** Nothing when the operation is accepted, otherwise why not. */
async function answer(request: Msg, task: ReturnType<typeof operationTask>): Promise<void> {
  const refusal = await acceptOperation(transact, task, { op: request.string() }).then(() => '', messageOf);
  // The writer does not wait for a process that is on its way out.
  if (!messaging.connection.isClosed()) request.respond(refusal);
}

const isolate = createIsolate<'hang' | 'exit' | 'eat', string>({
  name: 'risky work',
  module: new URL('./risky.ts', import.meta.url),
  output: z.string(),
  maxHeapMiB: 32,
  timeoutMs: 2_000,
  processes: 1,
});
const stops = [relay.stop, isolate.close];
if (process.env['ROLE'] !== 'relay') {
  // Of a lost message the sweeper knows after 30 s in production; a run does not wait so long.
  const sweeper = startSweeper({ service, messaging, transact, logger }, { lostAfterMs: 5_000 });
  const eventRetry = { maxFailures: 5, baseMs: 50, maxMs: 500, timeoutMs: 1_000 };
  const deps = { service, messaging, transact, logger, eventRetry };
  const consumers = await startEventConsumers(deps, [readModel('live')]);
  const task = operationTask({ grade, risk: (how, signal) => isolate.run(how, { signal }) });
  const workers = await startWorkers({ ...deps, dataSource }, [task as TaskDefinition]);
  if (process.env['ROLE'] !== 'queue') {
    const callback = (_error: unknown, request: Msg): void => void answer(request, task);
    const clients = messaging.connection.subscribe(acceptSubject(namespace), { queue: service, callback });
    stops.unshift(async () => clients.unsubscribe());
  }
  stops.unshift(() => workers.stop(5_000), consumers.stop, sweeper.stop);
}
await once(process, 'SIGTERM');
for (const stop of stops) await stop();
redis.disconnect();
await messaging.connection.close();
await dataSource.destroy();
