import type { FetchNode } from '@apollo/query-planner';
import { type FragmentDefinitionNode, Kind, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { composeLibrary } from '../../test/library-graph.ts';
import { compileFetch, type PlannedFetch } from './compile-fetch.ts';
import { keysOfSelection, type SelectionKeys } from './selection-keys.ts';

const { supergraph } = composeLibrary();
const ENTITIES =
  'query($representations:[_Any!]!){_entities(representations:$representations){...on Book{score}}}';

function compiled(operation: string, more: Partial<FetchNode> = {}): PlannedFetch {
  const node = {
    kind: 'Fetch' as const,
    serviceName: 'reviews',
    operation,
    operationKind: 'query' as FetchNode['operationKind'],
    ...more,
  } as FetchNode;
  return compileFetch(node, { index: 0, path: [], supergraph });
}

const requires: NonNullable<FetchNode['requires']> = [
  {
    kind: 'InlineFragment',
    typeCondition: 'Book',
    selections: [
      { kind: 'Field', name: '__typename' },
      { kind: 'Field', name: 'id' },
    ],
  },
];

const plain = (keys: SelectionKeys): unknown =>
  Object.fromEntries([...keys].map(([key, below]) => [key, below === null ? null : plain(below)]));

describe('compiling a fetch', () => {
  it('begins the body up to the variables', () => {
    expect(`${compiled('{a}').bodyStart}{}}`).toBe('{"query":"{a}","variables":{}}');
    expect(`${compiled('query Q{a}', { operationName: 'Q' }).bodyStart}{}}`).toBe(
      '{"query":"query Q{a}","operationName":"Q","variables":{}}',
    );
  });

  it('knows the keys that each entity gets', () => {
    expect(plain(compiled(ENTITIES, { requires }).keys)).toEqual({ score: null });
    expect(plain(compiled('{a:b{c}}').keys)).toEqual({ a: { c: null } });
  });

  it('knows a renamed key under both names', () => {
    const operation = '{a{x{y} ...on Book{z}}}';
    const outputRewrites: NonNullable<FetchNode['outputRewrites']> = [
      { kind: 'KeyRenamer', path: ['a', '... on Book', 'x'], renameKeyTo: 'w' },
      { kind: 'KeyRenamer', path: ['nowhere', 'x'], renameKeyTo: 'v' },
    ];
    expect(plain(compiled(operation, { outputRewrites }).keys)).toEqual({
      a: { x: { y: null }, z: null, w: { y: null } },
    });
  });

  it('gives fetches one signature that differ in their representations only', () => {
    const other = [{ ...requires[0], typeCondition: 'Author' }] as NonNullable<FetchNode['requires']>;
    const signatures = [requires, other].map(
      (one) => compiled(ENTITIES, { requires: one }).entity?.signature,
    );
    expect(signatures[0]).toBe(signatures[1]);
    const longer = ENTITIES.replace('score', 'score id');
    expect(compiled(longer, { requires }).entity?.signature).not.toBe(signatures[0]);
  });

  it('cannot send an operation together with others that has fragments, directives or other fields', () => {
    expect(compiled(ENTITIES, { requires }).entity?.selection).toContain('score');
    for (const operation of [
      'query($representations:[_Any!]!){_entities(representations:$representations){...F}} fragment F on Book{score}',
      'query($representations:[_Any!]!)@slow{_entities(representations:$representations){...on Book{score}}}',
      'query($representations:[_Any!]!){_entities(representations:$representations){...on Book{score}} other}',
    ])
      expect(compiled(operation, { requires }).entity?.selection).toBeNull();
  });

  it('tells entities apart by the first field that is no type', () => {
    expect(compiled(ENTITIES, { requires }).entity?.identifier).toBe('id');
    const nested = [
      { kind: 'Field', name: 'ref', selections: [{ kind: 'Field', name: 'code' }] },
    ] as NonNullable<FetchNode['requires']>;
    expect(compiled(ENTITIES, { requires: nested }).entity?.identifier).toBeNull();
  });

  it('is refused without an operation', () => {
    expect(() => compiled('fragment F on Book{id}')).toThrow('a fetch without an operation');
  });
});

describe('the keys of a selection', () => {
  function keysOf(text: string): SelectionKeys {
    const { definitions } = parse(text);
    const fragments = new Map<string, FragmentDefinitionNode>();
    for (const one of definitions)
      if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
    const [operation] = definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
    return keysOfSelection(operation.selectionSet, fragments);
  }

  it('look through conditions on types and fragments', () => {
    expect(plain(keysOf('{ a { ...F ... on X { b: c } } } fragment F on X { a { d } ...Missing }'))).toEqual({
      a: { a: { d: null }, b: null },
    });
  });

  it('bring the selections of one key together', () => {
    expect(plain(keysOf('{ a { b } ... { a { c { d } } } a { c { e } } }'))).toEqual({
      a: { b: null, c: { d: null, e: null } },
    });
  });
});
