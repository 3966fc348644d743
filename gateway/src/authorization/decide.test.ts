import type { UserViewer, Viewer } from '@hoerok/shared/auth';
import { Kind, type OperationDefinitionNode, parse, print, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { compose } from '../../test/fixture-graph.ts';
import { knownPlan, plannedOf, planWhole } from '../execution/planned-operation.ts';
import { buildSupergraphSchema } from '../supergraph/supergraph-schema.ts';
import { type AuthorizationMode, rulesOf } from './authorization.ts';

const SDL = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@authenticated", "@requiresScopes", "@policy"])
type Query {
  open: Open
  me: User @requiresScopes(scopes: [["profile"]])
  account: User
  node: Node
  plain: Plain
  search: [Found!]!
  admin: Int @policy(policies: [["role:ADMIN"], ["role:MANAGER"]])
  color: Color
  filter(secret: Int): Int
}
type Mutation @authenticated { ping: Int pong: Int }
type Open {
  id: ID! secret: Int @authenticated strict: Int! @authenticated
  internal: Internal paint: Color users: [User!] authors: [[User]]
}
type User implements Node @authenticated {
  id: ID! name: String @requiresScopes(scopes: [["read:user", "read:name"], ["all"]])
}
type Thing implements Node { id: ID! size: Int }
interface Node { id: ID! }
type Left implements Plain { id: ID! word: String @authenticated }
type Right implements Plain { id: ID! word: String }
interface Plain { id: ID! word: String }
union Found = User | Thing
scalar Internal @requiresScopes(scopes: [["internal"]])
enum Color @authenticated { RED }
`;

const composed = compose([{ name: 'a', url: 'http://subgraph.invalid/graphql', sdl: SDL }]);
// This composition gives interfaces the rules of their objects; older ones do not.
const schema = buildSupergraphSchema(
  composed.replaceAll(/^interface [^{]+\{[^}]+\}/gm, (text) => text.replaceAll('@authenticated', '')),
);

const member = (more: Partial<UserViewer> = {}): UserViewer => ({
  kind: 'user',
  userId: 'u',
  workspaceId: 'w',
  role: 'MEMBER',
  sessionId: 's',
  ...more,
});

function ask(text: string, viewer: Viewer | null = null, mode: AuthorizationMode = 'filter') {
  const document = parse(text, { noLocation: true });
  expect(validate(schema.api, document)).toEqual([]);
  const operation = document.definitions.find(
    (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
  );
  if (operation === undefined) throw new Error('there is no operation');
  const { rules } = schema.authorization;
  const known = rulesOf({ rules, mode }, { api: schema.api, document, operation });
  const { document: kept, errors } = known.authorize(viewer);
  if (kept !== null) expect(validate(schema.api, kept)).toEqual([]);
  return {
    kept: kept === null ? null : print(kept).replaceAll(/\s+/g, ' '),
    paths: errors.map(({ path }) => (path ?? []).join('.')),
    class: known.classOf(viewer),
  };
}

describe('C4: what a viewer may have of an operation', () => {
  it.each([
    ['a field', '{ open { id secret } }', '{ open { id } }', ['open.secret']],
    ['a field by its alias', '{ o: open { id hidden: secret } }', '{ o: open { id } }', ['o.hidden']],
    ['a field whose type is closed', '{ open { id } account { id } }', '{ open { id } }', ['account']],
    ['a scalar', '{ open { id internal } }', '{ open { id } }', ['open.internal']],
    ['an enum', '{ color open { id paint } }', '{ open { id } }', ['color', 'open.paint']],
    ['a list', '{ open { id users { id } } }', '{ open { id } }', ['open.users.@']],
    ['a field with a policy', '{ admin open { id } }', '{ open { id } }', ['admin']],
    [
      'a field under @include',
      '{ open { id secret @include(if: false) } }',
      '{ open { id } }',
      ['open.secret'],
    ],
    [
      'a union member, by its fragment',
      '{ search { __typename ... on User { id } ... on Thing { size } } }',
      '{ search { __typename ... on Thing { size } } }',
      ['search.@.... on User'],
    ],
    [
      'a named fragment on a closed type',
      '{ search { __typename ...F } } fragment F on User { id }',
      '{ search { __typename } }',
      ['search.@.... on User'],
    ],
    [
      'a field inside a named fragment, wherever it is spread',
      '{ a: open { ...F } b: open { ...F } } fragment F on Open { id secret }',
      '{ a: open { ...F } b: open { ...F } } fragment F on Open { id }',
      ['a.secret', 'b.secret'],
    ],
    ['what nothing is left of', '{ color open { secret } filter }', '{ filter }', ['color', 'open.secret']],
    [
      'an interface one of whose objects is closed',
      '{ node { id ... on Thing { size } } filter }',
      '{ filter }',
      ['node'],
    ],
    [
      'an interface in a fragment',
      '{ search { __typename ... on Node { id } } }',
      '{ search { __typename } }',
      ['search.@.... on Node'],
    ],
    [
      'a field of an interface that is closed in one object',
      '{ plain { id word } }',
      '{ plain { id } }',
      ['plain.word'],
    ],
    [
      'an inline fragment without a type',
      '{ open { id ... { secret } } }',
      '{ open { id } }',
      ['open.secret'],
    ],
  ])('leaves out %s', (_what, text, kept, paths) => {
    expect(ask(text)).toMatchObject({ kept, paths });
  });

  it.each([
    ['the objects of an interface one by one', '{ node { __typename ... on Thing { id size } } }'],
    ['what demands nothing', '{ open { id } filter(secret: 1) __schema { types { name } } }'],
    ['a field of the open object of an interface', '{ plain { ... on Right { word } } }'],
  ])('keeps %s', (_what, text) => {
    expect(ask(text)).toEqual({
      kept: print(parse(text)).replaceAll(/\s+/g, ' '),
      paths: [],
      class: expect.any(String),
    });
  });

  it('is nothing when the root type is closed', () => {
    expect(ask('mutation { ping pong }')).toMatchObject({ kept: null, paths: [''] });
    expect(ask('mutation { ping }', member())).toMatchObject({ paths: [], class: '' });
  });

  it.each([
    [['read:user'], ['me.name']],
    [['read:user', 'read:name'], []],
    [['all'], []],
    [[], ['me.name']],
  ])('depends on scopes: any of the lists, all of its names (%j)', (scopes, paths) => {
    expect(ask('{ me { id name } }', member({ scopes: ['profile', ...scopes] })).paths).toEqual(paths);
  });

  it('is decided for anonymous viewers, members and ADMINs by policy', () => {
    expect(ask('{ admin }').paths).toEqual(['admin']);
    expect(ask('{ admin }', member()).paths).toEqual(['admin']);
    expect(ask('{ admin }', member({ role: 'ADMIN' })).paths).toEqual([]);
    expect(ask('{ admin }', member({ role: 'MANAGER' })).paths).toEqual([]);
  });

  it('is all or nothing when operations are rejected', () => {
    expect(ask('{ open { id secret } }', null, 'reject')).toMatchObject({
      kept: null,
      paths: ['open.secret'],
    });
    expect(ask('{ open { id secret } }', member(), 'reject').kept).not.toBeNull();
  });

  it('puts viewers into classes by the rules that the operation meets, and by no others', () => {
    const text = '{ open { id secret } }';
    expect(ask(text).class).toBe('0');
    expect(ask(text, member()).class).toBe('');
    expect(ask(text, member({ role: 'ADMIN', scopes: ['a', 'b'] })).class).toBe('');
    expect(ask('{ open { id } }').class).toBe('');
  });
});

describe('C4: the plans of an operation', () => {
  const source = '{ open { id secret } }';
  const operation = { schema, document: parse(source), source, operationName: undefined };

  it('are one for each class of viewers, and nobody gets that of another class', () => {
    const known = (viewer: Viewer | null) => knownPlan(schema, { source, operationName: undefined, viewer });
    const planned = plannedOf({ ...operation, viewer: member() });
    expect(known(member({ userId: 'other', role: 'GUEST' }))).toBe(planned);
    expect(known(null)).toBeUndefined();
    const anonymous = plannedOf({ ...operation, viewer: null });
    expect(anonymous).not.toBe(planned);
    expect([known(null), known(member())]).toEqual([anonymous, planned]);
    expect(planWhole(operation)).toBe(planned);
    expect(JSON.stringify(planned.plan)).toContain('secret');
    expect(JSON.stringify(anonymous.plan)).not.toContain('secret');
  });

  it('are bounded, also for one operation with many rules', () => {
    const names = Array.from({ length: 8 }, (_, index) => `f${index}`);
    const fields = names.map((name) => `${name}: Int @requiresScopes(scopes: [["${name}"]])`).join(' ');
    const head = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@requiresScopes"])`;
    const wide = buildSupergraphSchema(
      compose([
        { name: 'a', url: 'http://subgraph.invalid/graphql', sdl: `${head} type Query { n: Int ${fields} }` },
      ]),
    );
    const text = `{ n ${names.join(' ')} }`;
    for (let set = 0; set < 2 ** 8; set += 1) {
      const scopes = names.filter((_name, index) => (set & (1 << index)) !== 0);
      const viewer = member({ scopes });
      const { unauthorized } = plannedOf({
        ...operation,
        schema: wide,
        document: parse(text),
        source: text,
        viewer,
      });
      expect(unauthorized).toHaveLength(8 - scopes.length);
    }
    expect(wide.operations.values().map(({ byClass }) => byClass.values().length)).toEqual([16]);
  });
});
