import { getIntrospectionQuery } from 'graphql';
import { describe, expect, it } from 'vitest';
import { refuseDocument } from './document-limits.ts';

const limits = { maxTokens: 5_000, maxDepth: 15, maxAliases: 50, maxFields: 2_000 };

const codes = (text: string): unknown[] =>
  refuseDocument(text, limits).map(({ extensions }) => extensions['code']);

/** Fragments of which each spreads the next one twice: 2^n fields in a kilobyte. */
function bomb(fragments: number): string {
  const names = Array.from({ length: fragments }, (_, i) => `f${i}`);
  const definitions = names.map((name, i) => {
    const next = names[i + 1];
    return `fragment ${name} on Query { ${next === undefined ? 'me { id }' : `...${next} ...${next}`} }`;
  });
  return `{ ...f0 } ${definitions.join(' ')}`;
}

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

  it('leave a text that does not parse to the parser', () => {
    expect(codes('{ me {')).toEqual([]);
  });
});
