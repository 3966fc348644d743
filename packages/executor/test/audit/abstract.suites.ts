import { byId, type Suite } from './suite.ts';

const boats = [
  { __typename: 'Ferry', id: 'f1', seats: 40, name: 'Ann' },
  { __typename: 'Tug', id: 't1', power: 900, name: 'Bo' },
];

/** Interfaces, unions and objects that stand for interfaces. */
export const abstractSuites: readonly Suite[] = [
  {
    feature: 'a node interface whose types live in different subgraphs',
    subgraphs: () => ({
      nodes: {
        schema:
          'type Query { node(id: ID!): Node } interface Node { id: ID! } type Ferry implements Node @key(fields: "id") { id: ID! } type Tug implements Node @key(fields: "id") { id: ID! }',
        resolvers: {
          Query: {
            node: (_: never, { id }: { id: string }) =>
              byId(boats.map(({ __typename, id: own }) => ({ __typename, id: own })))({ id }),
          },
        },
      },
      ferries: {
        schema: 'type Ferry @key(fields: "id") { id: ID! seats: Int! }',
        resolvers: { Ferry: { __resolveReference: byId(boats) } },
      },
      tugs: {
        schema: 'type Tug @key(fields: "id") { id: ID! power: Int! }',
        resolvers: { Tug: { __resolveReference: byId(boats) } },
      },
    }),
    cases: [
      {
        query:
          'query ($a: ID!) { a: node(id: $a) { __typename ...F ... on Tug { power } } b: node(id: "t1") { ...F ... on Tug { power id } } c: node(id: "x") { id } } fragment F on Node { id ... on Ferry { seats } }',
        variables: { a: 'f1' },
        data: {
          a: { __typename: 'Ferry', id: 'f1', seats: 40 },
          b: { id: 't1', power: 900 },
          c: null,
        },
      },
    ],
  },
  {
    feature: 'unions whose members differ from subgraph to subgraph',
    subgraphs: () => ({
      a: {
        schema:
          'type Query { seen: [Seen!]! @shareable onlyA: Seen } union Seen = Ferry | Tug type Ferry @key(fields: "id") { id: ID! seats: Int! } type Tug @key(fields: "id") { id: ID! power: Int! }',
        resolvers: {
          Query: { seen: () => [boats[0]], onlyA: () => boats[1] },
          Ferry: { __resolveReference: byId(boats) },
          Tug: { __resolveReference: byId(boats) },
        },
      },
      b: {
        schema:
          'type Query { seen: [Seen!]! @shareable onlyB: Seen } union Seen = Ferry | Raft type Ferry @key(fields: "id") { id: ID! name: String } type Raft { logs: Int! }',
        resolvers: {
          Query: { seen: () => [boats[0]], onlyB: () => ({ __typename: 'Raft', logs: 9 }) },
          Ferry: { __resolveReference: byId(boats) },
        },
      },
    }),
    cases: [
      {
        query:
          '{ onlyA { ...S } onlyB { ...S } seen { ... on Ferry { seats name } ... on Raft { logs } } } fragment S on Seen { __typename ... on Tug { power } ... on Raft { logs } ... on Ferry { id } }',
        data: {
          onlyA: { __typename: 'Tug', power: 900 },
          onlyB: { __typename: 'Raft', logs: 9 },
          seen: [{ seats: 40, name: 'Ann' }],
        },
      },
    ],
  },
  {
    feature: 'members of a union whose fields of one name have different types',
    subgraphs: () => ({
      a: {
        schema:
          'type Query { all: [Boat]! } union Boat = Ferry | Tug type Ferry @key(fields: "id") { id: ID! } type Tug { id: ID size: Int! }',
        resolvers: {
          Query: {
            all: () => [
              { __typename: 'Ferry', id: 'f1' },
              { __typename: 'Tug', id: null, size: 3 },
            ],
          },
        },
      },
      b: {
        schema: 'type Ferry @key(fields: "id") { id: ID! size: String }',
        resolvers: { Ferry: { __resolveReference: ({ id }: { id: string }) => ({ id, size: 'big' }) } },
      },
    }),
    cases: [
      {
        query: '{ all { ... on Ferry { f: id big: size } ... on Tug { t: id small: size } } }',
        data: {
          all: [
            { f: 'f1', big: 'big' },
            { t: null, small: 3 },
          ],
        },
      },
    ],
  },
  {
    feature: 'two subgraphs with an object that stands for an interface',
    subgraphs: () => ({
      boats: {
        schema:
          'type Query { boats: [Boat!]! ferries: [Ferry]! } interface Boat @key(fields: "id") { id: ID! name: String! } type Ferry implements Boat @key(fields: "id") { id: ID! name: String! seats: Int! } type Tug implements Boat @key(fields: "id") { id: ID! name: String! power: Int! }',
        resolvers: {
          Query: { boats: () => boats, ferries: () => [boats[0]] },
          Boat: { __resolveReference: byId(boats) },
          Ferry: { __resolveReference: byId(boats) },
          Tug: { __resolveReference: byId(boats) },
        },
      },
      rates: {
        schema:
          'type Query { rated: [Boat!]! } type Boat @key(fields: "id") @interfaceObject { id: ID! stars: Int! }',
        resolvers: {
          Query: {
            rated: () => [
              { id: 't1', stars: 2 },
              { id: 'f1', stars: 1 },
            ],
          },
          Boat: { __resolveReference: ({ id }: { id: string }) => ({ id, stars: id === 't1' ? 2 : 1 }) },
        },
      },
      badges: {
        schema:
          'type Boat @key(fields: "id") @interfaceObject { id: ID! name: String! @external badge(big: Boolean! = false): String! @requires(fields: "name") }',
        resolvers: {
          Boat: {
            badge: ({ name }: { name: string }, { big }: { big: boolean }) =>
              `*${big ? name.toUpperCase() : name}*`,
          },
        },
      },
      trips: {
        schema:
          'type Query { trips: [Trip!]! } type Trip { boat: Boat } type Boat @key(fields: "id", resolvable: false) @interfaceObject { id: ID! }',
        resolvers: {
          Query: { trips: () => [{ boat: { id: 'f1' } }, { boat: null }, { boat: { id: 't1' } }] },
        },
      },
    }),
    cases: [
      { query: '{ boats { stars } }', data: { boats: [{ stars: 1 }, { stars: 2 }] } },
      {
        query: '{ rated { __typename stars name ... on Tug { power } } }',
        data: {
          rated: [
            { __typename: 'Tug', stars: 2, name: 'Bo', power: 900 },
            { __typename: 'Ferry', stars: 1, name: 'Ann' },
          ],
        },
      },
      {
        query: '{ trips { boat { badge big: badge(big: true) stars ... on Ferry { seats } } } }',
        data: {
          trips: [
            { boat: { badge: '*Ann*', big: '*ANN*', stars: 1, seats: 40 } },
            { boat: null },
            { boat: { badge: '*Bo*', big: '*BO*', stars: 2 } },
          ],
        },
      },
      {
        query: '{ boats { ... on Ferry { stars badge } ... on Tug { id } } }',
        data: { boats: [{ stars: 1, badge: '*Ann*' }, { id: 't1' }] },
      },
      {
        query: '{ boats { stars kind: __typename __typename } }',
        data: {
          boats: [
            { stars: 1, kind: 'Ferry', __typename: 'Ferry' },
            { stars: 2, kind: 'Tug', __typename: 'Tug' },
          ],
        },
      },
      {
        query: '{ ferries { stars __typename } }',
        data: { ferries: [{ stars: 1, __typename: 'Ferry' }] },
        // The name of the interface, which the object's subgraph answers, takes the place of the type's.
        stock: { data: { ferries: [null] } },
      },
      {
        query: '{ trips { boat { id } } }',
        data: { trips: [{ boat: { id: 'f1' } }, { boat: null }, { boat: { id: 't1' } }] },
      },
    ],
  },
];
