/**
 * The clients: issues operations with ids of its own, at a steady rate, and writes down in a journal outside the system
 * what it asked for and what it was told. A refused operation is asked for again with the same id. SIGTERM ends it once
 * everything it has begun is told.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { createDataSource, createTransact } from '@hoerok/shared/database';
import { messageOf } from '@hoerok/shared/errors';
import { connectMessaging, qualify } from '@hoerok/shared/messaging';
import { acceptOperation, acceptSubject } from './accept.ts';
import { openJournal } from './journal.ts';
import { operationTask, SERVICE as service } from './operation.ts';
import { readEnvironment } from './system.ts';
import { onOrphaned } from '../scripts/parent-watch.mjs';

const MOST_IN_FLIGHT = 40;
const AGAIN_MS = 300;
const ANSWER_WITHIN_MS = 3_000;
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

/** Every second operation is accepted by a replica, where its task may start at once, the others in this process. */
async function accept(op: string, byReplica: boolean): Promise<void> {
  if (!byReplica) return await acceptOperation(transact, task, { op });
  const answer = await connection.request(acceptSubject(namespace), op, { timeout: ANSWER_WITHIN_MS });
  const refusal = answer.string();
  if (refusal !== '') throw new Error(refusal);
}

async function issue(number: number): Promise<void> {
  const op = `op-${number}`;
  let tries = 0;
  for (let last = 0; last < LAST_TRIES; last += stopping ? 1 : 0) {
    log.write({ what: 'invoke', op });
    try {
      await accept(op, (number + tries) % 2 === 0);
      log.write({ what: 'ok', op });
      return;
    } catch (error) {
      log.write({ what: 'fail', op, reason: messageOf(error) });
      tries += 1;
      await delay(AGAIN_MS);
    }
  }
}

const inFlight = new Set<Promise<void>>();
for (let number = 1; !stopping; number += 1) {
  if (inFlight.size < MOST_IN_FLIGHT) {
    const operation = issue(number).finally(() => inFlight.delete(operation));
    inFlight.add(operation);
  }
  await delay(1_000 / ratePerSecond);
}
await Promise.all(inFlight);
log.close();
await connection.close();
await dataSource.destroy();
