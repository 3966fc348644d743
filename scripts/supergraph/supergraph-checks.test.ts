import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { composeSupergraph } from './compose-supergraph.ts';
import { breakingChanges, brokenOperations } from './schema-changes.ts';
import { lintSubgraph } from './schema-lint.ts';

const subgraph = (sdl: string): { name: string; routingUrl: string; sdl: string } => {
  const link =
    'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@external"])';
  return { name: 'shop', routingUrl: 'http://127.0.0.1:1/graphql', sdl: `${link}\n${sdl}` };
};

describe('schema lint', () => {
  it('asks for a description of every type and field, but not of references and connection fields', () => {
    const problems = lintSubgraph(
      subgraph(`
        type Order @key(fields: "id") { id: ID! total: Int! }
        type User @key(fields: "id", resolvable: false) { id: ID! }
        "A page." type Orders { "Rows." rows: [Order!]! totalCount: Int! }
        type Query { "All." orders: Orders! mine: Order }`),
    );
    expect(problems).toEqual([
      'shop: Order has no description.',
      'shop: Order.total has no description.',
      'shop: Query.mine has no description.',
    ]);
  });

  it('refuses composite and several keys', () => {
    const problems = lintSubgraph(
      subgraph('"O" type Order @key(fields: "id region") @key(fields: "id") { id: ID! }'),
    );
    expect(problems).toEqual(['shop: Order needs exactly one key, @key(fields: "id").']);
  });

  it('refuses arguments inside @requires', () => {
    const problems = lintSubgraph(
      subgraph(
        '"O" type Order @key(fields: "id") { id: ID! "F." fee: Int @requires(fields: "price(unit: EUR) { net }") }',
      ),
    );
    expect(problems).toEqual([
      'shop: Order.fee has arguments inside @requires; planners answer that wrongly.',
    ]);
  });
});

describe('composition', () => {
  it('says what does not compose, with its code', () => {
    const result = composeSupergraph([subgraph('type Query { a: Missing }')]);
    expect(result).toMatchObject({ ok: false, errors: [expect.stringContaining('Unknown type')] });
  });
});

describe('schema changes', () => {
  const before = buildSchema('type Query { meeting(id: ID!): String total: Int count: Int }');
  const after = buildSchema('type Query { meeting(id: ID!, zone: String!): String count: Int }');

  it('lists what a client could notice', () => {
    expect(breakingChanges(before, after)).toEqual([
      'FIELD_REMOVED: Query.total was removed.',
      'REQUIRED_ARG_ADDED: A required arg zone on Query.meeting was added.',
    ]);
  });

  it('names the recorded operations that break', () => {
    const operations = [
      { file: 'total.graphql', text: '{ total }' },
      { file: 'torn.graphql', text: '{ total' },
    ];
    expect(brokenOperations(after, operations)).toEqual([
      'total.graphql: Cannot query field "total" on type "Query".',
      'torn.graphql: Syntax Error: Expected Name, found <EOF>.',
    ]);
    expect(brokenOperations(before, operations.slice(0, 1))).toEqual([]);
  });
});
