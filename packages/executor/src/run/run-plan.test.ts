import { describe, expect, it } from 'vitest';
import { composeLibrary } from '../../test/library-graph.ts';
import { bodyOf, composeGraph } from '../../test/small-graph.ts';
import type { Answer } from '../compile-operation.ts';
import type { Fetcher, SubgraphAnswer, SubgraphError, SubgraphFetch } from '../fetch/subgraph-fetch.ts';

const graph = composeLibrary();

interface Representation {
  readonly __typename: string;
  readonly id: string;
}

/** What subgraphs answer: to operations of the root as a whole, to entities one by one. */
interface Subgraphs {
  readonly root: SubgraphAnswer;
  readonly entity?: (one: Representation, subgraph: string) => unknown;
  readonly errors?: readonly SubgraphError[];
}

function fetcherOf({ root, entity = () => null, errors }: Subgraphs, asked: SubgraphFetch[] = []): Fetcher {
  return async (fetch) => {
    asked.push(fetch);
    const { query, variables } = bodyOf(fetch);
    if (!query.includes('_entities')) return structuredClone(root);
    const data: Record<string, unknown> = {};
    for (const [name, list] of Object.entries(variables))
      if (Array.isArray(list))
        data[name.replace('representations', '_entities')] = list.map((one) =>
          entity(one as Representation, fetch.subgraph),
        );
    return errors === undefined ? { data } : { data, errors };
  };
}

const told = ({ errors }: Answer): unknown[] =>
  errors.map((error) => {
    const { message, path } = error as { message: string; path?: readonly unknown[] };
    return path === undefined ? message : `${path.join('.')}: ${message}`;
  });

/** Books by the ids of their authors. */
const books = (...authors: readonly (string | null)[]): SubgraphAnswer => booksBy(authors);

const booksBy = (authors: readonly (string | null)[]): SubgraphAnswer => ({
  data: {
    books: authors.map((id, index) => ({
      __typename: 'Book',
      id: String(index),
      author: id === null ? null : { __typename: 'Author', id },
    })),
  },
});

const NAMES = '{ books { author { name } } }';

