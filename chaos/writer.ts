/**
 * The clients: issues operations with ids of its own, at a steady rate, and writes down in a journal outside the system
 * what it asked for and what it was told. A refused operation is asked for again with the same id. SIGTERM ends it once
 * everything it has begun is told.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { createDataSource, createTransact } from '@hoerok/shared/database';
import { messageOf } from '@hoerok/shared/errors';
import { connectMessaging, qualify } from '@hoerok/shared/messaging';
import { addEvent } from '@hoerok/shared/outbox';
import { enqueueTask } from '@hoerok/shared/tasks';
import { openJournal } from './journal.ts';
import {
  operationAccepted,
  operationTask,
  SERVICE as service,
  WORKSPACE as workspaceId,
} from './operation.ts';
import { readEnvironment } from './system.ts';
import { onOrphaned } from '../scripts/parent-watch.mjs';

const MOST_IN_FLIGHT = 40;
const AGAIN_MS = 300;
/** After the end, an operation is asked for so often before its client gives up. */
const LAST_TRIES = 20;

onOrphaned(() => process.exit(1));
const { databaseUrl, natsUrl, namespace, journal, ratePerSecond } = readEnvironment();
const log = openJournal(journal);
const { connection } = await connectMessaging({ url: natsUrl, name: 'chaos writer', namespace });
const dataSource = await createDataSource({ url: databaseUrl, entities: [], migrations: [] }).initialize();
const transact = createTransact(dataSource, () =>
  connection.publish(qualify(namespace, `nudge.${service}.outbox`)),
);
const task = operationTask();
let stopping = false;
process.on('SIGTERM', () => {
  stopping = true;
});

async function accept(op: string): Promise<void> {
  await transact(async (tx) => {
    const fresh: unknown[] = await tx.query(
      'INSERT INTO operation (id) VALUES ($1) ON CONFLICT DO NOTHING RETURNING id',
      [op],
    );
    if (fresh.length > 0)
      await addEvent(tx, {
        contract: operationAccepted,
        workspaceId,
        aggregateId: op,
        payload: { id: op, revision: 1 },
        actorId: null,
      });
    const options = { service, workspaceId, requestedBy: null, meetingId: null, idempotencyKey: op };
    await enqueueTask(tx, task, { ...options, payload: { op } });
  });
}

async function issue(op: string): Promise<void> {
  for (let last = 0; last < LAST_TRIES; last += stopping ? 1 : 0) {
    log.write({ what: 'invoke', op });
    try {
      await accept(op);
      log.write({ what: 'ok', op });
      return;
    } catch (error) {
      log.write({ what: 'fail', op, reason: messageOf(error) });
      await delay(AGAIN_MS);
    }
  }
}

const inFlight = new Set<Promise<void>>();
for (let number = 1; !stopping; number += 1) {
  if (inFlight.size < MOST_IN_FLIGHT) {
    const operation = issue(`op-${number}`).finally(() => inFlight.delete(operation));
    inFlight.add(operation);
  }
  await delay(1_000 / ratePerSecond);
}
await Promise.all(inFlight);
log.close();
await connection.close();
await dataSource.destroy();
