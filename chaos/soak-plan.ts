const FAULTS = [
  'worker killed',
  'worker frozen',
  'NATS killed',
  'PostgreSQL killed',
  'Redis killed',
  'PostgreSQL frozen',
  'connections cut',
  'connections stalled',
] as const;

/** What a soak breaks. */
export type SoakFaultName = (typeof FAULTS)[number];

/** A fault and when it comes. */
export interface PlannedFault {
  readonly fault: SoakFaultName;
  /** From the start of the soak. */
  readonly atMs: number;
}

/** One fault in each span, in its first half, so that it is over before the next begins. The same for the same seed. */
export function planSoak(seed: number, rounds: number, spanMs: number): PlannedFault[] {
  const random = randomFrom(seed);
  return Array.from({ length: rounds }, (_, round) => {
    const fault = FAULTS[Math.floor(random() * FAULTS.length)] ?? FAULTS[0];
    return { fault, atMs: Math.round((round + random() / 2) * spanMs) };
  });
}

/** Numbers from 0 to 1 that look random: mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
