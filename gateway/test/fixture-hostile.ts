import type { Operation } from './fixture-clients.ts';

const numbered = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

/** Fragments of which each spreads the next one twice: 2^n fields in a kilobyte. */
function bomb(fragments: number): string {
  const spread = (index: number): string => (index === fragments ? 'me { id }' : `...F${index} ...F${index}`);
  return `{ ...F0 } ${numbered(fragments, (i) => `fragment F${i} on Query { ${spread(i + 1)} }`)}`;
}

/** Operations that cost a server without limits dearly, for the fixture graph at the default limits. */
export const HOSTILE: readonly (readonly [string, Operation])[] = [
  ['a fragment bomb', { query: bomb(22) }],
  ['aliases', { query: `{ me { ${numbered(51, (i) => `a${i}: __typename`)} } }` }],
  ['root fields', { query: `{ ${'...F '.repeat(26)} } fragment F on Query { a: me { id } b: me { id } }` }],
  [
    'depth',
    { query: `{ task(id: "1") ${'{ meeting { title } transcript '.repeat(16)} { id } ${'}'.repeat(16)} }` },
  ],
  ['tokens', { query: `{ me { ${'id '.repeat(5_001)} } }` }],
  ['repetitions', { query: `{ me { ${'id '.repeat(101)} } }` }],
  ['directives on one field', { query: `{ me ${'@include(if: true) '.repeat(11)} { id } }` }],
  [
    'directives in all',
    {
      query: `{ me { ${numbered(51, (i) => `i${i}: id @skip(if: false) @include(if: true)`).slice(0, -1)}) } }`,
    },
  ],
  ['fragments', { query: `{ me { id } } ${numbered(201, (i) => `fragment F${i} on User { id }`)}` }],
  ['a long list', { query: '{ task(id: "1") { transcript { segments(first: 1000000) } } }' }],
  [
    'a long list in a variable',
    {
      query: 'query ($n: Int) { task(id: "1") { transcript { segments(first: $n) } } }',
      variables: { n: 1_000_000 },
    },
  ],
  ['a long text', { query: `{ me { id } } # ${'x'.repeat(65_000)}${'y'.repeat(600)}` }],
];
