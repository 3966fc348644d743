import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { composeLibrary } from '../test/library-graph.ts';
import { bodyOf, composeGraph } from '../test/small-graph.ts';
import { compileOperation } from './compile-operation.ts';
import type { Fetcher, SubgraphAnswer } from './fetch/subgraph-fetch.ts';

const graph = composeLibrary();
const { api, supergraph } = graph;

const answering =
  (text: string): Fetcher =>
  async () =>
    JSON.parse(text) as SubgraphAnswer;

describe('a compiled operation', () => {
  it('is run any number of times, also at once', async () => {
    const document = parse('query($n: Int) { book { reviews(first: $n) { stars } } }');
    const plan = graph.planOf('query($n: Int) { book { reviews(first: $n) { stars } } }');
    const operation = compileOperation({ api, supergraph, document, plan });
    const fetcher: Fetcher = async (fetch) => {
      if (fetch.subgraph === 'books') return { data: { book: { __typename: 'Book', id: '1' } } };
      return { data: { _entities: [{ reviews: [{ stars: bodyOf(fetch).variables['n'] }] }] } };
    };
    const answers = await Promise.all([1, 2, 3].map((n) => operation.run({ n }, fetcher)));
    expect(answers.map(({ json }) => json)).toEqual(
      [1, 2, 3].map((n) => `{"book":{"reviews":[{"stars":${n}}]}}`),
    );
  });

  it('is the one of its document that has the name', async () => {
    const document = parse('query A { book { id } } query B { book { title } }');
    const plan = graph.planOf('query B { book { title } }');
    const operation = compileOperation({ api, supergraph, document, plan, operationName: 'B' });
    const { json } = await operation.run({}, answering('{"data":{"book":{"id":"1","title":"t"}}}'));
    expect(json).toBe('{"book":{"title":"t"}}');
    expect(() => compileOperation({ api, supergraph, document, plan, operationName: 'C' })).toThrow(
      'no such operation',
    );
  });

  it('is refused when the schema has no such kind of operation', () => {
    const document = parse('subscription { x }');
    expect(() => compileOperation({ api, supergraph, document, plan: undefined })).toThrow(
      'no subscription type',
    );
  });

  it('has null for data when a null may not be anywhere up to the root', async () => {
    const { json, violations } = await graph.run('{ books { id } }', answering('{"data":{"books":[{}]}}'));
    expect(json).toBe('null');
    expect(violations[0]?.toJSON()).toEqual({
      message: 'Cannot return null for non-nullable field Book.id.',
      path: ['books', 0, 'id'],
      extensions: { code: 'INVALID_GRAPHQL' },
    });
  });

  it('answers introspection beside subgraphs, and alone without asking any', async () => {
    const query = 'query($name: String!) { __typename __type(name: $name) { name } book { id } }';
    const variables = { name: 'Shelf' };
    const { json } = await graph.run(query, answering('{"data":{"book":{"id":"1"}}}'), variables);
    expect(json).toBe('{"__typename":"Query","__type":{"name":"Shelf"},"book":{"id":"1"}}');
    const alone = await graph.run('{ __schema { mutationType { name } } }', () => {
      throw new Error('nobody has to be asked');
    });
    expect(alone).toEqual({
      json: '{"__schema":{"mutationType":{"name":"Mutation"}}}',
      errors: [],
      violations: [],
    });
  });

  it('shows nothing of what clients may not see', async () => {
    const hidden = composeGraph({
      a: `
        type Query { color: Color thing: Thing }
        enum Color { RED SECRET @inaccessible }
        interface Thing { id: ID }
        type Shown implements Thing { id: ID }
        type Hidden implements Thing @inaccessible { id: ID }`,
    });
    const text = '{"data":{"color":"SECRET","thing":{"__typename":"Hidden","id":"1"}}}';
    const { json, violations } = await hidden.run('{ color thing { id } }', answering(text));
    expect(json).toBe('{"color":null,"thing":null}');
    expect(violations).toHaveLength(2);
    expect(JSON.stringify(violations)).not.toMatch(/SECRET|Hidden/);
  });
});

