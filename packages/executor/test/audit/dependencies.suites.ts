import { byId, type Suite } from './suite.ts';

const loads = [
  { id: 'l1', kg: 10 },
  { id: 'l2', kg: 30 },
];

/** What one subgraph needs of another, and in which order things happen. */
export const dependencySuites: readonly Suite[] = [
  {
    feature: 'requires with arguments that differ from field to field and from the client',
    subgraphs: () => ({
      a: {
        schema:
          'type Query { loads: [Load!]! } type Load @key(fields: "id") { id: ID! weight(unit: Unit! = KG): Int! } enum Unit { KG TON G }',
        resolvers: {
          Query: { loads: () => loads },
          Load: {
            __resolveReference: byId(loads),
            weight: ({ kg }: { kg: number }, { unit }: { unit: string }) =>
              unit === 'G' ? kg * 1000 : unit === 'TON' ? Math.ceil(kg / 1000) : kg,
          },
        },
      },
      b: {
        schema:
          'type Load @key(fields: "id") { id: ID! weight(unit: Unit! = KG): Int! @external fee: Int! @requires(fields: "weight(unit: G)") toll: Int! @requires(fields: "weight(unit: TON)") } enum Unit { KG TON G }',
        resolvers: {
          Load: {
            fee: ({ weight }: { weight: number }) => weight + 1,
            toll: ({ weight }: { weight: number }) => weight + 2,
          },
        },
      },
    }),
    cases: [
      { query: '{ loads { fee } }', data: { loads: [{ fee: 10_001 }, { fee: 30_001 }] } },
      {
        query: '{ loads { toll weight } }',
        data: {
          loads: [
            { toll: 3, weight: 10 },
            { toll: 3, weight: 30 },
          ],
        },
        // The required value takes the place of what the client asks under the same name.
        planned: {
          data: {
            loads: [
              { toll: 3, weight: 1 },
              { toll: 3, weight: 1 },
            ],
          },
        },
      },
      {
        query: 'query ($u: Unit!) { loads { w: weight(unit: $u) fee } }',
        variables: { u: 'TON' },
        data: {
          loads: [
            { w: 1, fee: 10_001 },
            { w: 1, fee: 30_001 },
          ],
        },
      },
      {
        query: '{ loads { fee toll } }',
        data: {
          loads: [
            { fee: 10_001, toll: 3 },
            { fee: 30_001, toll: 3 },
          ],
        },
        // One fetch for two arguments: the last one stands for both.
        planned: {
          data: {
            loads: [
              { fee: 2, toll: 3 },
              { fee: 2, toll: 3 },
            ],
          },
        },
      },
    ],
  },
  {
    feature: 'two subgraphs that require of each other in turn',
    subgraphs: () => ({
      a: {
        schema:
          'type Query { loads: [Load!]! } type Load @key(fields: "id") { id: ID! kg: Int! price: Int! @external total: Int! @requires(fields: "price") }',
        resolvers: {
          Query: { loads: () => loads },
          Load: {
            __resolveReference: (sent: { id: string }) => ({ ...byId(loads)(sent), ...sent }),
            total: ({ price }: { price: number }) => price + 100,
          },
        },
      },
      b: {
        schema:
          'type Load @key(fields: "id") { id: ID! kg: Int! @external total: Int! @external price: Int! @requires(fields: "kg") rank: String! @requires(fields: "total kg") }',
        resolvers: {
          Load: {
            price: ({ kg }: { kg: number }) => kg * 2,
            rank: ({ total, kg }: { total: number; kg: number }) => `${total}/${kg}`,
          },
        },
      },
    }),
    cases: [
      { query: '{ loads { total } }', data: { loads: [{ total: 120 }, { total: 160 }] } },
      {
        query: '{ loads { rank id } }',
        data: {
          loads: [
            { rank: '120/10', id: 'l1' },
            { rank: '160/30', id: 'l2' },
          ],
        },
        // The plan asks the first subgraph for a price that it does not own.
        planned: { data: null, hasErrors: true },
      },
    ],
  },
  {
    feature: 'requires of an interface, by fragments',
    subgraphs: () => ({
      a: {
        schema:
          'type Query { loads: [Load!]! } type Load @key(fields: "id") { id: ID! box: Box! } interface Box { id: ID! } type Crate implements Box @shareable { id: ID! nails: Int! } type Sack implements Box @shareable { id: ID! seams: Int! }',
        resolvers: {
          Query: { loads: () => loads },
          Load: {
            __resolveReference: byId(loads),
            box: ({ id }: { id: string }) =>
              id === 'l1'
                ? { __typename: 'Crate', id: 'c', nails: 5 }
                : { __typename: 'Sack', id: 's', seams: 2 },
          },
        },
      },
      b: {
        schema:
          'type Load @key(fields: "id") { id: ID! box: Box! @external work: Int! @requires(fields: "box { id ... on Crate { nails } ... on Sack { seams } }") } interface Box { id: ID! } type Crate implements Box @shareable { id: ID! nails: Int! } type Sack implements Box @shareable { id: ID! seams: Int! }',
        resolvers: {
          Load: {
            work: ({ box }: { box: { nails?: number; seams?: number } }) =>
              (box.nails ?? 0) * 10 + (box.seams ?? 0),
          },
        },
      },
    }),
    cases: [{ query: '{ loads { work } }', data: { loads: [{ work: 50 }, { work: 2 }] } }],
  },
  {
    feature: 'provides on an interface, on a union and below another object',
    subgraphs: () => ({
      a: {
        schema:
          'type Query { load: Load @provides(fields: "ship { name }") any: Any @provides(fields: "... on Load { kg }") } union Any = Load | Ship type Load @key(fields: "id") { id: ID! kg: Int @external ship: Ship @external } type Ship @key(fields: "id") { id: ID! name: String @external }',
        resolvers: {
          Query: {
            load: () => ({ id: 'l1', ship: { id: 's1', name: 'provided' } }),
            any: () => ({ __typename: 'Load', id: 'l2', kg: 31 }),
          },
        },
      },
      b: {
        schema:
          'type Load @key(fields: "id") { id: ID! kg: Int @shareable ship: Ship @shareable } type Ship @key(fields: "id") { id: ID! name: String @shareable size: Int }',
        resolvers: {
          Load: {
            __resolveReference: byId(loads),
            ship: () => ({ id: 's1', name: 'owned', size: 9 }),
          },
          Ship: { __resolveReference: () => ({ id: 's1', name: 'owned', size: 9 }) },
        },
      },
    }),
    cases: [
      { query: '{ load { ship { name } } }', data: { load: { ship: { name: 'provided' } } } },
      {
        query: '{ load { ship { name size } kg } }',
        data: { load: { ship: { name: 'provided', size: 9 }, kg: 10 } },
      },
      { query: '{ any { ... on Load { kg ship { size } } } }', data: { any: { kg: 31, ship: { size: 9 } } } },
    ],
  },
  {
    feature: 'mutations of several subgraphs, one after the other',
    subgraphs: () => {
      const log: string[] = [];
      const add = (word: string): { id: string; log: string } => {
        log.push(word);
        return { id: 'l1', log: log.join('') };
      };
      return {
        a: {
          schema:
            'type Query { log: String! } type Mutation { a: Load! fail: Load } type Load @key(fields: "id") { id: ID! log: String! @shareable }',
          resolvers: {
            Query: { log: () => log.join('') },
            Mutation: {
              a: () => add('a'),
              fail: () => {
                add('f');
                throw new Error('No');
              },
            },
          },
        },
        b: {
          schema:
            'type Mutation { b: Load! } type Load @key(fields: "id") { id: ID! log: String! @shareable kg: Int! }',
          resolvers: {
            Mutation: { b: () => add('b') },
            Load: { __resolveReference: byId(loads), kg: () => 10 },
          },
        },
      };
    },
    cases: [
      {
        query: 'mutation { x: a { log kg } b { log } y: a { log } z: b { log kg } }',
        data: { x: { log: 'a', kg: 10 }, b: { log: 'ab' }, y: { log: 'aba' }, z: { log: 'abab', kg: 10 } },
      },
      {
        query:
          'mutation ($no: Boolean!) { b { log } fail { log } skipped: a @include(if: $no) { log } a { log } }',
        variables: { no: false },
        data: { b: { log: 'b' }, fail: null, a: { log: 'bfa' } },
        hasErrors: true,
      },
    ],
  },
];
