/**
 * A process for the tests to kill: a relay, an event consumer, a scheduler and workers over the database and namespace
 * that its parent names. It dies at the fault point in `CRASH_AT`.
 */
import { todoCreated } from '../src/contracts/index.ts';
import { createDataSource, createTransact } from '../src/database/index.ts';
import { onEvent, startEventConsumers } from '../src/events/index.ts';
import { connectMessaging, ensureStreams } from '../src/messaging/index.ts';
import { startRelay } from '../src/outbox/index.ts';
import { enqueueTask, startScheduler, startWorkers, type TaskDefinition } from '../src/tasks/index.ts';
import { createLogger } from '../src/telemetry/index.ts';
import { until } from '../src/testing/index.ts';
import { effectSchedule, steppingTask, testTask, tracedCall } from './test-tasks.ts';

const { DATABASE_URL: databaseUrl = '', NATS_URL: url = '', NAMESPACE: namespace = '' } = process.env;
const service = 'ai';
const logger = createLogger({ service, level: 'silent' });
const messaging = await connectMessaging({ url, name: 'crash child', namespace });
await ensureStreams(messaging, { service, listensTo: ['todos'], replicas: 1 });
const dataSource = await createDataSource({ url: databaseUrl, entities: [], migrations: [] }).initialize();
const relay = startRelay({ databaseUrl, messaging, logger, service });
const transact = createTransact(dataSource, relay.nudge);
const deps = { service, messaging, dataSource, transact, logger };
const effect = onEvent(todoCreated, async ({ aggregateId }, tx) => {
  await tx.query('INSERT INTO effect (task_id) VALUES ($1)', [aggregateId]);
});
await startEventConsumers(deps, [{ purpose: 'effects', handlers: [effect] }]);
await startWorkers(deps, [testTask(), steppingTask(tracedCall(dataSource))] as TaskDefinition[]);
await startScheduler(deps, [effectSchedule]);

const { ENQUEUE_EAGERLY: name } = process.env;
if (name !== undefined) {
  const order = { service, workspaceId: 'w-1', requestedBy: null, meetingId: null, payload: { name } };
  await until('the task starts at once', () =>
    transact(async (tx) => {
      // What would go through the queue is rolled back.
      if ((await enqueueTask(tx, testTask(), order)).state !== 'PROCESSING') throw new Error('not yet');
      return true;
    }).catch(() => false),
  );
}