describe('variants of an operation by @skip and @include', () => {
  it('have an output each, by the variables or their defaults', async () => {
    const query =
      'query($x: Boolean = true, $y: Boolean!) { book { id @include(if: $x) title @skip(if: $y) } }';
    const run = async (variables: Record<string, unknown>): Promise<string> =>
      (await graph.run(query, answering('{"data":{"book":{"id":"1","title":"t"}}}'), variables)).json;
    expect(await run({ y: false })).toBe('{"book":{"id":"1","title":"t"}}');
    expect(await run({ y: true })).toBe('{"book":{"id":"1"}}');
    expect(await run({ x: false, y: false })).toBe('{"book":{"title":"t"}}');
    expect(await run({ x: false, y: true })).toBe('{"book":{}}');
  });

  it('are right for every combination of more variables than are kept', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const fields = names.map((name) => `${name}: id @include(if: $${name})`);
    const query = `query(${names.map((name) => `$${name}: Boolean!`).join(' ')}) { book { ${fields.join(' ')} } }`;
    const document = parse(query);
    const operation = compileOperation({ api, supergraph, document, plan: graph.planOf(query) });
    const book = Object.fromEntries(names.map((name) => [name, name]));
    for (let variant = 0; variant < 128; variant += 1) {
      const held = names.filter((_, bit) => (variant >> bit) % 2 === 1);
      const variables = Object.fromEntries(names.map((name) => [name, held.includes(name)]));
      const { json } = await operation.run(variables, async () => ({ data: { book: { ...book } } }));
      expect(json).toBe(JSON.stringify({ book: Object.fromEntries(held.map((name) => [name, name])) }));
    }
  });
});

describe('hostile aliases', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'toJSON', 'then'])(
    'go through the root, lists, entities and merged objects as %s',
    async (alias) => {
      const query = `{ ${alias}: books { ${alias}: author { ${alias}: name } s: shelf { row ${alias}: room } } }`;
      const fetcher: Fetcher = async (fetch) => {
        const text =
          fetch.subgraph === 'books'
            ? `{"data":{"${alias}":[{"__typename":"Book","id":"1","s":{"row":1},"${alias}":{"__typename":"Author","id":"1"}}]}}`
            : fetch.subgraph === 'people'
              ? `{"data":{"_entities":[{"${alias}":"Ada"}]}}`
              : `{"data":{"_entities":[{"s":{"${alias}":"attic"}}]}}`;
        return await answering(text)(fetch);
      };
      const { json, errors, violations } = await graph.run(query, fetcher);
      expect([errors, violations]).toEqual([[], []]);
      expect(json).toBe(`{"${alias}":[{"${alias}":{"${alias}":"Ada"},"s":{"row":1,"${alias}":"attic"}}]}`);
    },
  );

  it('change nothing that all objects inherit, whatever a subgraph answers under them', async () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    const text =
      '{"data":{"__proto__":{"polluted":"x","id":"1"},"constructor":{"polluted":"x","prototype":{"polluted":"x"}}}}';
    const query =
      '{ __proto__: book { polluted: title } constructor: book { polluted: title prototype: shelf { polluted: row } } }';
    await graph.run(query, answering(text));
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect((Object as unknown as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('hostile answers', () => {
  const deep = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

  it('nested a thousand deep are written as they are', async () => {
    const any = composeGraph({ a: 'scalar Any type Query { any: Any n: Int }' });
    const { json } = await any.run('{ any }', answering(`{"data":{"any":${deep(1000)}}}`));
    expect(json).toBe(`{"any":${deep(1000)}}`);
  });

  it('nested deeper than the stack reaches are invalid, and the rest is written', async () => {
    const any = composeGraph({ a: 'scalar Any type Query { any: Any n: Int }' });
    const { json, violations } = await any.run(
      '{ any n }',
      answering(`{"data":{"any":${deep(200_000)},"n":1}}`),
    );
    expect(json).toBe('{"any":null,"n":1}');
    expect(violations).toHaveLength(1);
  });

  it('nested deeper than the stack reaches under what a subgraph requires end that fetch only', async () => {
    const any = composeGraph({
      a: 'scalar Any type Query { item: Item } type Item @key(fields: "id") { id: ID! x: Any n: Int }',
      b: 'scalar Any type Item @key(fields: "id") { id: ID! x: Any @external y: Int @requires(fields: "x") }',
    });
    const text = `{"data":{"item":{"__typename":"Item","id":"1","n":1,"x":${deep(200_000)}}}}`;
    const { json, errors } = await any.run('{ item { n y } }', answering(text));
    expect(json).toBe('{"item":{"n":1,"y":null}}');
    expect(errors).toEqual([expect.any(RangeError)]);
  });

  it('with lists where objects are due end that fetch only when they are too deep, and are nulls otherwise', async () => {
    const answer = (author: string): string =>
      `{"data":{"books":[{"__typename":"Book","id":"1","author":${author}}]}}`;
    const run = (author: string) => graph.run('{ books { author { name } } }', answering(answer(author)));
    expect(await run(deep(1000))).toMatchObject({ json: '{"books":[{"author":null}]}', errors: [] });
    expect(await run(deep(200_000))).toMatchObject({ json: 'null', errors: [expect.any(RangeError)] });
  });

  it('that are no answers at all leave nulls', async () => {
    for (const data of ['null', '[]', '"x"', '5', '{}', '{"book":[]}', '{"book":"x"}'])
      expect((await graph.run('{ book { id } }', answering(`{"data":${data}}`))).json).toBe('{"book":null}');
  });
});
