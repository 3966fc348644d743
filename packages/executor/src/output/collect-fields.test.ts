import {
  buildSchema,
  type FragmentDefinitionNode,
  isCompositeType,
  Kind,
  parse,
  print,
  type SelectionSetNode,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { collectFields } from './collect-fields.ts';

const schema = buildSchema(`
  interface Node { id: ID }
  interface Named implements Node { id: ID name: String }
  type User implements Node & Named { id: ID name: String age: Int }
  type Robot implements Node { id: ID serial: Int }
  union Actor = User | Robot
  type Query { node: Node actor: Actor }
`);

function collected(
  typename: string,
  text: string,
  holding: readonly string[] = [],
): Record<string, string[]> {
  const { definitions } = parse(text);
  const fragments = new Map<string, FragmentDefinitionNode>();
  const selectionSets: SelectionSetNode[] = [];
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    if (definition.kind === Kind.OPERATION_DEFINITION) selectionSets.push(definition.selectionSet);
  }
  const type = schema.getType(typename);
  if (!isCompositeType(type)) throw new Error(`${typename} has no fields`);
  const isTrue = (name: string): boolean => holding.includes(name);
  const fields = collectFields(type, selectionSets, { schema, fragments, isTrue });
  return Object.fromEntries([...fields].map(([key, nodes]) => [key, nodes.map((node) => print(node))]));
}

const keys = (...given: Parameters<typeof collected>): string[] => Object.keys(collected(...given));

describe('collecting the fields of an object', () => {
  it('keeps the order in which response keys come first', () => {
    expect(keys('User', '{ name id b: age name a: age }')).toEqual(['name', 'id', 'b', 'a']);
  });

  it('brings all selections of one key together, from fragments too', () => {
    expect(collected('User', '{ id ...F ... { id } } fragment F on User { id name }')['id']).toEqual([
      'id',
      'id',
      'id',
    ]);
  });

  it('goes into fragments on the type, its interfaces and its unions', () => {
    const text =
      '{ ... on User { age } ... on Named { name } ... on Node { id } ... on Actor { __typename } }';
    expect(keys('User', text)).toEqual(['age', 'name', 'id', '__typename']);
    expect(keys('Robot', text)).toEqual(['id', '__typename']);
  });

  it('passes over fragments on other types, on unknown ones and without a definition', () => {
    expect(keys('User', '{ id ... on Robot { serial } ... on Nobody { x } ...Missing }')).toEqual(['id']);
  });

  it('takes an object that only its interface is known of for that interface', () => {
    expect(keys('Named', '{ ... on Node { id } ... on Named { name } ... on User { age } }')).toEqual([
      'id',
      'name',
    ]);
  });

  it('goes through fragments in fragments', () => {
    expect(
      keys('User', '{ ...A } fragment A on Node { ... on Named { ...B } } fragment B on User { age }'),
    ).toEqual(['age']);
  });

  it('keeps aliases that are called like what every object inherits', () => {
    expect(keys('User', '{ constructor: id toString: name }')).toEqual(['constructor', 'toString']);
    const fields = collectFields(
      schema.getType('User') as never,
      [(parse('{ __proto__: id }').definitions[0] as { selectionSet: SelectionSetNode }).selectionSet],
      { schema, fragments: new Map(), isTrue: () => false },
    );
    expect([...fields.keys()]).toEqual(['__proto__']);
  });
});

describe('conditions on selections', () => {
  it('hold by literals', () => {
    expect(
      keys(
        'User',
        '{ id @skip(if: true) name @skip(if: false) age @include(if: true) a: id @include(if: false) }',
      ),
    ).toEqual(['name', 'age']);
  });

  it('hold by variables', () => {
    const text = 'query($x: Boolean!) { id @skip(if: $x) name @include(if: $x) }';
    expect(keys('User', text, ['x'])).toEqual(['name']);
    expect(keys('User', text)).toEqual(['id']);
  });

  it('have to hold both where both stand', () => {
    const text = 'query($x: Boolean!, $y: Boolean!) { id @skip(if: $x) @include(if: $y) }';
    expect(keys('User', text, ['y'])).toEqual(['id']);
    expect(keys('User', text, ['x', 'y'])).toEqual([]);
    expect(keys('User', text)).toEqual([]);
  });

  it('hold for whole fragments, named and inline', () => {
    const text =
      'query($x: Boolean!) { ...F @include(if: $x) ... @skip(if: $x) { id } } fragment F on User { name }';
    expect(keys('User', text, ['x'])).toEqual(['name']);
    expect(keys('User', text)).toEqual(['id']);
  });

  it('are none where another directive stands', () => {
    expect(keys('User', '{ id @cached(if: false) }')).toEqual(['id']);
  });
});
