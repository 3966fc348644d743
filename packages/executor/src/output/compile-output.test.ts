import {
  buildSchema,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  visit,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { compileRoot, type WriteValue } from './compile-output.ts';
import { createIntrospection } from './introspection.ts';
import { beginWriting } from './writing.ts';

const schema = buildSchema(`
  interface Node { id: ID }
  type Book implements Node { id: ID title: String! pages: [Int!] grid: [[Int!]!] author: User strict: User! }
  type User implements Node { id: ID name: String! books: [Book!] friends: [User!]! best: User! color: Color }
  type Place { lat: Int }
  union Actor = User | Place
  enum Color { RED }
  type Query { user: User must: User! book: Book books: [Book] node: Node nodes: [Node!] actor: Actor n: Int }
`);

const query = schema.getType('Query') as GraphQLObjectType;

interface Written {
  readonly json: string | undefined;
  readonly errors: readonly string[];
}

interface WriteOptions {
  readonly variables?: Record<string, unknown>;
  /** Positions that several objects share, as `a.b`. */
  readonly shared?: readonly string[];
}

function writerOf(text: string, { shared = [] }: WriteOptions = {}): WriteValue {
  const document = parse(text);
  const operation = document.definitions[0] as OperationDefinitionNode;
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of document.definitions)
    if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  return compileRoot(query, operation.selectionSet, {
    schema,
    fragments,
    isTrue: () => false,
    introspect: createIntrospection(schema, operation, fragments),
    isShared: (position) => shared.includes(position.join('.')),
  });
}

function write(text: string, answer: unknown, options: WriteOptions = {}): Written {
  const writing = beginWriting(query, options.variables ?? {});
  const json = writerOf(text, options)(answer, writing);
  return { json, errors: writing.errors.map(({ message, path }) => `${path?.join('.')}: ${message}`) };
}

const clean = (json: string): Written => ({ json, errors: [] });

describe('writing an object', () => {
  it('writes what was asked for, in that order, and nothing else', () => {
    const answer = { n: 1, user: { secret: 'x', name: 'Ada', id: '1' } };
    expect(write('{ user { id a: name } n }', { ...answer, user: { ...answer.user, a: 'Ada' } })).toEqual(
      clean('{"user":{"id":"1","a":"Ada"},"n":1}'),
    );
  });

  it('writes null for what is missing and may be null', () => {
    expect(write('{ user { id } n }', { user: {} })).toEqual(clean('{"user":{"id":null},"n":null}'));
  });

  it('brings selections of one key together', () => {
    expect(
      write('{ user { id } ...F } fragment F on Query { user { name } }', { user: { id: 1, name: 'A' } }),
    ).toEqual(clean('{"user":{"id":1,"name":"A"}}'));
  });

  it('writes aliases that are called like what every object inherits', () => {
    const text = '{ __proto__: user { constructor: id toString: name } hasOwnProperty: n }';
    expect(write(text, JSON.parse('{"__proto__":{"toString":"x"},"hasOwnProperty":1}'))).toEqual(
      clean('{"__proto__":{"constructor":null,"toString":"x"},"hasOwnProperty":1}'),
    );
    expect(write(text, {})).toEqual(clean('{"__proto__":null,"hasOwnProperty":null}'));
  });

  it('finds a text, a number and a list invalid where an object is due', () => {
    for (const wrong of ['x', 5, true, [], [{}]])
      expect(write('{ user { id } }', { user: wrong })).toEqual({
        json: '{"user":null}',
        errors: ['user: Invalid value found for field Query.user.'],
      });
  });
});

