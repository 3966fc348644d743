import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { holdingOf } from './edge/usage.ts';
import type { Fault, FaultTarget, Form } from './fault.ts';
import { LEASE_MS } from './operation.ts';
import { waitFor } from './wait-for.ts';
import { reasonOf } from '../scripts/infra/setup-error.ts';

const ROOTS = [
  { folder: '/sys/fs/cgroup/memory', limit: 'memory.limit_in_bytes' },
  { folder: '/sys/fs/cgroup', limit: 'memory.max' },
];
/** Of the memory that a working replica holds. */
const ALLOWANCE = 1.2;
const READY_WITHIN_MS = 20_000;
const KILLED_WITHIN_MS = 30_000;
/** From the start of a replica until it is at work. */
const AT_WORK_MS = 2_000;
const KILLS: Readonly<Record<Form, number>> = { brief: 1, normal: 3, long: 10 };
const BLOCKED_MS = 2 * LEASE_MS;
const PRELOAD = { NODE_OPTIONS: `--import ${new URL('harm.ts', import.meta.url).href}` };

/** A control group whose memory is limited. */
interface Group {
  readonly members: string;
  readonly allow: (mib: number) => void;
  readonly remove: () => void;
}

function openGroup(name: string): Group {
  for (const { folder, limit } of ROOTS) {
    const own = join(folder, name);
    try {
      mkdirSync(own, { recursive: true });
    } catch {
      // The other kind, perhaps.
      continue;
    }
    if (existsSync(join(own, limit)))
      return {
        members: join(own, 'cgroup.procs'),
        allow: (mib) => writeFileSync(join(own, limit), String(Math.round(mib * 1_024 * 1_024))),
        remove: () => rmdirSync(own),
      };
    rmdirSync(own);
  }
  throw new Error('no control group for memory can be made');
}

async function findObstacle(): Promise<string | undefined> {
  try {
    openGroup('hoerok-chaos-probe').remove();
    return undefined;
  } catch (error) {
    return `memory cannot be limited here (${reasonOf(error)})`;
  }
}

/** The first replica is killed by the system each time it wants more than it may have; the second stands still meanwhile. */
async function pressMemory({ fleet, form, remark }: FaultTarget): Promise<void> {
  const group = openGroup(`hoerok-chaos-${process.pid}`);
  try {
    const mib = ALLOWANCE * holdingOf(fleet.replica(0).pid ?? 0).rssMiB;
    group.allow(mib);
    await fleet.equip(0, { ...PRELOAD, HARM: 'eat', HARM_CGROUP: group.members });
    await fleet.equip(1, { ...PRELOAD, HARM: 'block', HARM_BLOCK_MS: String(BLOCKED_MS) });
    for (let kill = 0; kill < KILLS[form]; kill += 1) await overeat(fleet, group);
    await pause(AT_WORK_MS);
    fleet.replica(1).kill('SIGUSR2');
    await pause(BLOCKED_MS);
    remark(
      `a replica was killed ${KILLS[form]} times at ${Math.round(mib)} MiB, the other stood still for ${BLOCKED_MS} ms`,
    );
  } finally {
    await fleet.equip(0, {});
    // A group goes once the last process has left it.
    await waitFor('the control group to be empty', () => (group.remove(), true), READY_WITHIN_MS);
  }
}

async function overeat(fleet: FaultTarget['fleet'], group: Group): Promise<void> {
  const isMember = (): boolean => {
    const { pid } = fleet.replica(0);
    return readFileSync(group.members, 'utf8').split('\n').includes(String(pid));
  };
  await waitFor('the replica to be in its control group', isMember, READY_WITHIN_MS);
  await pause(AT_WORK_MS);
  const replica = fleet.replica(0);
  const ended = once(replica, 'exit', { signal: AbortSignal.timeout(KILLED_WITHIN_MS) });
  replica.kill('SIGUSR2');
  const [, signal] = (await ended) as [number | null, NodeJS.Signals | null];
  if (signal !== 'SIGKILL') throw new Error(`The system did not kill the replica, it ended with ${signal}.`);
}

/** Faults of memory and of the event loop. */
export const MEMORY_FAULTS: readonly Fault[] = [
  {
    id: 'E26',
    title: 'a replica killed for memory at 1.2 times its working set, the other blocked for two leases',
    obstacle: findObstacle,
    inject: pressMemory,
  },
];
