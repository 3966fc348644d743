import type { Verdict } from './checker.ts';
import type { Fault, Form } from './fault.ts';
import type { BreakableServers } from './servers.ts';

/** One row of the table. */
export interface Experiment extends Pick<Fault, 'id' | 'title' | 'obstacle'> {
  readonly run: (servers: BreakableServers, form: Form) => Promise<Outcome>;
}

/** What came of it. */
export interface Outcome extends Verdict {
  /** From the end of the fault until everything accepted before it has taken effect; null when that never came. */
  readonly recoverySeconds: number | null;
  /** The longest that anything accepted waited for its effect, the fault included. */
  readonly slowestSeconds: number;
  /** What else was seen; nothing that is wrong. */
  readonly remarks: readonly string[];
}