describe('the type of an object', () => {
  const NODE = '{ node { __typename id ... on Book { title } ... on User { name } } }';

  it('decides which fragments apply', () => {
    expect(write(NODE, { node: { __typename: 'User', id: 1, name: 'Ada', title: 'x' } })).toEqual(
      clean('{"node":{"__typename":"User","id":1,"name":"Ada"}}'),
    );
  });

  it('is that of the field where the subgraph does not say', () => {
    expect(write('{ user { __typename t: __typename } }', { user: {} })).toEqual(
      clean('{"user":{"__typename":"User","t":"User"}}'),
    );
    expect(write('{ node { id ... on User { name } } }', { node: { id: 1 } })).toEqual(
      clean('{"node":{"id":1}}'),
    );
  });

  it('makes the object null where it was asked for and only an interface is known', () => {
    expect(write('{ node { __typename } }', { node: { __typename: 'Node' } })).toEqual(
      clean('{"node":null}'),
    );
  });

  it('is taken from an alias of __typename where only an interface is known', () => {
    expect(write('{ node { t: __typename } }', { node: { t: 'User' } })).toEqual(
      clean('{"node":{"t":"User"}}'),
    );
    for (const t of ['Nobody', 'Color', 5, {}, 'Actor'])
      expect(write('{ node { t: __typename } }', { node: { t } })).toEqual(clean('{"node":null}'));
  });

  it.each([
    '"Nobody"',
    '"Color"',
    '"Place"',
    '"toString"',
    '"__proto__"',
    '""',
    '5',
    'true',
    '["User"]',
    '{}',
    '{"toString":1}',
  ])('is invalid as %s, and the rest of the answer is written', (typename) => {
    expect(
      write('{ node { id } n }', JSON.parse(`{"node":{"__typename":${typename},"id":1},"n":1}`)),
    ).toEqual({
      json: '{"node":null,"n":1}',
      errors: ['node: Invalid __typename found for object at field Query.node.'],
    });
  });

  it('is invalid where the field has another type of object', () => {
    expect(write('{ user { name } }', { user: { __typename: 'Book', name: 'x' } }).json).toBe(
      '{"user":null}',
    );
  });

  it('may be any member of a union', () => {
    const text = '{ actor { ... on User { name } ... on Place { lat } } }';
    expect(write(text, { actor: { __typename: 'Place', lat: 1 } })).toEqual(clean('{"actor":{"lat":1}}'));
    expect(write(text, { actor: { __typename: 'Book' } }).errors).toHaveLength(1);
  });

  it('is that of the operation at the root, whatever a subgraph calls its own', () => {
    expect(write('{ __typename n }', { __typename: 'RootQuery', n: 1 })).toEqual(
      clean('{"__typename":"Query","n":1}'),
    );
  });
});

describe('a null where none may be', () => {
  it('makes the next nullable object null and is told once, with its path', () => {
    expect(write('{ user { id name } n }', { user: { id: 1, name: null }, n: 1 })).toEqual({
      json: '{"user":null,"n":1}',
      errors: ['user.name: Cannot return null for non-nullable field User.name.'],
    });
  });

  it('goes up through objects that may not be null either', () => {
    expect(write('{ user { best { best { name } } } }', { user: { best: { best: {} } } })).toEqual({
      json: '{"user":null}',
      errors: ['user.best.best.name: Cannot return null for non-nullable field User.name.'],
    });
  });

  it('goes up to the root', () => {
    expect(write('{ n must { name } }', { n: 1, must: {} })).toEqual({
      json: undefined,
      errors: ['must.name: Cannot return null for non-nullable field User.name.'],
    });
  });

  it('ends a list of elements that may not be null, and every such element is told', () => {
    expect(write('{ nodes { id } n }', { nodes: [{ id: 1 }, null, null], n: 1 })).toEqual({
      json: '{"nodes":null,"n":1}',
      errors: [
        'nodes.1: Cannot return null for non-nullable array element of type Node at index 1.',
        'nodes.2: Cannot return null for non-nullable array element of type Node at index 2.',
      ],
    });
  });

  it('stays in its element where elements may be null', () => {
    expect(write('{ books { title } }', { books: [{ title: 'a' }, {}, null] })).toEqual({
      json: '{"books":[{"title":"a"},null,null]}',
      errors: ['books.1.title: Cannot return null for non-nullable field Book.title.'],
    });
  });

  it('goes up through lists of lists', () => {
    expect(write('{ book { grid } }', { book: { grid: [[1], [2, null]] } })).toEqual({
      json: '{"book":{"grid":null}}',
      errors: ['book.grid.1.1: Cannot return null for non-nullable array element of type Int at index 1.'],
    });
  });

  it('is told of fields of the type that the object is, in the field after a list too', () => {
    const { errors } = write('{ user { books { author { name } title } } }', {
      user: { books: [{ title: 'a', author: { name: 'x' } }, { author: { name: 'y' } }] },
    });
    expect(errors).toEqual(['user.books.1.title: Cannot return null for non-nullable field Book.title.']);
  });
});