describe('running a plan', () => {
  it('asks for an entity once, however often it stands in the answer', async () => {
    const asked: SubgraphFetch[] = [];
    const subgraphs: Subgraphs = {
      root: books('1', '2', null, '1'),
      entity: ({ id }) => ({ name: `n${id}` }),
    };
    const { json } = await graph.run(NAMES, fetcherOf(subgraphs, asked));
    expect(json).toBe(
      '{"books":[{"author":{"name":"n1"}},{"author":{"name":"n2"}},{"author":null},{"author":{"name":"n1"}}]}',
    );
    expect(bodyOf(asked[1] as SubgraphFetch).variables['representations']).toHaveLength(2);
  });

  it('does not ask for entities where there is none', async () => {
    for (const root of [books(null), { data: { books: [] } }, { data: null }, { data: { books: 'x' } }]) {
      const asked: SubgraphFetch[] = [];
      await graph.run(NAMES, fetcherOf({ root }, asked));
      expect(asked).toHaveLength(1);
    }
  });

  it('asks a subgraph once for branches that come to it together', async () => {
    const asked: SubgraphFetch[] = [];
    const entity: Subgraphs['entity'] = ({ __typename }) =>
      __typename === 'Book' ? { score: 1 } : { age: 2 };
    const { json } = await graph.run(
      '{ books { score author { age } } }',
      fetcherOf({ root: books('1'), entity }, asked),
    );
    expect(json).toBe('{"books":[{"score":1,"author":{"age":2}}]}');
    expect(asked).toHaveLength(2);
    expect(asked[1]?.node).toBeNull();
  });

  it('merges what several subgraphs know of one object', async () => {
    const root = { data: { books: [{ __typename: 'Book', id: '1', shelf: { row: 7 } }] } };
    const { json } = await graph.run(
      '{ books { shelf { row room } } }',
      fetcherOf({ root, entity: () => ({ shelf: { room: 'attic' } }) }),
    );
    expect(json).toBe('{"books":[{"shelf":{"row":7,"room":"attic"}}]}');
  });

  it('runs mutations one after another', async () => {
    const asked: string[] = [];
    let running = 0;
    const two = composeGraph({
      one: 'type Query { x: Int } type Mutation { first: Int third: Int }',
      other: 'type Mutation { second: Int }',
    });
    await two.run('mutation { first second third }', async ({ body, kind }) => {
      asked.push(`${kind} ${/\{(\w+)\}/.exec(body)?.[1]}`);
      running += 1;
      expect(running).toBe(1);
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      running -= 1;
      return { data: {} };
    });
    expect(asked).toEqual(['mutation first', 'mutation second', 'mutation third']);
  });

  it('sends the variables that a fetch uses and the client has sent', async () => {
    const asked: SubgraphFetch[] = [];
    const query =
      'query($n: Int, $m: Int) { book { a: reviews(first: $n) { stars } b: reviews(first: $m) { stars } } }';
    const root = { data: { book: { __typename: 'Book', id: '1' } } };
    await graph.run(query, fetcherOf({ root }, asked), { n: 3, other: 'x' });
    expect(asked.map((fetch) => Object.keys(bodyOf(fetch).variables))).toEqual([
      [],
      ['representations', 'n'],
    ]);
  });

  it('skips a branch whose condition does not hold, also by a default', async () => {
    const query = 'query($x: Boolean = true) { ... @skip(if: $x) { books { author { name } } } }';
    const asked: SubgraphFetch[] = [];
    expect((await graph.run(query, fetcherOf({ root: books('1') }, asked))).json).toBe('{}');
    expect(asked).toHaveLength(0);
    const { json } = await graph.run(query, fetcherOf({ root: books('1') }, asked), { x: false });
    expect(json).toBe('{"books":[{"author":{"name":null}}]}');
  });

  it('takes the default of a variable that is called like what every object inherits', async () => {
    const query = 'query($constructor: Boolean = true) { ... @include(if: $constructor) { books { id } } }';
    const { json } = await graph.run(query, fetcherOf({ root: books(null) }));
    expect(json).toBe('{"books":[{"id":"0"}]}');
  });

  it('gives what an interface object answers to the object, which stays what it is', async () => {
    const things = composeGraph({
      alpha: `
        interface Thing @key(fields: "id") { id: ID! }
        type Store implements Thing @key(fields: "id") { id: ID! price: Int }
        type Query { x: Int }`,
      omega:
        'type Thing @key(fields: "id") @interfaceObject { id: ID! score: String } type Query { thing: Thing }',
    });
    const root = { data: { thing: { __typename: 'Thing', id: '1' } } };
    const { json } = await things.run(
      '{ thing { kind: __typename ... on Store { score __typename } } }',
      fetcherOf({
        root,
        entity: (_one, subgraph) =>
          subgraph === 'alpha' ? { __typename: 'Store', kind: 'Store' } : { __typename: 'Thing', score: 's' },
      }),
    );
    expect(json).toBe('{"thing":{"kind":"Store","score":"s","__typename":"Store"}}');
  });
});

