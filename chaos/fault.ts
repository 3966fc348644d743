import type { Messaging } from '@hoerok/shared/messaging';
import type { StreamExpectation } from './checker.ts';
import type { Fleet } from './processes.ts';
import type { BreakableServers } from './servers.ts';
import type { SystemAddress } from './system.ts';

/** What a fault may break. */
export interface FaultTarget {
  readonly servers: BreakableServers;
  readonly system: SystemAddress;
  readonly fleet: Fleet;
  /** A connection of the runner itself. */
  readonly messaging: Messaging;
  readonly long: boolean;
  /** Resolves once the system has come to rest. */
  readonly rest: () => Promise<void>;
}

/** One row of the table: what is broken while the load runs. */
export interface Fault {
  /** Number in the list of experiments. */
  readonly id: string;
  readonly title: string;
  /** Too long for the short form. @default false */
  readonly longOnly?: boolean;
  readonly stream?: StreamExpectation;
  /** Breaks and heals; resolves when nothing is broken any more. */
  readonly inject: (target: FaultTarget) => Promise<void>;
  /** More to prove once the load is over and the system rests; answers what is wrong. */
  readonly prove?: (target: FaultTarget) => Promise<readonly string[]>;
}
