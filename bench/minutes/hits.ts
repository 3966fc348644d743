/** Offers of one meeting against its reference items. */
export interface Hits {
  readonly offered: number;
  /** Offers that quote a reference item, or nearly. */
  readonly right: number;
  /** Reference items that an offer quotes, or nearly. */
  readonly found: number;
  readonly gold: number;
}

/**
 * Counts by evidence: an offer and a reference item meet when one of its utterances is at most `within` utterances from one
 * of the other's. Reference items without evidence are left out: nothing could find them.
 */
export function hitsOf(
  utterances: readonly string[],
  compared: {
    readonly offers: readonly (readonly string[])[];
    readonly gold: readonly (readonly string[])[];
    readonly within: number;
  },
): Hits {
  const places = new Map(utterances.map((id, at) => [id, at]));
  const placed = (ids: readonly string[]): number[] => ids.flatMap((id) => places.get(id) ?? []);
  const offers = compared.offers.map(placed);
  const gold = compared.gold.map(placed).filter((at) => at.length > 0);
  const meet = (left: readonly number[], right: readonly number[]): boolean =>
    left.some((one) => right.some((other) => Math.abs(one - other) <= compared.within));
  return {
    offered: offers.length,
    right: offers.filter((offer) => gold.some((item) => meet(offer, item))).length,
    found: gold.filter((item) => offers.some((offer) => meet(offer, item))).length,
    gold: gold.length,
  };
}

/** All meetings together. */
export function sumHits(hits: readonly Hits[]): Hits {
  const total = (key: keyof Hits): number => hits.reduce((sum, hit) => sum + hit[key], 0);
  return { offered: total('offered'), right: total('right'), found: total('found'), gold: total('gold') };
}
