import { buildSchema, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createDemandCompiler, type Demand } from './operation-demand.ts';

const SCHEMA = buildSchema(`
  directive @link(url: String!, as: String, import: [Import]) repeatable on SCHEMA
  directive @price(weight: Int!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!]) on FIELD_DEFINITION
  scalar Import
  scalar Costly @price(weight: 7)
  schema @link(url: "https://specs.apollo.dev/cost/v0.1", import: [{ name: "@cost", as: "@price" }, "@listSize"]) {
    query: Query
    mutation: Mutation
  }
  type Query {
    book(id: ID): Book
    books: [Book!]!
    page(first: Int = 5, after: String): Books!
    listed(first: Int, last: Int): [Book]
    sized(filter: Filter): [Book] @listSize(slicingArguments: ["filter.top"])
    assumed: [Book!] @listSize(assumedSize: 4)
    cursor(limit: Int): Books @listSize(slicingArguments: ["limit"], sizedFields: ["all"])
    either: [Either]
  }
  type Mutation { write(input: BookInput!, mark: Int @price(weight: 3)): Book }
  type Books { edges: [Edge!]! all: [Book!]! totalCount: Int }
  type Edge { node: Book! }
  type Book { id: ID! title: String author: Author authors: [Author!] worth: Costly chapters: Int @price(weight: 2) }
  type Author @price(weight: 5) { name: String books(first: Int): [Book] }
  union Either = Book | Author
  input Filter { top: Int }
  input BookInput { title: String parts: [PartInput!] weight: Int @price(weight: 2) }
  input PartInput { text: String }
`);

const compile = createDemandCompiler(SCHEMA, { assumedListSize: 10, maxListSize: 100 });

function demand(text: string, variables: Record<string, unknown> = {}): Demand {
  const document = parse(text);
  const operation = document.definitions.find(
    (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
  );
  if (operation === undefined) throw new Error('no operation');
  return compile(document, operation)(variables);
}

const cost = (text: string, variables?: Record<string, unknown>): number => demand(text, variables).cost;

describe('the estimated cost of an operation', () => {
  it.each([
    ['objects cost 1 and scalars nothing', '{ book { id title } }', 1],
    [
      '@cost of a type, a field and a scalar counts, under its imported name',
      '{ book { author { name } worth chapters } }',
      15,
    ],
    ['a list of unknown length is assumed to hold ten', '{ books { id author { name } } }', 60],
    ['lists in lists multiply', '{ books { authors { name } } }', 510],
    [
      'a connection is as long as its first says',
      '{ page(first: 3) { edges { node { id } } totalCount } }',
      7,
    ],
    ['a default of an argument counts', '{ page { edges { node { id } } } }', 11],
    ['@listSize assumes', '{ assumed { id } }', 4],
    ['@listSize names the argument by path', '{ sized(filter: { top: 6 }) { id } }', 7],
    ['@listSize names the sized fields', '{ cursor(limit: 20) { all { id } edges { node { id } } } }', 41],
    ['the longest of several counts', '{ listed(first: 2, last: 8) { id } }', 8],
    [
      'branches of a union add up',
      '{ either { ... on Book { id author { name } } ... on Author { name } } }',
      60,
    ],
    [
      'fragments count where they are spread',
      '{ a: book { ...F } b: book { ...F } } fragment F on Book { author { name } }',
      12,
    ],
    ['what is skipped counts nothing', '{ book { author @skip(if: true) { name } } }', 1],
    [
      'a mutation costs ten, its inputs by object',
      'mutation { write(input: { title: "a", weight: 1, parts: [{ text: "b" }, {}] }, mark: 1) { id } }',
      19,
    ],
    [
      'a fragment that spreads itself counts once',
      '{ book { ...F } } fragment F on Book { author { name } ...F }',
      6,
    ],
    [
      'what the schema does not know counts nothing',
      '{ book { nothing { id } } unknown(first: 9) { id } }',
      1,
    ],
    ['a negative length takes nothing off', '{ a: listed(first: -1000) { id } book { id } }', 1],
  ])('%s', (_title, text, expected) => {
    expect(cost(text)).toBe(expected);
  });

  it('follows the variables and their defaults', () => {
    const text =
      'query ($n: Int = 2, $with: Boolean!) { listed(first: $n) { id author @include(if: $with) { name } } }';
    expect(cost(text, { with: false })).toBe(2);
    expect(cost(text, { n: 4, with: true })).toBe(24);
  });
});

describe('an argument that says how long a list is', () => {
  it.each([
    ['by its name', '{ listed(last: 101) { id } }', {}, 'last'],
    ['in a variable', 'query ($n: Int) { page(first: $n) { totalCount } }', { n: 1_000_000 }, 'first'],
    ['by @listSize', '{ sized(filter: { top: 101 }) { id } }', {}, 'filter.top'],
    ['deep inside', '{ books { author { books(first: 500) { id } } } }', {}, 'first'],
    ['at the limit', '{ listed(first: 100) { id } }', {}, null],
    ['that is not a number', 'query ($n: Int) { listed(first: $n) { id } }', { n: 'many' }, null],
  ])('is found when it asks for too much: %s', (_how, text, variables, expected) => {
    expect(demand(text, variables).oversized).toBe(expected);
  });
});
