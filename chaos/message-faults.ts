import { isDeepStrictEqual } from 'node:util';
import { createDataSource, createTransact } from '@hoerok/shared/database';
import { startEventConsumers } from '@hoerok/shared/events';
import { eventSubject, qualify, streamNames, taskSubject } from '@hoerok/shared/messaging';
import { enqueueTask } from '@hoerok/shared/tasks';
import { createLogger } from '@hoerok/shared/telemetry';
import { headers as natsHeaders } from 'nats';
import { POISON } from './checker.ts';
import type { Fault, FaultTarget } from './fault.ts';
import { countDeadLetters, query, readStream } from './observer.ts';
import {
  operationAccepted,
  type OperationPayload,
  operationTask,
  readModel,
  SERVICE as service,
  WORKSPACE as workspaceId,
} from './operation.ts';

const COPY = 'x-chaos-copy';
const EACH = 3;

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
  const sql = `SELECT count(*) || ' rows, ' || md5(string_agg(concat_ws(' ', op, event, revision), ',' ORDER BY op, event)) AS hash
    FROM projection WHERE purpose = $1`;
  return (await query<{ hash: string }>(databaseUrl, sql, [purpose]))[0]?.hash;
}

async function poison(target: FaultTarget): Promise<void> {
  const { messaging, system } = target;
  const { type } = operationAccepted;
  const publish = async (
    subject: string,
    body: string,
    headers: Record<string, string> = {},
  ): Promise<void> => {
    const options = { headers: headersOf(headers) };
    await messaging.jetstream.publish(qualify(messaging.namespace, subject), body, options);
  };
  const publishEvent = async (id: string, body: string, ceType: string): Promise<void> => {
    const subject = eventSubject({ ...operationAccepted, workspaceId, aggregateId: id });
    await publish(subject, body, {
      'ce-id': id,
      'ce-subject': id,
      'ce-type': ceType,
      'x-workspace-id': workspaceId,
    });
  };
  for (let index = 0; index < EACH; index += 1) {
    const body = (id: string): string => JSON.stringify({ id, revision: 1, poison: true });
    await publishEvent(`${POISON}json-${index}`, '{"no json', type);
    await publishEvent(
      `${POISON}version-${index}`,
      body(`${POISON}version-${index}`),
      type.replace('.v1', '.v99'),
    );
    await publishEvent(`${POISON}handler-${index}`, body(`${POISON}handler-${index}`), type);
    await publish(taskSubject(service, 'MINUTES', 'normal'), 'no json either');
  }
  await enqueuePoison(
    system.databaseUrl,
    target.long ? ['throw', 'permanent', 'exit'] : ['throw', 'permanent'],
  );
}

async function enqueuePoison(
  databaseUrl: string,
  behaviors: readonly NonNullable<OperationPayload['behavior']>[],
): Promise<void> {
  const dataSource = await createDataSource({ url: databaseUrl, entities: [], migrations: [] }).initialize();
  for (const behavior of behaviors) {
    for (let index = 0; index < (behavior === 'exit' ? 1 : EACH); index += 1) {
      const op = `${POISON}${behavior}-${index}`;
      await dataSource.transaction((tx) =>
        enqueueTask(tx, operationTask(), {
          service,
          workspaceId,
          requestedBy: null,
          meetingId: null,
          payload: { op, behavior },
          idempotencyKey: op,
        }),
      );
    }
  }
  await dataSource.destroy();
}

async function findBuried({ messaging, long }: FaultTarget): Promise<readonly string[]> {
  const expected: Record<string, number> = {
    ...(long ? { 'crash-loop': 1 } : {}),
    exhausted: 2 * EACH,
    malformed: EACH,
    permanent: EACH,
    schema: 2 * EACH,
  };
  const buried = await countDeadLetters(messaging);
  return isDeepStrictEqual(buried, expected)
    ? []
    : [`dead letters are ${JSON.stringify(buried)}, not ${JSON.stringify(expected)}`];
}

function headersOf(values: Readonly<Record<string, string>>): ReturnType<typeof natsHeaders> {
  const carried = natsHeaders();
  for (const [name, value] of Object.entries(values)) carried.set(name, value);
  return carried;
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
  { id: 'E21', title: 'poison among the messages', inject: poison, prove: findBuried },
];
