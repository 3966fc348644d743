import { setTimeout as pause } from 'node:timers/promises';
import { holdingOf } from './edge/usage.ts';
import type { Fault, FaultTarget, Form } from './fault.ts';
import { LEASE_MS } from './operation.ts';
import { type PlannedFault, planSoak, type SoakFaultName } from './soak-plan.ts';

/** What a soak may be told. */
export interface SoakOptions {
  /** The same seed gives the same faults at the same moments. @default 1 */
  readonly seed?: number;
  /** How long it takes. @default by form: 0.2, 3 or 30 */
  readonly minutes?: number;
}

const MINUTES: Readonly<Record<Form, number>> = { brief: 0.2, normal: 3, long: 30 };
/** From one fault to the next, each at a random moment of its span. */
const SPAN_MS: Readonly<Record<Form, number>> = { brief: 4_000, normal: 20_000, long: 60_000 };
const AWAY_MS = 1_000;
const LOOK_EVERY_MS = 5_000;
/** The bar, judged once there is enough to tell a leak from a heap that is settling. */
const SLOPE_MIB_PER_MINUTE = 1;
const ENOUGH_MINUTES = 10;
/** The rest comes before memory has settled. */
const SETTLED_SHARE = 1 / 3;

type Ways = FaultTarget['ways'];

const eachWay = async (ways: Ways, act: (link: Ways[number]['nats']) => unknown): Promise<void> => {
  await Promise.all(
    ways.flatMap(({ nats, postgres }) => [nats, postgres]).map(async (link) => await act(link)),
  );
};

async function killServer({ servers }: FaultTarget, name: 'nats' | 'postgres' | 'redis'): Promise<void> {
  await servers.kill(name, 'SIGKILL');
  await pause(AWAY_MS);
  await servers.restart(name);
}

// The second replica is never ended, so that its memory tells of the whole time.
const ACTIONS: Readonly<Record<SoakFaultName, (target: FaultTarget) => Promise<void>>> = {
  'worker killed': async ({ fleet }) => void fleet.replica(0).kill('SIGKILL'),
  'worker frozen': async ({ fleet }) => {
    const worker = fleet.replica(0);
    worker.kill('SIGSTOP');
    await pause(2 * LEASE_MS);
    worker.kill('SIGCONT');
  },
  'NATS killed': async (target) => await killServer(target, 'nats'),
  'PostgreSQL killed': async (target) => await killServer(target, 'postgres'),
  'Redis killed': async (target) => await killServer(target, 'redis'),
  'PostgreSQL frozen': async ({ servers }) => {
    await servers.freeze('postgres');
    await pause(3 * AWAY_MS);
    await servers.thaw('postgres');
  },
  'connections cut': async ({ ways }) => {
    await eachWay(ways, (link) => link.cut());
    await pause(AWAY_MS);
    await eachWay(ways, (link) => link.mend());
  },
  'connections stalled': async ({ ways }) => {
    await eachWay(ways, (link) => link.stall());
    await pause(3 * AWAY_MS);
    await eachWay(ways, (link) => link.mend());
  },
};

/** Random faults for a while, as a seed says. */
export function createSoak({ seed = 1, minutes }: SoakOptions = {}): Fault {
  const samples: { readonly minute: number; readonly mib: number }[] = [];
  return {
    id: 'E32',
    title: 'soak: random faults one after the other',
    proxied: true,
    inject: async (target) => {
      const { form, fleet, remark } = target;
      const spanMs = SPAN_MS[form];
      const rounds = Math.max(1, Math.round(((minutes ?? MINUTES[form]) * 60_000) / spanMs));
      const plan = planSoak(seed, rounds, spanMs);
      remark(`seed ${seed}: ${plan.map(describe).join(', ')}`);
      const startedAt = performance.now();
      const look = setInterval(() => {
        const mib = holdingOf(fleet.replica(1).pid ?? 0).rssMiB;
        if (!Number.isNaN(mib)) samples.push({ minute: (performance.now() - startedAt) / 60_000, mib });
      }, LOOK_EVERY_MS);
      try {
        for (const { fault, atMs } of plan) {
          await pause(Math.max(0, startedAt + atMs - performance.now()));
          await ACTIONS[fault](target);
        }
        await pause(Math.max(0, startedAt + rounds * spanMs - performance.now()));
      } finally {
        clearInterval(look);
      }
    },
    prove: async ({ remark }) => {
      const last = samples.at(-1)?.minute ?? 0;
      const slope = slopeOf(samples.filter(({ minute }) => minute > last * SETTLED_SHARE));
      if (last < ENOUGH_MINUTES) return [];
      remark(`the memory of a replica grew by ${slope.toFixed(2)} MiB a minute`);
      return slope > SLOPE_MIB_PER_MINUTE ? [`I8 memory grows by ${slope.toFixed(2)} MiB a minute`] : [];
    },
  };
}

function describe({ fault, atMs }: PlannedFault): string {
  return `${fault} at ${(atMs / 1_000).toFixed(0)} s`;
}

/** Least squares; 0 of less than two. */
function slopeOf(samples: readonly { readonly minute: number; readonly mib: number }[]): number {
  const mean = (of: (sample: { minute: number; mib: number }) => number): number =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const [minute, mib] = [mean((one) => one.minute), mean((one) => one.mib)];
  const spread = mean((one) => (one.minute - minute) ** 2);
  return spread > 0 ? mean((one) => (one.minute - minute) * (one.mib - mib)) / spread : 0;
}
