import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Fault, FaultTarget } from './fault.ts';
import { LEASE_MS } from './operation.ts';
import { startProcess } from './processes.ts';

// The one whose messages take longest to come back first: the others pass meanwhile.
const FAULT_POINTS = [
  'events:after-commit',
  'outbox:after-publish',
  'task:after-claim',
  'task:before-commit',
  'task:after-commit',
];
const REACHED_WITHIN_MS = 20_000;

async function killWorkers({ fleet, long }: FaultTarget): Promise<void> {
  for (let kills = long ? 20 : 5; kills > 0; kills -= 1) {
    await pause(400 + Math.random() * 1_200);
    fleet.replica(kills % fleet.size).kill('SIGKILL');
  }
}

async function stopAndContinueEach({ fleet }: FaultTarget): Promise<void> {
  // One of them is the active relay: then nothing is published meanwhile; the other one's tasks are taken over.
  for (let place = 0; place < fleet.size; place += 1) {
    const zombie = fleet.replica(place);
    zombie.kill('SIGSTOP');
    await pause(2 * LEASE_MS);
    zombie.kill('SIGCONT');
  }
}

async function crashAtEachPoint({ fleet, system }: FaultTarget): Promise<void> {
  await fleet.pause();
  for (const crashAt of FAULT_POINTS) {
    const worker = startProcess('worker', system, { crashAt });
    const late = setTimeout(() => worker.kill('SIGTERM'), REACHED_WITHIN_MS);
    const [, signal] = (await once(worker, 'exit')) as [number | null, NodeJS.Signals | null];
    clearTimeout(late);
    if (signal !== 'SIGKILL') throw new Error(`No worker came to the fault point ${crashAt}.`);
  }
  fleet.resume();
}

/** Faults of the processes of the service itself. */
export const PROCESS_FAULTS: readonly Fault[] = [
  { id: 'E1', title: 'kill -9 of workers at random points', inject: killWorkers },
  { id: 'E2', title: 'crash at every fault point', inject: crashAtEachPoint },
  { id: 'E3', title: 'each worker stopped for two leases', inject: stopAndContinueEach },
];
