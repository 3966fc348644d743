import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { EventPayload } from '@hoerok/shared/contracts';
import { createDataSource, createTransact } from '@hoerok/shared/database';
import { startEventConsumers } from '@hoerok/shared/events';
import { eventSubject, qualify, streamNames } from '@hoerok/shared/messaging';
import { createLogger } from '@hoerok/shared/telemetry';
import type { Fault, FaultTarget, Form } from './fault.ts';
import { headersOf } from './nats-headers.ts';
import { query, readStream } from './observer.ts';
import {
  operationAccepted,
  operationDone,
  POISON,
  readModel,
  SERVICE as service,
  WORKSPACE as workspaceId,
} from './operation.ts';

/** An operation that no client asked for, whose events come in reverse. */
const REVERSED = `${POISON}reversed`;
/** How much later the old events come than the newest of them at least. */
const LATE_MS: Readonly<Record<Form, number>> = { brief: 0, normal: 5_000, long: 60_000 };
const COPY = 'x-chaos-copy';

/** Publishes a second copy, without a message id, of every event of an operation that has none yet. */
async function publishAgain({ messaging }: FaultTarget): Promise<void> {
  const { events } = streamNames(messaging.namespace, service);
  const messages = await readStream(messaging, events);
  const copied = new Set(
    messages.filter(({ headers }) => headers[COPY] !== undefined).map(({ headers }) => headers['ce-id']),
  );
  for (const { subject, headers, data } of messages) {
    if (copied.has(headers['ce-id']) || headers['ce-type']?.startsWith(`${service}.operation.`) !== true)
      continue;
    const kept = Object.entries(headers).filter(([name]) => !name.startsWith('Nats-'));
    await messaging.jetstream.publish(subject, data, {
      headers: headersOf({ ...Object.fromEntries(kept), [COPY]: '1' }),
    });
  }
}

async function replayAll(target: FaultTarget): Promise<readonly string[]> {
  const { messaging, system } = target;
  await publishAgain(target);
  const dataSource = await createDataSource({
    url: system.databaseUrl,
    entities: [],
    migrations: [],
  }).initialize();
  const deps = {
    service,
    messaging,
    transact: createTransact(dataSource, () => undefined),
    logger: createLogger({ service, level: 'silent' }),
  };
  const consumers = await startEventConsumers(deps, [readModel('replayed')]);
  await target.rest();
  await consumers.stop();
  await dataSource.destroy();
  const [live, replayed] = await Promise.all(
    ['live', 'replayed'].map((purpose) => hashOf(system.databaseUrl, purpose)),
  );
  return live === replayed ? [] : [`the replayed read model differs: ${replayed} is not ${live}`];
}

async function hashOf(databaseUrl: string, purpose: string): Promise<string | undefined> {
  const sql = `SELECT count(*) || ' rows, ' || md5(string_agg(concat_ws(' ', op, event, revision), ',' ORDER BY op, event, revision)) AS hash
    FROM projection WHERE purpose = $1`;
  return (await query<{ hash: string }>(databaseUrl, sql, [purpose]))[0]?.hash;
}

/**
 * Tells the oldest event of every operation that is done once more, as another event and in any order: newer ones have
 * been handled by then, so the read model must not go back. Ends with an aggregate of its own that only ever comes in reverse.
 */
async function tellLate(target: FaultTarget): Promise<void> {
  const { messaging, form } = target;
  await pause(LATE_MS[form]);
  const messages = await readStream(messaging, streamNames(messaging.namespace, service).events);
  const done = messages.filter(({ headers }) => headers['ce-type'] === operationDone.type);
  const late = done.toSorted(() => Math.random() - 0.5).map(({ headers }) => headers['ce-subject'] ?? '');
  for (const id of late) await tell(target, operationAccepted, { id, revision: 1, late: true });
  for (const [contract, revision] of [
    [operationDone, 2],
    [operationAccepted, 1],
  ] as const)
    await tell(target, contract, { id: REVERSED, revision, late: true });
  target.remark(`${late.length} events came again after newer ones`);
}

async function tell(
  { messaging }: FaultTarget,
  contract: typeof operationAccepted,
  payload: EventPayload<typeof operationAccepted>,
): Promise<void> {
  const subject = eventSubject({ ...contract, workspaceId, aggregateId: payload.id });
  const headers = headersOf({
    'ce-id': randomUUID(),
    'ce-type': contract.type,
    'ce-subject': payload.id,
    'x-workspace-id': workspaceId,
  });
  await messaging.jetstream.publish(qualify(messaging.namespace, subject), JSON.stringify(payload), {
    headers,
  });
}

async function findOutdated({ system }: FaultTarget): Promise<readonly string[]> {
  const rows = await query<{ op: string; revision: number }>(
    system.databaseUrl,
    `SELECT op, revision FROM latest WHERE purpose = 'live' AND revision < 2
       AND (op = $1 OR EXISTS (SELECT 1 FROM effect e WHERE e.op = latest.op))`,
    [REVERSED],
  );
  return rows.length === 0 ? [] : [`I4 ${rows.length} operations went back to an older state`];
}

/** Faults in what is delivered. */
export const MESSAGE_FAULTS: readonly Fault[] = [
  {
    id: 'E19',
    title: 'every event twice, then all replayed into a new read model',
    stream: { copied: true },
    inject: publishAgain,
    prove: replayAll,
  },
  {
    id: 'E20',
    title: 'old events told again after newer ones, out of order',
    inject: tellLate,
    prove: findOutdated,
  },
];
