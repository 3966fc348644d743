import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { createDataSource, createTransact } from '@hoerok/shared/database';
import { eventSubject, qualify, taskSubject } from '@hoerok/shared/messaging';
import { acceptOperation } from './accept.ts';
import type { Fault, FaultTarget, Form } from './fault.ts';
import { headersOf } from './nats-headers.ts';
import { countDeadLetters, databaseTime, measureWaits } from './observer.ts';
import {
  operationAccepted,
  type OperationPayload,
  operationTask,
  POISON,
  SERVICE as service,
  WORKSPACE as workspaceId,
} from './operation.ts';

const EACH: Readonly<Record<Form, number>> = { brief: 1, normal: 3, long: 10 };
/** Load that is measured before the poison comes. */
const CALM_MS: Readonly<Record<Form, number>> = { brief: 2_000, normal: 8_000, long: 20_000 };
/** Of a poisoned task. */
const MOST_ATTEMPTS = 4;
const BURIED_WITHIN_MS = 120_000;
/** As much as NATS takes, headers included. */
const MEGABYTE = 1024 * 1024 - 400;

/** What is wrong with an event, and the cause it is buried with. */
const EVENTS = {
  'bad JSON': { cause: 'schema', body: () => '{"no json' },
  'unknown version': { cause: 'schema', version: 'v99' },
  'a megabyte': { cause: 'schema', body: () => JSON.stringify({ id: 'x'.repeat(MEGABYTE) }) },
  'handler throws': { cause: 'exhausted', does: 'throw' },
  'handler hangs': { cause: 'exhausted', does: 'hang' },
  'handler exits': { cause: 'max-deliver', does: 'exit' },
} as const;

type EventPoison = { readonly body?: () => string; readonly version?: string; readonly does?: string };

/** What a task does, and the cause it is buried with. Those that are isolated take their process down, not the worker. */
const TASKS = {
  throw: 'exhausted',
  permanent: 'permanent',
  'isolated hang': 'exhausted',
  'isolated exit': 'exhausted',
  'isolated eat': 'permanent',
  exit: 'crash-loop',
} as const satisfies Record<NonNullable<OperationPayload['behavior']>, string>;

interface Dose {
  readonly events: readonly (keyof typeof EVENTS)[];
  readonly tasks: readonly (keyof typeof TASKS)[];
  /** Task messages that are no JSON. */
  readonly malformed: boolean;
}

/** Poison that a process survives. */
const CONTAINED: Dose = {
  events: ['bad JSON', 'unknown version', 'a megabyte', 'handler throws', 'handler hangs'],
  tasks: ['throw', 'permanent', 'isolated hang', 'isolated exit', 'isolated eat'],
  malformed: true,
};
/** Poison that takes the process with it, neighbours in hand included. */
const DEADLY: Dose = { events: ['handler exits'], tasks: ['exit'], malformed: false };

async function administer(target: FaultTarget, dose: Dose): Promise<void> {
  const { messaging, system, form } = target;
  const times = dose === DEADLY ? 1 : EACH[form];
  for (let index = 0; index < times; index += 1) {
    for (const name of dose.events) {
      const { body, version, does }: EventPoison = EVENTS[name];
      const id = `${POISON}${name.replaceAll(' ', '-')}-${index}`;
      const subject = eventSubject({ ...operationAccepted, workspaceId, aggregateId: id });
      const text = body?.() ?? JSON.stringify({ id, revision: 1, poison: does });
      const type = operationAccepted.type.replace('v1', version ?? 'v1');
      const headers = {
        'ce-id': randomUUID(),
        'ce-subject': id,
        'ce-type': type,
        'x-workspace-id': workspaceId,
      };
      await messaging.jetstream.publish(qualify(messaging.namespace, subject), text, {
        headers: headersOf(headers),
      });
    }
    if (dose.malformed)
      await messaging.jetstream.publish(
        qualify(messaging.namespace, taskSubject(service, 'MINUTES', 'normal')),
        'no json either',
      );
  }
  const dataSource = await createDataSource({
    url: system.databaseUrl,
    entities: [],
    migrations: [],
  }).initialize();
  const transact = createTransact(dataSource, () => undefined);
  const task = operationTask();
  const mortal = { ...task, policy: { ...task.policy, maxAttempts: MOST_ATTEMPTS } };
  for (let index = 0; index < times; index += 1)
    for (const behavior of dose.tasks) {
      const op = `${POISON}${behavior.replaceAll(' ', '-')}-${index}`;
      await acceptOperation(transact, mortal, { op, behavior });
    }
  await dataSource.destroy();
}

function expectedLetters(dose: Dose, form: Form): Record<string, number> {
  const times = dose === DEADLY ? 1 : EACH[form];
  const causes = [...dose.events.map((name) => EVENTS[name].cause), ...dose.tasks.map((name) => TASKS[name])];
  const counts: Record<string, number> = dose.malformed ? { malformed: times } : {};
  for (const cause of causes) counts[cause] = (counts[cause] ?? 0) + times;
  return counts;
}

async function untilBuried({ messaging, form }: FaultTarget, dose: Dose): Promise<void> {
  const expected = Object.values(expectedLetters(dose, form)).reduce((sum, count) => sum + count, 0);
  const deadline = performance.now() + BURIED_WITHIN_MS;
  const isBuried = async (): Promise<boolean> => {
    const buried = Object.values(await countDeadLetters(messaging)).reduce((sum, count) => sum + count, 0);
    return buried >= expected;
  };
  while (performance.now() < deadline && !(await isBuried())) await pause(500);
}

async function findBuried({ messaging, form }: FaultTarget, dose: Dose): Promise<readonly string[]> {
  const buried = await countDeadLetters(messaging);
  const expected = expectedLetters(dose, form);
  return isDeepStrictEqual(buried, expected)
    ? []
    : [`dead letters are ${JSON.stringify(buried)}, not ${JSON.stringify(expected)}`];
}

async function poison(target: FaultTarget): Promise<void> {
  const { system, form, remark } = target;
  const start = await databaseTime(system.databaseUrl);
  await pause(CALM_MS[form]);
  const poisoned = await databaseTime(system.databaseUrl);
  await administer(target, CONTAINED);
  await untilBuried(target, CONTAINED);
  const buried = await databaseTime(system.databaseUrl);
  const before = await measureWaits(system.databaseUrl, start, poisoned);
  const beside = await measureWaits(system.databaseUrl, poisoned, buried);
  remark(
    `p99 from acceptance to effect: ${ms(before.p99)} before the poison, ${ms(beside.p99)} beside it ` +
      `(${(beside.p99 / before.p99).toFixed(1)} times)`,
  );
}

function ms(seconds: number): string {
  return `${Math.round(seconds * 1_000)} ms`;
}

/** Faults in what is asked of the service. */
export const POISON_FAULTS: readonly Fault[] = [
  {
    id: 'E21',
    title: 'poison of every kind that a process survives',
    inject: poison,
    prove: (target) => findBuried(target, CONTAINED),
  },
  {
    id: 'E21b',
    title: 'an event and a task that end their process each time',
    inject: async (target) => {
      await administer(target, DEADLY);
      await untilBuried(target, DEADLY);
    },
    prove: (target) => findBuried(target, DEADLY),
  },
];
