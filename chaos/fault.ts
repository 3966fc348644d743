import type { Messaging } from '@hoerok/shared/messaging';
import type { StreamExpectation } from './checker.ts';
import type { TcpProxy } from '../packages/shared/test/tcp-proxy.ts';
import type { Fleet } from './processes.ts';
import type { BreakableServers } from './servers.ts';
import type { SystemAddress } from './system.ts';

/** How much of a fault: what a test can wait for, what `npm run chaos` does, or more. */
export type Form = 'brief' | 'normal' | 'long';

/** The way of one replica to its servers. */
export interface Way {
  readonly nats: TcpProxy;
  readonly postgres: TcpProxy;
}

/** What a fault may break. */
export interface FaultTarget {
  readonly servers: BreakableServers;
  readonly system: SystemAddress;
  readonly fleet: Fleet;
  /** A connection of the runner itself. */
  readonly messaging: Messaging;
  readonly form: Form;
  /** The way of each replica to its servers; only where the fault asks for it. */
  readonly ways: readonly Way[];
  /** Resolves once the system has come to rest. */
  readonly rest: () => Promise<void>;
  /** Says something below the row that is no failure. */
  readonly remark: (text: string) => void;
}

/** One row of the table: what is broken while the load runs. */
export interface Fault {
  /** Number in the list of experiments. */
  readonly id: string;
  readonly title: string;
  /** Why it cannot be done on this machine; undefined when it can. */
  readonly obstacle?: () => Promise<string | undefined>;
  /** The replicas reach their servers through {@link FaultTarget.ways}. @default false */
  readonly proxied?: boolean;
  /** Of the streams. @default 300 */
  readonly duplicateWindowSeconds?: Readonly<Record<Form, number>>;
  readonly stream?: StreamExpectation;
  /** Breaks and heals; resolves when nothing is broken any more. */
  readonly inject: (target: FaultTarget) => Promise<void>;
  /** More to prove once the load is over and the system rests; answers what is wrong. */
  readonly prove?: (target: FaultTarget) => Promise<readonly string[]>;
}

/** Several faults one after the other on one system, as if they were one. */
export function inSequence(id: string, faults: readonly Fault[]): Fault {
  const windows = faults.flatMap(({ duplicateWindowSeconds }) => duplicateWindowSeconds ?? []);
  return {
    id,
    title: faults.map(({ title }) => title).join(', '),
    proxied: faults.some(({ proxied }) => proxied),
    stream: Object.assign({}, ...faults.map(({ stream }) => stream)) as StreamExpectation,
    ...(windows[0] === undefined ? {} : { duplicateWindowSeconds: windows[0] }),
    inject: async (target) => {
      for (const fault of faults) await fault.inject(target);
    },
    obstacle: async () => {
      for (const fault of faults) {
        const obstacle = await fault.obstacle?.();
        if (obstacle !== undefined) return obstacle;
      }
      return undefined;
    },
    prove: async (target) => {
      const findings: string[] = [];
      for (const fault of faults) findings.push(...((await fault.prove?.(target)) ?? []));
      return findings;
    },
  };
}
