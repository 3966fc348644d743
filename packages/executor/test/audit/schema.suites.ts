import { byId, type Suite } from './suite.ts';

const crates = [
  { id: 'k1', kind: 'DRY', kg: 10 },
  { id: 'k2', kind: 'WET', kg: 20 },
];

/** Where the schemas of subgraphs differ, and what clients may see of them. */
export const schemaSuites: readonly Suite[] = [
  {
    feature: 'an enum of which subgraphs know different values',
    subgraphs: () => ({
      a: {
        schema:
          'type Query { crates(kind: Kind): [Crate!]! } enum Kind { DRY WET } type Crate @key(fields: "id") { id: ID! kind: Kind state: State }  enum State { OPEN SHUT }',
        resolvers: {
          Query: {
            crates: (_: never, { kind }: { kind?: string }) =>
              crates
                .filter((crate) => kind === undefined || crate.kind === kind)
                .map((crate) => ({ ...crate, state: 'OPEN' })),
          },
          Crate: { __resolveReference: byId(crates) },
        },
      },
      b: {
        schema:
          'type Query { newest: Crate } enum State { SHUT LOST HIDDEN @inaccessible } type Crate @key(fields: "id") { id: ID! last: State next: State }',
        resolvers: {
          Query: { newest: () => ({ id: 'k1', last: 'LOST', next: 'HIDDEN' }) },
          Crate: { __resolveReference: ({ id }: { id: string }) => ({ id, last: 'SHUT', next: 'HIDDEN' }) },
        },
      },
    }),
    cases: [
      {
        query: 'query ($k: Kind = WET) { crates(kind: $k) { id kind state last } newest { last } }',
        data: { crates: [{ id: 'k2', kind: 'WET', state: 'OPEN', last: 'SHUT' }], newest: { last: 'LOST' } },
      },
      // What clients must not see is null to them, without a word.
      { query: '{ newest { id next } }', data: { newest: { id: 'k1', next: null } } },
    ],
  },
  {
    feature: 'arguments and input fields that not all subgraphs have',
    subgraphs: () => {
      const shared = 'type Crate @key(fields: "id") { id: ID! kg: Int @shareable }';
      const resolvers = {
        Query: {
          heavy: (_: never, { than }: { than: { kg: number } }) => crates.filter(({ kg }) => kg >= than.kg),
        },
        Crate: { __resolveReference: byId(crates) },
      };
      return {
        a: {
          schema: `type Query { heavy(than: Than!): [Crate!]! @shareable } input Than { kg: Int! = 15, fast: Boolean } ${shared}`,
          resolvers,
        },
        b: {
          schema: `type Query { heavy(than: Than!): [Crate!]! @shareable } input Than { kg: Int! = 15 } ${shared}`,
          resolvers,
        },
      };
    },
    cases: [
      { query: '{ heavy(than: {}) { id } }', data: { heavy: [{ id: 'k2' }] } },
      {
        query: 'query ($than: Than!) { heavy(than: $than) { id kg } }',
        variables: { than: { kg: 5 } },
        data: {
          heavy: [
            { id: 'k1', kg: 10 },
            { id: 'k2', kg: 20 },
          ],
        },
      },
    ],
  },
  {
    feature: 'inaccessible types, fields and arguments that others still require',
    subgraphs: () => ({
      a: {
        schema:
          'type Query { crates: [Crate!]! } type Crate @key(fields: "id") { id: ID! kg: Int! @inaccessible seal(secret: Int @inaccessible): Seal } type Seal { code: String! @inaccessible color: String! }',
        resolvers: {
          Query: { crates: () => crates },
          Crate: { __resolveReference: byId(crates), seal: () => ({ code: 'x', color: 'red' }) },
        },
      },
      b: {
        schema:
          'type Crate @key(fields: "id") { id: ID! kg: Int! @external fee: Int! @requires(fields: "kg") }',
        resolvers: { Crate: { fee: ({ kg }: { kg: number }) => kg * 3 } },
      },
    }),
    cases: [
      {
        query: '{ crates { fee seal { color } } __type(name: "Crate") { fields { name args { name } } } }',
        data: {
          crates: [
            { fee: 30, seal: { color: 'red' } },
            { fee: 60, seal: { color: 'red' } },
          ],
          __type: {
            fields: [
              { name: 'id', args: [] },
              { name: 'seal', args: [] },
              { name: 'fee', args: [] },
            ],
          },
        },
      },
    ],
  },
  {
    feature: 'a field taken over from a subgraph, or from one that is gone',
    subgraphs: () => ({
      a: {
        schema:
          'type Query { crates: [Crate!]! } interface Thing { id: ID! tag: String } type Crate implements Thing @key(fields: "id") { id: ID! tag: String }',
        resolvers: {
          Query: { crates: () => crates },
          Crate: { __resolveReference: byId(crates), tag: () => 'old' },
        },
      },
      b: {
        schema:
          'type Query { thing: Thing } interface Thing { id: ID! tag: String } type Crate implements Thing @key(fields: "id") { id: ID! tag: String @override(from: "a") price: Int @override(from: "gone") }',
        resolvers: {
          Query: { thing: () => ({ __typename: 'Crate', id: 'k1' }) },
          Crate: { __resolveReference: byId(crates), tag: () => 'new', price: () => 4 },
        },
      },
    }),
    cases: [
      {
        query: '{ crates { tag price } thing { tag id } }',
        data: {
          crates: [
            { tag: 'new', price: 4 },
            { tag: 'new', price: 4 },
          ],
          thing: { tag: 'new', id: 'k1' },
        },
      },
    ],
  },
  {
    feature: 'a root field that several subgraphs share, each with a part of its value',
    subgraphs: () => ({
      a: {
        schema:
          'type Query { yard: Yard! @shareable } type Yard { name: String! crane: Crane! @shareable } type Crane @shareable { no: Int! }',
        resolvers: { Query: { yard: () => ({ name: 'North', crane: { no: 1 } }) } },
      },
      b: {
        schema:
          'type Query { yard: Yard! @shareable } type Yard { area: Int! crane: Crane! @shareable } type Crane { no: Int! @shareable reach: Int! }',
        resolvers: { Query: { yard: () => ({ area: 5, crane: { no: 1, reach: 30 } }) } },
      },
      c: {
        schema: 'type Query { yard: Yard! @shareable } type Yard { open: Boolean! }',
        resolvers: { Query: { yard: () => ({ open: true }) } },
      },
    }),
    cases: [
      {
        query: '{ yard { open name area crane { reach no } } me: __typename }',
        data: { yard: { open: true, name: 'North', area: 5, crane: { reach: 30, no: 1 } }, me: 'Query' },
      },
    ],
  },
];
