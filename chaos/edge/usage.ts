import { readdirSync, readFileSync } from 'node:fs';

/** What a process holds; NaN where the system does not say (no /proc). */
export interface Holding {
  readonly rssMiB: number;
  readonly descriptors: number;
}

/** What the process holds at this moment. */
export function holdingOf(pid: number): Holding {
  try {
    const [, kib] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return { rssMiB: Number(kib) / 1_024, descriptors: readdirSync(`/proc/${pid}/fd`).length };
  } catch {
    return { rssMiB: Number.NaN, descriptors: Number.NaN };
  }
}

/** Looks at a process until it is told to stop; then the most that it held. */
export function watchHolding(pid: () => number): Disposable & { readonly stop: () => Holding } {
  let most: Holding = { rssMiB: 0, descriptors: 0 };
  const look = (): void => {
    const { rssMiB, descriptors } = holdingOf(pid());
    most = {
      rssMiB: Math.max(most.rssMiB, rssMiB || 0),
      descriptors: Math.max(most.descriptors, descriptors || 0),
    };
  };
  look();
  const timer = setInterval(look, 100);
  return {
    stop: () => {
      clearInterval(timer);
      look();
      return most;
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
