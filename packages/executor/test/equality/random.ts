/** A reproducible source of choices. Two with the same seed make the same choices in the same order. */
export interface Random {
  /** A number from 0 up to, not including, 1. */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  /** @throws Error for an empty list. */
  pick<T>(list: readonly T[]): T;
  /** `count` different items (all, when there are fewer), in the order of the list. */
  sample<T>(list: readonly T[], count: number): T[];
  /** An own source for one purpose, so that choices added elsewhere do not shift these. */
  fork(purpose: string): Random;
}

/** FNV-1a, 32 bits. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}

/** Makes a source from any text, by mulberry32. */
export function createRandom(seed: string): Random {
  let state = hash(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick: (list) => {
      if (list.length === 0) throw new Error(`Nothing to pick from (seed ${seed}).`);
      // The index is below the length, which is not zero.
      return list[between(0, list.length - 1)] as (typeof list)[number];
    },
    sample: (list, count) => {
      const left = list.map((_, index) => index);
      const chosen: number[] = [];
      while (chosen.length < count && left.length > 0) {
        chosen.push(...left.splice(between(0, left.length - 1), 1));
      }
      return chosen.sort((a, b) => a - b).map((index) => list[index] as (typeof list)[number]);
    },
    fork: (purpose) => createRandom(`${seed}/${purpose}`),
  };
}
