import { getIntrospectionQuery } from 'graphql';
import { describe, expect, it } from 'vitest';
import { type DocumentLimits, inspectDocument } from './document-limits.ts';

const limits: DocumentLimits = {
  maxCharacters: 65_536,
  maxTokens: 5_000,
  maxDepth: 15,
  maxAliases: 50,
  maxFields: 2_000,
  maxRootFields: 30,
  maxRepetitions: 100,
  maxDirectives: 100,
  maxDirectivesPerNode: 10,
  maxFragments: 200,
};

const codes = (text: string): unknown[] =>
  inspectDocument(text, limits).errors.map(({ extensions }) => extensions['code']);

/** Fragments of which each spreads the next one twice: 2^n fields in a kilobyte. */
function bomb(fragments: number): string {
  const names = Array.from({ length: fragments }, (_, i) => `f${i}`);
  const definitions = names.map((name, i) => {
    const next = names[i + 1];
    return `fragment ${name} on Query { ${next === undefined ? 'me { id }' : `...${next} ...${next}`} }`;
  });
  return `{ ...f0 } ${definitions.join(' ')}`;
}

const numbered = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

describe('the limits of a document', () => {
  it('let an ordinary operation and the introspection query pass', () => {
    expect(codes('{ a: me { id } b: me { ...F } } fragment F on User { id name }')).toEqual([]);
    expect(
      codes(getIntrospectionQuery({ descriptions: true, specifiedByUrl: true, inputValueDeprecation: true })),
    ).toEqual([]);
  });

  it('refuse a fragment bomb at once', () => {
    const text = bomb(22);
    expect(text.length).toBeLessThan(1_700);
    expect(codes(text)).toEqual(['OPERATION_TOO_LARGE']);
  });

  it('refuse a bomb in fragments that no operation spreads', () => {
    expect(codes(bomb(30).replace('{ ...f0 }', '{ me { id } }'))).toEqual(['OPERATION_TOO_LARGE']);
  });

  it('count depth through fragments', () => {
    const deep = `{ ${'a { '.repeat(9)} ...F ${'}'.repeat(9)} } fragment F on X { ${'b { '.repeat(8)} c ${'}'.repeat(8)} }`;
    expect(codes(deep)).toEqual(['OPERATION_TOO_LARGE']);
  });

  it('count every alias, also those of __typename', () => {
    const aliases = Array.from({ length: 51 }, (_, i) => `a${i}: __typename`).join(' ');
    expect(codes(`{ ${aliases} }`)).toEqual(['OPERATION_TOO_LARGE']);
  });

  it('leave a fragment that spreads itself to validation', () => {
    expect(codes('{ ...F } fragment F on Query { me { id } ...F }')).toEqual([]);
  });

  it.each([
    'subscription ($c: Boolean!) { f @include(if: $c) }',
    'subscription ($c: Boolean!) { ...R } fragment R on Subscription { f @skip(if: $c) }',
    'subscription ($c: Boolean!) { ... @include(if: $c) { f } }',
  ])('refuse a conditional root field: %s', (text) => {
    expect(codes(text)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });

  it.each([
    [
      'root fields through fragments',
      `{ ${'...F '.repeat(4)} } fragment F on Query { ${numbered(8, (i) => `f${i}`)} }`,
    ],
    ['one field over and over', `{ me { ${'id '.repeat(101)} } }`],
    ['directives in one place', `{ me ${'@a '.repeat(11)} { id } }`],
    ['directives of a variable', `query ($v: Int ${'@a '.repeat(11)}) { me { id } }`],
    ['directives in all', `{ me { ${numbered(21, (i) => `f${i} ${'@a '.repeat(5)}`)} } }`],
    ['fragments', `{ me { id } } ${numbered(201, (i) => `fragment F${i} on User { id }`)}`],
    ['tokens', `{ me { ${'a '.repeat(5_001)} } }`],
    ['characters', `{ me { id } } # ${'x'.repeat(65_536)}`],
  ])('refuse too many %s', (_what, text) => {
    expect(codes(text)).toEqual(['OPERATION_TOO_LARGE']);
  });

  it('tell of each operation its type and root fields, and whether the schema is asked for', () => {
    const text = 'query A { a ...F } mutation B { c } fragment F on Query { d e { __schema { x } } }';
    const { operations, introspects } = inspectDocument(text, limits);
    expect(operations).toEqual([
      { name: 'A', type: 'query', rootFields: 3 },
      { name: 'B', type: 'mutation', rootFields: 1 },
    ]);
    expect(introspects).toBe(true);
    expect(inspectDocument('{ a { __typename } }', limits).introspects).toBe(false);
  });

  it('leave a text that does not parse to the parser', () => {
    expect(codes('{ me {')).toEqual([]);
  });
});
