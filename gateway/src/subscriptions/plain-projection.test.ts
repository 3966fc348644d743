import { buildSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { compilePlainProjection } from './plain-projection.ts';
import { projectEvent } from './project-event.ts';

const schema = buildSchema(`
  scalar DateTime
  enum Status { BUSY DONE }
  interface Node { id: ID! }
  type Problem { code: String! detail: String }
  type Task implements Node {
    id: ID! status: Status at: DateTime! problems: [Problem!] grid: [[Int]] owner: User
    label(size: Int): String count: Int ratio: Float done: Boolean constructor: String
  }
  type User implements Node { id: ID! name: String! }
  type Query { task: Task }
  type Subscription { taskUpdated(id: ID!): Task! tasks: [Task] node: Node }
`);

const TASK = {
  __typename: 'Task',
  id: 't1',
  status: 'BUSY',
  at: '2026-01-01T00:00:00Z',
  problems: [{ code: 'A', detail: null }],
  grid: [[1, null], null],
  owner: { __typename: 'User', id: 'u1' },
  label: 'l',
  count: 3,
  ratio: 0.5,
  done: true,
};

/** What graphql-js answers; `null` when it had to fetch something or to complain. */
async function judged(operation: string, payload: Record<string, unknown>, field: string): Promise<unknown> {
  let fetched = false;
  const { data, errors } = await projectEvent({
    schema,
    document: parse(operation),
    variables: { id: 't1' },
    field,
    payload,
    resolvesById: new Set(['Task', 'User']),
    fetchMissing: async () => {
      fetched = true;
      return {};
    },
  });
  return fetched || errors !== undefined ? null : JSON.parse(JSON.stringify(data));
}

function plain(operation: string, payload: Record<string, unknown> = TASK): unknown {
  return compilePlainProjection(schema, parse(operation))?.(payload) ?? null;
}

const ROOT = 'subscription ($id: ID!) { taskUpdated(id: $id)';

describe('a plain projection', () => {
  it.each([
    '{ id status at }',
    '{ kind: __typename key: id state: status at }',
    '{ problems { code why: detail } grid }',
    '{ owner { __typename id } count ratio done label }',
  ])('answers %s as graphql-js does', async (selections) => {
    const operation = `${ROOT} ${selections} }`;
    const answer = plain(operation);
    expect(answer).not.toBeNull();
    expect(answer).toEqual(await judged(operation, TASK, 'taskUpdated'));
  });

  it('names its answer by the alias of the root field', () => {
    expect(plain('subscription { mine: taskUpdated(id: "t1") { id } }')).toEqual({ mine: { id: 't1' } });
  });

  it('answers null where it may be', () => {
    const nothing = { ...TASK, status: null, problems: null, owner: null, grid: [null] };
    expect(plain(`${ROOT} { status problems { code } owner { id } grid } }`, nothing)).toEqual({
      taskUpdated: { status: null, problems: null, owner: null, grid: [null] },
    });
  });

  it.each([
    ['a field that is not there', '{ owner { name } }', TASK],
    ['a field named as something that every object has', '{ constructor }', TASK],
    ['a null where none may be', '{ at }', { ...TASK, at: null }],
    ['a null in a list that may have none', '{ problems { code } }', { ...TASK, problems: [null] }],
    ['a value that the enum does not have', '{ status }', { ...TASK, status: 'LOST' }],
    ['a number for a text', '{ id }', { ...TASK, id: 7 }],
    ['a text for a number', '{ count }', { ...TASK, count: '3' }],
    ['a fraction for an integer', '{ count }', { ...TASK, count: 0.5 }],
    ['an integer that is too large', '{ count }', { ...TASK, count: 2 ** 31 }],
    ['a text for a boolean', '{ done }', { ...TASK, done: 'true' }],
    ['an object for a list', '{ problems { code } }', { ...TASK, problems: {} }],
    ['a list for an object', '{ owner { id } }', { ...TASK, owner: [] }],
    ['a text for an object', '{ owner { id } }', { ...TASK, owner: 'u1' }],
  ])('leaves %s to graphql-js', (_, selections, payload) => {
    expect(plain(`${ROOT} ${selections} }`, payload)).toBeNull();
  });

  it.each([
    ['a fragment', `${ROOT} { ...Rest } } fragment Rest on Task { id }`],
    ['an inline fragment', `${ROOT} { ... on Task { id } } }`],
    ['a directive', `${ROOT} { id @include(if: true) } }`],
    ['an argument', `${ROOT} { label(size: 1) } }`],
    ['two selections of one field', `${ROOT} { owner { id } owner { __typename } } }`],
    ['an abstract type', 'subscription { node { id } }'],
    ['a name that is no ordinary property', `${ROOT} { __proto__: id } }`],
  ])('leaves an operation with %s to graphql-js', (_, operation) => {
    expect(compilePlainProjection(schema, parse(operation))).toBeNull();
  });

  it('answers each time with an object of its own', () => {
    const project = compilePlainProjection(schema, parse(`${ROOT} { owner { id } } }`));
    expect(project?.(TASK)?.['taskUpdated']).not.toBe(project?.(TASK)?.['taskUpdated']);
    expect(TASK.owner).toEqual({ __typename: 'User', id: 'u1' });
  });
});
