import { percentile } from './steady-load.ts';

/** How much slower others may become beside a fault. */
const MORE = 1.2;
/** Below this nothing is told apart: any process of the machine collecting its garbage takes as long. */
const SMALLEST_FLOOR_MS = 10;
/** What is missed once may be the doing of another program; what is missed each time is ours. */
export const ROUNDS = 3;

/** What others notice of a fault, as times in milliseconds. */
export interface Comparison {
  /** p99 of all calm times, and of those beside the fault. */
  readonly calmMs: number;
  readonly besideMs: number;
  /** By how much p99 differs between parts of the calm, in which nothing was changed. */
  readonly floorMs: number;
  readonly barMs: number;
  readonly isMet: boolean;
}

/**
 * Holds times beside a fault against calm times of the same run: p99 at most 1.2 times as much, and the noise that the
 * calm shows by itself. A part without any time is no measurement, and the bar is missed.
 * @param calm in the order of time, at least one part; each is halved to see the noise.
 */
export function compareP99(calm: readonly (readonly number[])[], beside: readonly number[]): Comparison {
  const parts = calm.flatMap((part) => halvesOf(part)).map((part) => percentile(part, 0.99));
  const calmMs = percentile(calm.flat(), 0.99);
  const besideMs = percentile(beside, 0.99);
  const floorMs = Math.max(SMALLEST_FLOOR_MS, Math.max(...parts) - Math.min(...parts));
  const barMs = MORE * calmMs + floorMs;
  return { calmMs, besideMs, floorMs, barMs, isMet: besideMs <= barMs };
}

/** The comparison in words. */
export function tellComparison({ calmMs, besideMs, floorMs, barMs }: Comparison): string {
  const [calm, beside, floor, bar] = [calmMs, besideMs, floorMs, barMs].map((ms) => ms.toFixed(1));
  return `p99 ${beside} ms beside it, ${calm} ms without, which differs by itself by ${floor} ms: the bar is ${bar} ms`;
}

function halvesOf(part: readonly number[]): readonly (readonly number[])[] {
  const middle = part.length >> 1;
  return [part.slice(0, middle), part.slice(middle)];
}
