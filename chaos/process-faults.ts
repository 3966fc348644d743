import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { eventSubject, qualify } from '@hoerok/shared/messaging';
import type { Fault, FaultTarget } from './fault.ts';
import { headersOf } from './nats-headers.ts';
import { countDeadLetters } from './observer.ts';
import { LEASE_MS, operationAccepted, POISON, WORKSPACE as workspaceId } from './operation.ts';
import { type ProcessOptions, startProcess } from './processes.ts';

// Those whose messages take longest to come back first: the others pass meanwhile.
const EVENT_POINTS = ['events:after-burial', 'events:after-commit', 'events:before-commit'];
const OUTBOX_POINTS = ['outbox:after-publish', 'outbox:after-settle'];
const TASK_POINTS = [
  'task:after-claim',
  'task:before-step',
  'task:after-step',
  'task:before-commit',
  'task:after-commit',
];
/** The others have tests of their own in packages/shared/test. */
const BRIEF_POINTS = [...EVENT_POINTS, 'outbox:after-publish', 'task:before-commit', 'task:after-commit'];
const REACHED_WITHIN_MS = 20_000;

async function killWorkers({ fleet, form }: FaultTarget): Promise<void> {
  for (let kills = { brief: 2, normal: 5, long: 20 }[form]; kills > 0; kills -= 1) {
    await pause(400 + Math.random() * 1_200);
    fleet.replica(kills % fleet.size).kill('SIGKILL');
  }
}

async function stopAndContinueEach({ fleet, form }: FaultTarget): Promise<void> {
  // One of them is the active relay: then nothing is published meanwhile; the other one's tasks are taken over.
  for (let place = 0; place < (form === 'brief' ? 1 : fleet.size); place += 1) {
    const zombie = fleet.replica(place);
    zombie.kill('SIGSTOP');
    await pause(2 * LEASE_MS);
    zombie.kill('SIGCONT');
  }
}

/** At the points of a task twice: once in whatever comes, mostly a task that starts where it is accepted, once from the queue. */
async function crashAtEachPoint(target: FaultTarget): Promise<void> {
  const { fleet } = target;
  await fleet.pause();
  await publishMalformed(target);
  const points = target.form === 'brief' ? BRIEF_POINTS : [...EVENT_POINTS, ...OUTBOX_POINTS, ...TASK_POINTS];
  for (const crashAt of points) await crash(target, { crashAt });
  if (target.form !== 'brief')
    for (const crashAt of TASK_POINTS) await crash(target, { crashAt, role: 'queue' });
  fleet.resume();
}

/** An event that is buried by whoever gets it. */
async function publishMalformed({ messaging }: FaultTarget): Promise<void> {
  const subject = eventSubject({ ...operationAccepted, workspaceId, aggregateId: `${POISON}json` });
  await messaging.jetstream.publish(qualify(messaging.namespace, subject), 'no json', {
    headers: headersOf({
      'ce-id': 'no-json',
      'ce-type': operationAccepted.type,
      'x-workspace-id': workspaceId,
    }),
  });
}

async function crash({ system }: FaultTarget, options: ProcessOptions): Promise<void> {
  const worker = startProcess('worker', system, options);
  const late = setTimeout(() => worker.kill('SIGTERM'), REACHED_WITHIN_MS);
  const [, signal] = (await once(worker, 'exit')) as [number | null, NodeJS.Signals | null];
  clearTimeout(late);
  if (signal !== 'SIGKILL') throw new Error(`No worker came to the fault point ${options.crashAt}.`);
}

async function findOneLetter({ messaging }: FaultTarget): Promise<readonly string[]> {
  const buried = await countDeadLetters(messaging);
  return isDeepStrictEqual(buried, { schema: 1 }) ? [] : [`dead letters are ${JSON.stringify(buried)}`];
}

/** Faults of the processes of the service itself. */
export const PROCESS_FAULTS: readonly Fault[] = [
  { id: 'E1', title: 'kill -9 of workers at random points', inject: killWorkers },
  { id: 'E2', title: 'crash at every fault point', inject: crashAtEachPoint, prove: findOneLetter },
  { id: 'E3', title: 'each worker stopped for two leases', inject: stopAndContinueEach },
];
