import type { FetchDataRewrite, QueryPlanSelectionNode } from '@apollo/query-planner';
import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { compileRepresentation } from './representation.ts';
import { applyRewrites, isOfType } from './rewrites.ts';

const schema = buildSchema(`
  interface Node { id: ID }
  interface Named implements Node { id: ID name: String }
  type User implements Node & Named { id: ID name: String home: Place places: [Place] }
  type Robot implements Node { id: ID }
  type Place { lat: Int lon: Int }
  union Actor = User | Robot
  type Query { node: Node actor: Actor }
`);

const field = (name: string, selections?: QueryPlanSelectionNode[]): QueryPlanSelectionNode => ({
  kind: 'Field',
  name,
  ...(selections === undefined ? {} : { selections }),
});
const on = (typeCondition: string, ...selections: QueryPlanSelectionNode[]): QueryPlanSelectionNode => ({
  kind: 'InlineFragment',
  typeCondition,
  selections,
});
const represent = (
  requires: QueryPlanSelectionNode[],
  source: string,
  rewrites: FetchDataRewrite[] = [],
): string | null =>
  compileRepresentation(requires, rewrites, schema)(JSON.parse(source) as Record<string, unknown>);

const USER = on('User', field('__typename'), field('id'));

describe('representing an object by plain fields', () => {
  it('writes what is required, in the order of the requirement, and nothing else', () => {
    expect(represent([USER], '{"name":"Ada","id":"1","__typename":"User"}')).toBe(
      '{"__typename":"User","id":"1"}',
    );
  });

  it('writes a null key as null: the subgraph decides what that means', () => {
    expect(represent([USER], '{"__typename":"User","id":null}')).toBe('{"__typename":"User","id":null}');
  });

  it('does not ask about an object that lacks a required field', () => {
    expect(represent([USER], '{"__typename":"User"}')).toBeNull();
  });

  it('does not ask about an object of a type that no condition fits', () => {
    for (const typename of ['Robot', 'Place', 'Nobody', 'toString', '__proto__'])
      expect(represent([USER], `{"__typename":"${typename}","id":"1"}`)).toBeNull();
  });

  it('does not ask about an object whose type is no text', () => {
    for (const typename of ['5', 'null', '["User"]', '{}', 'true'])
      expect(represent([USER], `{"__typename":${typename},"id":"1"}`)).toBeNull();
  });

  it('takes an object for what its interfaces and unions are', () => {
    for (const condition of ['Node', 'Named', 'Actor'])
      expect(
        represent([on(condition, field('__typename'), field('id'))], '{"__typename":"User","id":"1"}'),
      ).toBe('{"__typename":"User","id":"1"}');
  });

  it('writes values of custom scalars and lists as they are', () => {
    expect(represent([USER], '{"__typename":"User","id":{"a":["\\u0001",null]}}')).toBe(
      '{"__typename":"User","id":{"a":["\\u0001",null]}}',
    );
  });

  it('takes an inherited field for missing', () => {
    const requires = [on('User', field('__typename'), field('constructor'))];
    expect(represent(requires, '{"__typename":"User"}')).toBeNull();
  });
});

describe('representing an object in general', () => {
  const HOME = on('User', field('__typename'), field('home', [field('lat')]));

  it('selects below objects and lists, with nulls where they are', () => {
    expect(represent([HOME], '{"__typename":"User","home":{"lat":1,"lon":2}}')).toBe(
      '{"__typename":"User","home":{"lat":1}}',
    );
    const places = on('User', field('__typename'), field('places', [field('lat')]));
    expect(represent([places], '{"__typename":"User","places":[{"lat":1,"lon":2},null]}')).toBe(
      '{"__typename":"User","places":[{"lat":1},null]}',
    );
    expect(represent([HOME], '{"__typename":"User","home":null}')).toBe('{"__typename":"User","home":null}');
  });

  it('puts null where an object below lacks a required field, as stock does', () => {
    expect(represent([HOME], '{"__typename":"User","home":{"lon":2}}')).toBe(
      '{"__typename":"User","home":null}',
    );
  });

  it('merges the fragments that fit and passes over one that lacks a field', () => {
    const requires = [
      USER,
      on('Named', field('name')),
      on('Robot', field('serial')),
      on('User', field('missing')),
    ];
    expect(represent(requires, '{"__typename":"User","id":"1","name":"Ada"}')).toBe(
      '{"__typename":"User","id":"1","name":"Ada"}',
    );
  });

  it('does not ask when no fragment gave a type', () => {
    expect(
      represent([on('User', field('id')), on('User', field('name'))], '{"__typename":"User","id":"1"}'),
    ).toBeNull();
  });

  it('rewrites the representation and leaves the object', () => {
    const rewrites: FetchDataRewrite[] = [
      { kind: 'ValueSetter', path: ['... on Node', '__typename'], setValueTo: 'Node' },
    ];
    const source = { __typename: 'User', id: '1' };
    expect(compileRepresentation([USER], rewrites, schema)(source)).toBe('{"__typename":"Node","id":"1"}');
    expect(source.__typename).toBe('User');
  });
});

describe('rewrites', () => {
  const rename = (path: string[], renameKeyTo: string): FetchDataRewrite => ({
    kind: 'KeyRenamer',
    path,
    renameKeyTo,
  });
  const rewritten = (text: string, ...rewrites: FetchDataRewrite[]): string => {
    const value: unknown = JSON.parse(text);
    applyRewrites(rewrites, value, schema);
    return JSON.stringify(value);
  };

  it('rename a key in every object of a list of lists', () => {
    expect(rewritten('{"a":[[{"x":1}],null,{"x":0}]}', rename(['a', 'x'], 'y'))).toBe(
      '{"a":[[{"y":1}],null,{"y":0}]}',
    );
  });

  it('leave a key alone that is null or missing', () => {
    expect(rewritten('[{"x":null},{"z":1}]', rename(['x'], 'y'))).toBe('[{"x":null},{"z":1}]');
  });

  it('apply under a condition to objects that fit it and to those that do not say what they are', () => {
    const text = '[{"__typename":"User","x":1},{"__typename":"Place","x":1},{"x":1}]';
    expect(rewritten(text, rename(['... on Node', 'x'], 'y'))).toBe(
      '[{"__typename":"User","y":1},{"__typename":"Place","x":1},{"y":1}]',
    );
  });

  it('rename to __proto__ without touching the prototype', () => {
    expect(rewritten('{"x":{"polluted":1}}', rename(['x'], '__proto__'))).toBe(
      '{"__proto__":{"polluted":1}}',
    );
  });

  it('do not go into what is only inherited', () => {
    expect(rewritten('{}', { kind: 'ValueSetter', path: ['__proto__', 'polluted'], setValueTo: 1 })).toBe(
      '{}',
    );
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('the type of an object', () => {
  it('fits itself, its interfaces, their interfaces and its unions', () => {
    for (const condition of ['User', 'Named', 'Node', 'Actor'])
      expect(isOfType('User', condition, schema)).toBe(true);
    expect(isOfType('Named', 'Node', schema)).toBe(true);
  });

  it('fits nothing else', () => {
    expect(isOfType('User', 'Robot', schema)).toBe(false);
    expect(isOfType('Node', 'User', schema)).toBe(false);
    expect(isOfType('User', 'Nobody', schema)).toBe(false);
    for (const typename of [5, null, undefined, {}, ['User'], 'hasOwnProperty'])
      expect(isOfType(typename, 'Node', schema)).toBe(false);
  });
});
