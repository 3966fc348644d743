import type { BenchSubgraph } from './shop.ts';
import { SHOP } from './shop.ts';
import { loadHoerok } from './hoerok.ts';

/** The graphs that loads are about: the public one, and our own. */
export type GraphName = 'shop' | 'hoerok';

/** The subgraphs of a graph. @throws Error for a name that there is not */
export async function loadGraph(name: string): Promise<readonly BenchSubgraph[]> {
  if (name === 'shop') return SHOP;
  if (name === 'hoerok') return await loadHoerok();
  throw new Error(`There is no graph "${name}".`);
}