describe('a refused field', () => {
  const refusing = (text: string, key: string, answer: unknown): Written => {
    const document = parse(text);
    const refused = new Set<FieldNode>();
    visit(document, { Field: (node) => void (node.alias?.value === key && refused.add(node)) });
    const writing = beginWriting(query, {});
    const { selectionSet } = document.definitions[0] as OperationDefinitionNode;
    const scope = { schema, fragments: new Map(), isTrue: () => false, introspect: () => null };
    const write = compileRoot(query, selectionSet, { ...scope, isShared: () => false, refused });
    return { json: write(answer, writing), errors: writing.errors.map(({ message }) => message) };
  };

  it('is null without a word, whatever has come', () => {
    expect(refusing('{ x: n n }', 'x', { x: 1, n: 1 })).toEqual(clean('{"x":null,"n":1}'));
  });

  it('makes the object around it null when it may not be null', () => {
    const answer = { user: { x: 'Ada', id: '1' } };
    expect(refusing('{ user { id x: name } }', 'x', answer)).toEqual(clean('{"user":null}'));
  });
});

describe('a wrong value', () => {
  it('is null and told, in a field and in a list', () => {
    expect(
      write('{ n book { pages } user { color } }', {
        n: 'x',
        book: { pages: [1, 'x'] },
        user: { color: 'BLUE' },
      }),
    ).toEqual({
      json: '{"n":null,"book":{"pages":null},"user":{"color":null}}',
      errors: [
        'n: Invalid value found for field Query.n.',
        'book.pages.1: Invalid value found for array element of type Int at index 1.',
        'user.color: Invalid value found for field User.color.',
      ],
    });
  });

  it('where a list is due makes the field null', () => {
    for (const wrong of [{}, 'x', 1])
      expect(write('{ books { id } }', { books: wrong }).json).toBe('{"books":null}');
  });

  it('is told a thousand times at most', () => {
    const books = Array.from({ length: 3000 }, () => ({}));
    const { json, errors } = write('{ books { title } }', { books });
    expect(errors).toHaveLength(1000);
    expect(JSON.parse(json ?? '')).toEqual({ books: books.map(() => null) });
  });
});

describe('a value that stands in several places', () => {
  const TEXT = '{ books { author { name } } }';
  const shared = ['books.author'];

  it('is written once', () => {
    let reads = 0;
    const author = {
      get name() {
        reads += 1;
        return 'Ada';
      },
    };
    expect(write(TEXT, { books: [{ author }, { author }] }, { shared })).toEqual(
      clean('{"books":[{"author":{"name":"Ada"}},{"author":{"name":"Ada"}}]}'),
    );
    expect(reads).toBe(1);
  });

  it('is told of at each place when something is wrong with it', () => {
    const author = { name: 5 };
    expect(write(TEXT, { books: [{ author }, { author }] }, { shared })).toEqual({
      json: '{"books":[{"author":null},{"author":null}]}',
      errors: [
        'books.0.author.name: Invalid value found for field User.name.',
        'books.1.author.name: Invalid value found for field User.name.',
      ],
    });
  });

  it('is written per selection', () => {
    const user = { name: 'Ada', id: 1 };
    expect(
      write('{ a: user { name } b: user { id } }', { a: user, b: user }, { shared: ['a', 'b'] }),
    ).toEqual(clean('{"a":{"name":"Ada"},"b":{"id":1}}'));
  });

  it('does not multiply the work when everything below it is wrong', () => {
    let reads = 0;
    const leaf = {
      get name() {
        reads += 1;
        return 5;
      },
    };
    const level = (below: object): object => {
      const one = { best: leaf, friends: Array.from({ length: 100 }, () => below) };
      return one;
    };
    const user = level(level(level(leaf)));
    const text = '{ user { friends { friends { friends { name } } } } }';
    const positions = ['user.friends', 'user.friends.friends', 'user.friends.friends.friends'];
    const { errors } = write(text, { user }, { shared: positions });
    expect(errors).toHaveLength(1000);
    expect(reads).toBeLessThan(3000);
  });
});

describe('introspection', () => {
  it('is answered from the schema, beside other fields', () => {
    expect(
      write(
        '{ n __schema { queryType { name } } t: __type(name: "User") { ...F } } fragment F on __Type { kind }',
        { n: 1 },
      ),
    ).toEqual(clean('{"n":1,"__schema":{"queryType":{"name":"Query"}},"t":{"kind":"OBJECT"}}'));
  });

  it('takes variables and their defaults', () => {
    const text = 'query($name: String! = "Place") { __type(name: $name) { name } }';
    expect(write(text, {})).toEqual(clean('{"__type":{"name":"Place"}}'));
    expect(write(text, {}, { variables: { name: 'Nobody' } })).toEqual(clean('{"__type":null}'));
  });

  it('answers under the alias __proto__', () => {
    expect(write('{ __proto__: __type(name: "User") { name } }', {})).toEqual(
      clean('{"__proto__":{"name":"User"}}'),
    );
  });
});
