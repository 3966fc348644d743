import { byId, type Suite } from './suite.ts';

const ships = [
  { id: 's1', name: 'Aurora', captain: { id: 'c1' }, imo: '9001' },
  { id: 's2', name: 'Borealis', captain: null, imo: null },
];

/** What stands in keys. */
export const keySuites: readonly Suite[] = [
  {
    feature: 'references and keys that are null',
    subgraphs: () => ({
      port: {
        schema:
          'type Query { ships: [Ship]! } type Ship @key(fields: "id") { id: ID! captain: Captain imo: ID @shareable } type Captain @key(fields: "id", resolvable: false) { id: ID! }',
        resolvers: {
          Query: { ships: () => [ships[0], null, ships[1]] },
          Ship: { __resolveReference: byId(ships) },
        },
      },
      crew: {
        schema: 'type Captain @key(fields: "id") { id: ID! name: String! }',
        resolvers: { Captain: { __resolveReference: byId([{ id: 'c1', name: 'Ines' }]) } },
      },
      registry: {
        schema: 'type Ship @key(fields: "imo") { imo: ID @shareable flag: String }',
        resolvers: {
          Ship: {
            __resolveReference: ({ imo }: { imo: string | null }) =>
              imo === null ? null : { imo, flag: 'KR' },
          },
        },
      },
    }),
    cases: [
      {
        query: '{ ships { id captain { name } } }',
        data: { ships: [{ id: 's1', captain: { name: 'Ines' } }, null, { id: 's2', captain: null }] },
      },
      {
        query: '{ ships { flag id } }',
        data: { ships: [{ flag: 'KR', id: 's1' }, null, { flag: null, id: 's2' }] },
      },
    ],
  },
  {
    feature: 'keys that hold lists and objects of objects',
    subgraphs: () => ({
      fleets: {
        schema:
          'type Query { fleets: [Fleet!]! } type Fleet @key(fields: "ships { id } base { dock { no } }") { ships: [Ship!]! base: Base! } type Ship @key(fields: "id") { id: ID! } type Base @shareable { dock: Dock! } type Dock @shareable { no: Int! }',
        resolvers: {
          Query: {
            fleets: () => [
              { ships: [{ id: 's1' }, { id: 's2' }], base: { dock: { no: 7 } } },
              { ships: [], base: { dock: { no: 8 } } },
            ],
          },
          Ship: { __resolveReference: byId(ships) },
        },
      },
      costs: {
        schema:
          'type Fleet @key(fields: "ships { id } base { dock { no } }") { ships: [Ship!]! @shareable base: Base! @shareable cost: Int! } type Ship @key(fields: "id", resolvable: false) { id: ID! } type Base @shareable { dock: Dock! } type Dock @shareable { no: Int! }',
        resolvers: {
          Fleet: {
            __resolveReference: (fleet: { ships: readonly unknown[]; base: { dock: { no: number } } }) => ({
              ...fleet,
              cost: fleet.ships.length * 100 + fleet.base.dock.no,
            }),
          },
        },
      },
    }),
    cases: [
      { query: '{ fleets { cost } }', data: { fleets: [{ cost: 207 }, { cost: 8 }] } },
      {
        query: '{ fleets { again: cost ships { __typename } base { dock { n: no } } } }',
        data: {
          fleets: [
            { again: 207, ships: [{ __typename: 'Ship' }, { __typename: 'Ship' }], base: { dock: { n: 7 } } },
            { again: 8, ships: [], base: { dock: { n: 8 } } },
          ],
        },
      },
    ],
  },
  {
    feature: 'three keys that only a chain of subgraphs connects',
    subgraphs: () => ({
      one: {
        schema: 'type Query { ship: Ship } type Ship @key(fields: "id") { id: ID! }',
        resolvers: { Query: { ship: () => ({ id: 's1' }) }, Ship: { __resolveReference: byId(ships) } },
      },
      two: {
        schema: 'type Ship @key(fields: "id") @key(fields: "imo") { id: ID! imo: ID! }',
        resolvers: { Ship: { __resolveReference: () => ({ id: 's1', imo: '9001' }) } },
      },
      three: {
        schema: 'type Ship @key(fields: "imo") @key(fields: "call") { imo: ID! call: ID! }',
        resolvers: { Ship: { __resolveReference: () => ({ imo: '9001', call: 'DXY' }) } },
      },
      four: {
        schema: 'type Ship @key(fields: "call") { call: ID! speed: Float! }',
        resolvers: {
          Ship: { __resolveReference: ({ call }: { call: string }) => ({ call, speed: call.length + 0.5 }) },
        },
      },
    }),
    cases: [{ query: '{ ship { speed id } }', data: { ship: { speed: 3.5, id: 's1' } } }],
  },
  {
    feature: 'a federation 1 subgraph that extends with external keys',
    subgraphs: () => ({
      base: {
        isOld: true,
        schema: 'type Query { ships: [Ship] } type Ship @key(fields: "id") { id: ID! name: String }',
        resolvers: { Query: { ships: () => ships }, Ship: { __resolveReference: byId(ships) } },
      },
      extra: {
        isOld: true,
        schema:
          'extend type Ship @key(fields: "id") { id: ID! @external name: String @external loud: String @requires(fields: "name") } extend type Query { loudest: Ship @provides(fields: "name") }',
        resolvers: {
          Query: { loudest: () => ({ id: 's2', name: 'Borealis' }) },
          Ship: { loud: ({ name }: { name: string }) => name.toUpperCase() },
        },
      },
    }),
    cases: [
      {
        query: '{ ships { loud } loudest { id name } }',
        data: { ships: [{ loud: 'AURORA' }, { loud: 'BOREALIS' }], loudest: { id: 's2', name: 'Borealis' } },
      },
    ],
  },
];