describe('an error of a subgraph', () => {
  const failing = (path: readonly (string | number)[] | undefined): Subgraphs => ({
    root: books('1', '2', '1'),
    errors: [path === undefined ? { message: 'x' } : { message: 'x', path }],
  });

  it('about an entity is told at each place where it stands', async () => {
    const answer = await graph.run(NAMES, fetcherOf(failing(['_entities', 0, 'name'])));
    expect(told(answer)).toEqual(['books.0.author.name: x', 'books.2.author.name: x']);
  });

  it('about the fetch as a whole is told where the way to its objects is still one', async () => {
    expect(told(await graph.run(NAMES, fetcherOf(failing(['_entities']))))).toEqual(['books: x']);
    expect(told(await graph.run(NAMES, fetcherOf(failing(undefined))))).toEqual(['x']);
  });

  it('about a field of the root keeps its path, code and message, and names the subgraph', async () => {
    const error = { message: 'x', path: ['books', 0], extensions: { code: 'TEAPOT', hint: 1 } };
    const { errors } = await graph.run('{ books { title } }', async () => ({
      data: null,
      errors: [error, {}],
    }));
    expect(JSON.parse(JSON.stringify(errors))).toEqual([
      { message: 'x', path: ['books', 0], extensions: { code: 'TEAPOT', hint: 1, serviceName: 'books' } },
      {
        message: 'The subgraph "books" answered an error without a message.',
        extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', serviceName: 'books' },
      },
    ]);
  });

  it('has no path when what it calls one is none', async () => {
    for (const path of ['books', { a: 1 }, [{ secret: 1 }], [null]]) {
      const error = { message: 'x', path: path as unknown as string[] };
      expect(
        told(await graph.run('{ books { id } }', async () => ({ data: null, errors: [error] }))),
      ).toEqual(['x']);
    }
  });

  it('is told beside what is wrong with the list itself', async () => {
    const answer = await graph.run(NAMES, async ({ subgraph }) =>
      subgraph === 'books' ? books('1') : { data: { _entities: [] }, errors: [{ message: 'x' }] },
    );
    expect(told(answer)).toEqual(['x', 'Expected "data._entities" to contain 1 elements']);
  });

  it('is told a thousand times at most, however many places and errors there are', async () => {
    const many = Array.from({ length: 3000 }, () => ({ message: 'x', path: ['_entities', 0] }));
    const root = booksBy(Array.from({ length: 3000 }, () => '1'));
    for (const errors of [many, many.slice(0, 1), many.map(() => ({}))])
      expect((await graph.run(NAMES, fetcherOf({ root, errors }))).errors).toHaveLength(1000);
    const rootErrors = await graph.run('{ books { id } }', async () => ({ data: null, errors: many }));
    expect(rootErrors.errors).toHaveLength(1000);
  });

  it('about any of very many entities finds its place', async () => {
    const count = 3000;
    const root = booksBy(Array.from({ length: count }, (_, index) => String(index)));
    const errors = Array.from({ length: 1000 }, (_, index) => ({
      message: 'x',
      path: ['_entities', count - 1 - index],
    }));
    const answer = await graph.run(NAMES, fetcherOf({ root, errors }));
    expect(told(answer)[0]).toBe(`books.${count - 1}.author: x`);
    expect(told(answer).at(-1)).toBe(`books.${count - 1000}.author: x`);
  });
});

describe('a fetch that throws', () => {
  it('leaves its part out and what it threw behind, and the rest goes on', async () => {
    const failure = new Error('refused');
    const good = fetcherOf({ root: books('1'), entity: () => ({ score: 5 }) });
    const answer = await graph.run('{ books { score author { name } } }', async (fetch) => {
      if (fetch.subgraph === 'people') throw failure;
      return await good(fetch);
    });
    expect(answer.json).toBe('{"books":[{"score":5,"author":{"name":null}}]}');
    expect(answer.errors).toEqual([failure]);
  });

  it('at the root leaves nothing to ask for', async () => {
    const asked: SubgraphFetch[] = [];
    const answer = await graph.run(NAMES, (fetch) => {
      asked.push(fetch);
      return Promise.reject(new Error('refused'));
    });
    expect(asked).toHaveLength(1);
    expect(answer.json).toBe('null');
    expect(told(answer)).toEqual(['refused']);
  });

  it('is an error too when the fetcher throws at once', async () => {
    const answer = await graph.run(NAMES, () => {
      throw new Error('at once');
    });
    expect(told(answer)).toEqual(['at once']);
  });
});

describe('a list of very many entities', () => {
  it('is asked for in one request and written whole', async () => {
    const count = 10_000;
    const root = booksBy(Array.from({ length: count }, (_, index) => String(index)));
    const { json, errors } = await graph.run(NAMES, fetcherOf({ root, entity: ({ id }) => ({ name: id }) }));
    expect(errors).toEqual([]);
    expect((JSON.parse(json) as { books: unknown[] }).books.at(-1)).toEqual({
      author: { name: String(count - 1) },
    });
  });
});
