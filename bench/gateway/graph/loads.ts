import { readFileSync } from 'node:fs';
import type { GraphName } from './graphs.ts';

/** What the clients ask, how many at a time. */
export interface Load {
  /** For `--load`. */
  readonly key: string;
  readonly description: string;
  readonly graph: GraphName;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Each has one request under way. */
  readonly connections: number;
  /** Every subgraph waits this long before it answers. */
  readonly latencyMs: number;
}

const FRAGMENTS = {
  user: 'fragment User on User { id username name }',
  review: 'fragment Review on Review { id body }',
  product: 'fragment Product on Product { inStock name price shippingEstimate upc weight }',
};

/** The nested query of the public benchmarks: four levels of entities, each in two or three subgraphs. */
const BIG = `
${Object.values(FRAGMENTS).join('\n')}
query TestQuery {
  users {
    ...User
    reviews {
      ...Review
      product {
        ...Product
        reviews {
          ...Review
          author { ...User reviews { ...Review product { ...Product } } }
        }
      }
    }
  }
  topProducts {
    ...Product
    reviews {
      ...Review
      author { ...User reviews { ...Review product { ...Product } } }
    }
  }
}`;

/** All four subgraphs, one level of reviews, with a variable. */
const MEDIUM = `
${Object.values(FRAGMENTS).join('\n')}
query Medium($first: Int) {
  topProducts(first: $first) { ...Product reviews { ...Review author { ...User } } }
}`;

/** One subgraph. */
const SMALL = 'query Small($first: Int) { topProducts(first: $first) { upc name price } }';

const THREE = { first: 3 };

/** The page of a meeting, as the product asks it: seven subgraphs. */
const PAGE = readFileSync(new URL('../../../operations/meeting-page.graphql', import.meta.url), 'utf8');

/** In the order of the tables. */
export const LOADS: readonly Load[] = [
  {
    key: 'big',
    description: 'big query, 50 connections',
    graph: 'shop',
    query: BIG,
    connections: 50,
    latencyMs: 0,
  },
  {
    key: 'medium',
    description: 'medium query, 50 connections',
    graph: 'shop',
    query: MEDIUM,
    variables: THREE,
    connections: 50,
    latencyMs: 0,
  },
  {
    key: 'small',
    description: 'small query, 50 connections',
    graph: 'shop',
    query: SMALL,
    variables: THREE,
    connections: 50,
    latencyMs: 0,
  },
  {
    key: 'one',
    description: 'big query, 1 connection',
    graph: 'shop',
    query: BIG,
    connections: 1,
    latencyMs: 0,
  },
  {
    key: 'latency',
    description: 'big query, 50 connections, 4 ms in every subgraph',
    graph: 'shop',
    query: BIG,
    connections: 50,
    latencyMs: 4,
  },
  {
    key: 'page',
    description: 'page query of our own supergraph, 50 connections',
    graph: 'hoerok',
    query: PAGE,
    variables: { id: 'meeting-1' },
    connections: 50,
    latencyMs: 0,
  },
];

/** The body of a request. */
export function bodyOf({ query, variables }: Load): string {
  return JSON.stringify({ query, ...(variables === undefined ? {} : { variables }) });
}
