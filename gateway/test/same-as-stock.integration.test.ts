import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Operation, post } from './fixture-clients.ts';
import { type Fixture, startFixture } from './fixture-gateway.ts';

let fixture: Fixture;
let stock: ApolloServer;
beforeAll(async () => {
  fixture = await startFixture();
  const { rows, supergraphSdl } = fixture.graph;
  const meeting = { __typename: 'Meeting', id: 'm1' };
  const requestedBy = { __typename: 'User', id: 'u1' };
  rows.set('t', {
    __typename: 'Task',
    id: 't',
    status: 'PENDING',
    progress: 0.5,
    revision: 1,
    meeting,
    requestedBy,
  });
  const quiet = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
  };
  stock = new ApolloServer({ gateway: new ApolloGateway({ supergraphSdl, logger: quiet }), logger: quiet });
  await stock.start();
});
afterAll(async () => {
  await stock.stop();
  await fixture[Symbol.asyncDispose]();
});

const TASK =
  '{ id status meeting { title } who: requestedBy { name } transcript { segments(first: 1) } label(prefix: "p") }';
const operations: readonly [string, Operation][] = [
  [
    'several roots over several subgraphs',
    { query: `{ me { id name } task(id: "t") ${TASK} again: task(id: "t") { id } }` },
  ],
  [
    'variables, fragments and conditions',
    {
      query:
        'query Q($id: ID!, $no: Boolean = false) { task(id: $id) { ...F label @include(if: $no) } } fragment F on Node { __typename id ... on Task { progress } }',
      variables: { id: 't' },
    },
  ],
  [
    'one of several operations',
    { query: 'query A { me { id } } query B { me { name } }', operationName: 'B' },
  ],
  ['a mutation', { query: 'mutation { touch(id: "t") { id status } }' }],
  [
    'introspection',
    { query: '{ __schema { queryType { name } } __type(name: "Task") { fields { name } } }' },
  ],
  ['null', { query: '{ task(id: "none") { id meeting { title } } }' }],
];

describe('an answer is the same as that of stock @apollo/gateway', () => {
  it.each(operations)('for %s', async (_what, operation) => {
    const { body } = await stock.executeOperation({ ...operation });
    const expected = body.kind === 'single' ? JSON.stringify(body.singleResult.data) : '';
    const answer = await post(fixture.gateway.url, operation);
    expect(answer.body.errors).toBeUndefined();
    expect(JSON.stringify(answer.body.data)).toBe(expected);
  });

  const wrong: readonly [string, Operation][] = [
    ['an unknown field', { query: '{ me { secret } }' }],
    ['a syntax error', { query: '{ me {' }],
    ['a missing variable', { query: 'query ($id: ID!) { task(id: $id) { id } }' }],
    ['an unknown operation', { query: 'query A { me { id } } query B { me { id } }', operationName: 'C' }],
    ['a broken promise of a subgraph', { query: '{ task(id: "t") { id transcript { mood } } }' }],
  ];
  it.each(wrong)('in data, codes and paths for %s', async (_what, operation) => {
    const { body } = await stock.executeOperation({ ...operation });
    const expected = body.kind === 'single' ? body.singleResult : {};
    const shape = (errors: readonly { path?: unknown; extensions?: Record<string, unknown> }[] | undefined) =>
      errors?.map(({ path, extensions }) => ({ path, code: extensions?.['code'] }));
    const answer = await post(fixture.gateway.url, operation);
    expect(answer.body.data).toEqual(
      expected.data === undefined ? undefined : JSON.parse(JSON.stringify(expected.data)),
    );
    expect(shape(answer.body.errors)).toEqual(shape(expected.errors));
  });
});
