import type { GraphQLFieldResolver } from 'graphql';
import { PRODUCTS, REVIEWS, USERS } from './records.ts';

/** One subgraph: SDL and resolvers as `buildSubgraphSchema` takes them. They answer at once, without promises. */
export interface BenchSubgraph {
  readonly name: string;
  readonly sdl: string;
  readonly resolvers: Readonly<
    Record<string, Readonly<Record<string, (parent: never, args: never) => unknown>>>
  >;
  /** Answers the fields that have no resolver. @default the property of that name */
  readonly fieldResolver?: GraphQLFieldResolver<unknown, unknown>;
}

// SDL of federation 1: every contender reads it, and composition makes a federation 2 supergraph of it.
const accounts: BenchSubgraph = {
  name: 'accounts',
  sdl: `
    extend type Query { me: User user(id: ID!): User users: [User] }
    type User @key(fields: "id") { id: ID! name: String username: String birthday: Int }
  `,
  resolvers: {
    Query: {
      me: () => USERS[0],
      user: (_: never, { id }: { id: string }) => user(id),
      users: () => USERS,
    },
    User: { __resolveReference: ({ id }: { id: string }) => user(id) },
  },
};

const products: BenchSubgraph = {
  name: 'products',
  sdl: `
    extend type Query { topProducts(first: Int = 5): [Product] }
    type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }
  `,
  resolvers: {
    Query: { topProducts: (_: never, { first }: { first: number | null }) => PRODUCTS.slice(0, first ?? 5) },
    Product: { __resolveReference: ({ upc }: { upc: string }) => product(upc) },
  },
};

const inventory: BenchSubgraph = {
  name: 'inventory',
  sdl: `
    extend type Product @key(fields: "upc") {
      upc: String! @external
      weight: Int @external
      price: Int @external
      inStock: Boolean
      shippingEstimate: Int @requires(fields: "price weight")
    }
  `,
  resolvers: {
    Product: {
      __resolveReference: (reference: { upc: string }) => ({
        ...reference,
        inStock: product(reference.upc)?.inStock,
      }),
      // Expensive goods travel free of charge.
      shippingEstimate: ({ price, weight }: { price: number; weight: number }) =>
        price > 1_000 ? 0 : Math.floor(weight / 2),
    },
  },
};

const reviews: BenchSubgraph = {
  name: 'reviews',
  sdl: `
    type Review @key(fields: "id") { id: ID! body: String product: Product author: User @provides(fields: "username") }
    extend type User @key(fields: "id") { id: ID! @external username: String @external reviews: [Review] }
    extend type Product @key(fields: "upc") { upc: String! @external reviews: [Review] }
  `,
  resolvers: {
    Review: {
      __resolveReference: ({ id }: { id: string }) => REVIEWS.find((review) => review.id === id),
      product: ({ upc }: { upc: string }) => ({ upc }),
      author: () => ({ id: '1', username: USERS[0]?.username }),
    },
    // As in the public benchmarks: everybody wrote the first two, and the first account wrote all.
    User: { reviews: () => REVIEWS.slice(0, 2) },
    Product: { reviews: ({ upc }: { upc: string }) => REVIEWS.filter((review) => review.upc === upc) },
  },
};

/** The accounts / inventory / products / reviews supergraph of the public federation benchmarks. */
export const SHOP: readonly BenchSubgraph[] = [accounts, inventory, products, reviews];

function user(id: string): (typeof USERS)[number] | undefined {
  return USERS.find((candidate) => candidate.id === id);
}

function product(upc: string): (typeof PRODUCTS)[number] | undefined {
  return PRODUCTS.find((candidate) => candidate.upc === upc);
}
