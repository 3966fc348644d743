import { writeFile } from 'node:fs/promises';
import { join, dirname } from 'node:path';
import { until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Gateway } from '../src/server.ts';
import { post, type Result, subscribeEvents, subscribeSocket } from './fixture-clients.ts';
import { type Fixture, startFixture } from './fixture-gateway.ts';
import { compose, type FixtureSubgraph, serveSubgraph } from './fixture-graph.ts';
import { type FixtureUpstream, type Room, serveUpstream } from './fixture-upstream.ts';

const USERS = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@external"])
type User @key(fields: "id") { id: ID! name: String! title: String! }
type Room @key(fields: "id") { id: ID! size: Int! @external price(per: Int = 1): Int @requires(fields: "size") note: String }
type Query { me: User }
`;

const user = (id: string) => ({ __typename: 'User', id });
const ROOM: Room = {
  __typename: 'Room',
  id: 'r1',
  name: 'Blue',
  size: 7,
  floors: [{ number: 1 }, { number: 2 }],
  secret: 's',
  owner: user('u1'),
  guests: [user('u2'), user('u3')],
  occupants: [user('u4'), { __typename: 'Robot', name: 'R2', model: 'd2' }],
  favorite: { __typename: 'Robot', name: 'C3', model: 'po' },
};

let fixture: Fixture;
let upstream: FixtureUpstream;
let users: FixtureSubgraph;
let gateway: Gateway;
let token: string;
beforeAll(async () => {
  fixture = await startFixture();
  upstream = await serveUpstream();
  users = await serveSubgraph('users', USERS, {
    User: {
      __resolveReference: ({ id }: { id: string }) => ({ id, name: `User ${id}`, title: null }),
    },
    Room: {
      __resolveReference: (room: object) => room,
      price: ({ size }: { size: number }, { per }: { per: number }) => size * per,
      note: () => {
        throw new Error('no notes at 10.0.0.8');
      },
    },
  });
  const file = join(dirname(fixture.file), 'rooms.graphql');
  await writeFile(file, compose([upstream, users]));
  gateway = await fixture.start({ SUPERGRAPH_FILE: file });
  token = await fixture.issuer.token();
});
afterAll(async () => {
  await gateway.close();
  await upstream.close();
  await users.close();
  await fixture[Symbol.asyncDispose]();
});

// Without what differs by nature: request ids, and where and how an event came.
function comparable({ data, errors }: Result, root: string): object {
  const shown = errors?.map(({ message, path, extensions }) => ({
    message,
    path: path?.map((step, index) => (index === 0 && step === root ? 'room' : step)),
    extensions: { ...extensions, requestId: undefined },
  }));
  return { data: data?.[root] === undefined ? data : { room: data[root] }, errors: shown };
}

const cases: readonly [string, string, Record<string, unknown>?, Partial<Room>?][] = [
  ['plain fields', '{ __typename id name size }'],
  ['aliases, also of the same field', '{ key: id a: name b: name }'],
  ['a variable below the root', '{ id price(per: $per) }', { per: 3 }],
  ['a default value', '{ price }'],
  ['@include and @skip', '{ id name @include(if: $yes) size @skip(if: $yes) }', { yes: true }],
  [
    'named and inline fragments',
    '{ ...Head ... on Room { size } } fragment Head on Room { id called: name }',
  ],
  ['an entity of another subgraph', '{ owner { id name } }'],
  ['a list of entities', '{ guests { called: name } floors { number } }'],
  ['@requires of a field that was not selected', '{ id price(per: 10) }'],
  [
    'a union over subgraphs',
    '{ occupants { __typename ... on User { id name } ... on Robot { called: name model(upper: true) } } }',
  ],
  ['an interface', '{ favorite { __typename name ... on Robot { model } } }'],
  ['a missing reference', '{ id owner { name } }', {}, { owner: null }],
  ['an error of the owner, with its path', '{ id secret }', {}, { name: 'broken' }],
  ['an error of another subgraph, with its path', '{ id note owner { name } }'],
  ['a null that breaks a promise and goes up', '{ id guests { id title } owner { id title } }'],
  ['two fields under one name by type', '{ occupants { ... on User { x: id } ... on Robot { y: name } } }'],
];

describe('an event from a graphql-ws upstream has what a query would have', () => {
  it.each(cases)('for %s', async (_what, selection, variables = {}, change = {}) => {
    const room = { ...ROOM, ...change };
    upstream.rooms.set('r1', room);
    const [body = '', fragments = ''] = selection.split(/(?= fragment )/);
    const declared = Object.keys(variables).map((name) => `$${name}: ${name === 'per' ? 'Int' : 'Boolean!'}`);
    const parameters = ['$id: ID!', ...declared].join(', ');
    const document = (operation: string, field: string) =>
      `${operation} (${parameters}) { ${field}(id: $id) ${body} } ${fragments}`;
    const given = { id: 'r1', ...variables };
    const authorization = `Bearer ${token}`;
    const query = { query: document('query', 'room'), variables: given };
    const { body: expected } = await post(gateway.url, query, { authorization });
    for (const subscribe of [subscribeSocket, subscribeEvents]) {
      const operation = { query: document('subscription', 'roomChanged'), variables: given };
      const subscriber = subscribe(gateway.url, operation, token);
      await until('the upstream runs it', () => upstream.running() === 1);
      upstream.publish('room:r1', room);
      await subscriber.until((results) => results.length === 1);
      upstream.complete('room:r1');
      await subscriber.completed;
      const [result = {}] = subscriber.results;
      expect(comparable(result, 'roomChanged')).toEqual(comparable(expected, 'room'));
      expect(result.extensions).toEqual({ delivery: 'live' });
      expect(JSON.stringify(subscriber.results)).not.toContain('10.0.0.');
    }
  });

  it('also when the field returns an interface, a list, or null', async () => {
    const named = 'subscription { anythingNamed { __typename name ... on Room { owner { name } } } }';
    const list = 'subscription { all: roomsChanged { id owner { name } } }';
    const one = subscribeSocket(gateway.url, { query: named }, token);
    const many = subscribeSocket(gateway.url, { query: list }, token);
    await until('the upstream runs both', () => upstream.running() === 2);
    upstream.publish('named', ROOM);
    upstream.publish('named', ROOM.favorite);
    upstream.publish('named', null);
    upstream.publish('rooms', [ROOM, { ...ROOM, id: 'r2', owner: user('u9') }]);
    await one.until((results) => results.length === 3);
    await many.until((results) => results.length === 1);
    expect(one.results.map(({ data }) => data?.['anythingNamed'])).toEqual([
      { __typename: 'Room', name: 'Blue', owner: { name: 'User u1' } },
      { __typename: 'Robot', name: 'C3' },
      null,
    ]);
    expect(many.results[0]?.data).toEqual({
      all: [
        { id: 'r1', owner: { name: 'User u1' } },
        { id: 'r2', owner: { name: 'User u9' } },
      ],
    });
    one.stop();
    many.stop();
    await until('the upstream is left', () => upstream.running() === 0);
  });
});
