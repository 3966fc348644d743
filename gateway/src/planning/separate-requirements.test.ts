import { describe, expect, it } from 'vitest';
import { type InProcessGraph, openInProcess } from '../../test/in-process-graph.ts';

const boats = [
  { id: 'b1', meters: 10, berth: { fees: { day: 20, month: 400 } }, depth: 2 },
  { id: 'b2', meters: 30, berth: { fees: { day: 50, month: 900 } }, depth: null },
];
const boatOf = ({ id }: { readonly id: string }) => boats.find((boat) => boat.id === id) ?? null;

const FLEET = `type Query { boats: [Boat!]! boat: Vessel }
  interface Vessel { id: ID! }
  type Boat implements Vessel @key(fields: "id") {
    id: ID! length(unit: Unit! = METER): Int depth(unit: Unit!): Int berth: Berth }
  type Raft implements Vessel { id: ID! length: String }
  type Berth { fee(per: Period!): Int }
  enum Unit { METER FOOT KILOMETER } enum Period { DAY MONTH }`;
const OFFICE = `type Boat @key(fields: "id") {
    id: ID!
    length(unit: Unit! = METER): Int @external
    depth(unit: Unit!): Int @external
    berth: Berth @external
    sticker: String @requires(fields: "length(unit: FOOT)")
    permit: String @requires(fields: "length(unit: KILOMETER)")
    slip: String @requires(fields: "length")
    tides: String @requires(fields: "depth(unit: FOOT)")
    shoals: String @requires(fields: "depth(unit: METER)")
    visitor: String @requires(fields: "berth { fee(per: DAY) }")
    resident: String @requires(fields: "berth { fee(per: MONTH) }")
    flag: String
  }
  type Berth { fee(per: Period!): Int @external }
  enum Unit { METER FOOT KILOMETER } enum Period { DAY MONTH }`;

const inUnit = (meters: number, unit: string): number =>
  unit === 'FOOT' ? meters * 3 : unit === 'KILOMETER' ? Math.ceil(meters / 1000) : meters;

interface Sent {
  readonly length?: number | null;
  readonly depth?: number | null;
  readonly berth?: { readonly fee: number };
}

const harbor = (): InProcessGraph =>
  openInProcess({
    fleet: {
      schema: FLEET,
      resolvers: {
        Query: { boats: () => boats, boat: () => ({ __typename: 'Boat', ...boats[0] }) },
        Boat: {
          __resolveReference: boatOf,
          length: ({ meters }: { meters: number }, { unit }: { unit: string }) => inUnit(meters, unit),
          depth: ({ depth }: { depth: number | null }, { unit }: { unit: string }) =>
            depth === null ? null : inUnit(depth, unit),
        },
        Berth: {
          fee: ({ fees }: { fees: { day: number; month: number } }, { per }: { per: string }) =>
            per === 'DAY' ? fees.day : fees.month,
        },
      },
    },
    office: {
      schema: OFFICE,
      resolvers: {
        Boat: {
          __resolveReference: (sent: Sent) => sent,
          sticker: ({ length }: Sent) => `${length} ft`,
          permit: ({ length }: Sent) => `${length} km`,
          slip: ({ length }: Sent) => `${length} m`,
          tides: ({ depth }: Sent) => `${depth} ft deep`,
          shoals: ({ depth }: Sent) => `${depth} m deep`,
          visitor: ({ berth }: Sent) => `${berth?.fee} a day`,
          resident: ({ berth }: Sent) => `${berth?.fee} a month`,
          flag: () => 'blue',
        },
      },
    },
  });

async function answer(query: string, variables = {}): Promise<unknown> {
  const { json, errors, violations } = await harbor().run(query, variables);
  expect([...errors, ...violations]).toEqual([]);
  return JSON.parse(json);
}

describe('a field that is required with arguments', () => {
  it('has for each field that requires it the value with its arguments', async () => {
    expect(await answer('{ boats { sticker permit flag } }')).toEqual({
      boats: [
        { sticker: '30 ft', permit: '1 km', flag: 'blue' },
        { sticker: '90 ft', permit: '1 km', flag: 'blue' },
      ],
    });
  });

  it('is told apart from the same field required without arguments', async () => {
    expect(await answer('{ boats { slip sticker } }')).toEqual({
      boats: [
        { slip: '10 m', sticker: '30 ft' },
        { slip: '30 m', sticker: '90 ft' },
      ],
    });
  });

  it('leaves what the client asks under the same name to the client', async () => {
    expect(await answer('{ boats { permit length } }')).toEqual({
      boats: [
        { permit: '1 km', length: 10 },
        { permit: '1 km', length: 30 },
      ],
    });
  });

  it('does so beside variables, fragments and conditions of the client', async () => {
    const query = `query($unit: Unit!, $with: Boolean!) { boats { sticker permit ...L } }
      fragment L on Boat { length(unit: $unit) @include(if: $with) }`;
    const [first] = [{ sticker: '30 ft', permit: '1 km' }];
    expect(await answer(query, { unit: 'METER', with: true })).toMatchObject({
      boats: [{ ...first, length: 10 }, {}],
    });
    const { boats: without } = (await answer(query, { unit: 'FOOT', with: false })) as { boats: unknown[] };
    expect(without[0]).toEqual(first);
  });

  it('is told apart by the arguments of what is below it', async () => {
    expect(await answer('{ boats { visitor resident } }')).toEqual({
      boats: [
        { visitor: '20 a day', resident: '400 a month' },
        { visitor: '50 a day', resident: '900 a month' },
      ],
    });
  });

  it('is sent as null when it is null', async () => {
    expect(await answer('{ boats { tides shoals } }')).toEqual({
      boats: [
        { tides: '6 ft deep', shoals: '2 m deep' },
        { tides: 'null ft deep', shoals: 'null m deep' },
      ],
    });
  });

  it('does not mix with fields of other types at the same place', async () => {
    const query = '{ boat { ... on Boat { sticker permit } ... on Raft { long: length } } }';
    expect(await answer(query)).toEqual({ boat: { sticker: '30 ft', permit: '1 km' } });
  });

  it.each(['{ boats { sticker flag } }', '{ boats { flag length(unit: FOOT) } }'])(
    'is planned by the planner alone where one value is asked for: %s',
    (query) => {
      expect(JSON.stringify(harbor().plan(query))).not.toContain('__required');
    },
  );

  it('is fetched with the objects, and the fields that need it in one turn', async () => {
    const graph = harbor();
    await graph.run('{ boats { sticker permit } }');
    expect(graph.asked.map((request) => request.split(' ')[0])).toEqual(['fleet', 'office']);
  });
});
