import { buildSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { type MissingFields, projectEvent } from './project-event.ts';

const schema = buildSchema(`
  scalar DateTime
  enum Status { BUSY DONE }
  interface Node { id: ID! }
  type Problem { code: String! detail: String }
  type Task implements Node { id: ID! status: Status! at: DateTime problems: [Problem!] owner: User label(size: Int): String inner: Problem }
  type User implements Node { id: ID! name: String! }
  type Query { task: Task }
  type TaskNews { status: Status! why: String task: Task }
  type Subscription { taskUpdated(id: ID!): Task! nodeUpdated: Node taskNews: TaskNews }
`);

const payload = {
  __typename: 'Task',
  id: 't1',
  status: 'BUSY',
  at: '2026-01-01T00:00:00Z',
  problems: [{ code: 'A' }, { code: 'B', detail: 'b' }],
  owner: { __typename: 'User', id: 'u1' },
};

async function project(
  operation: string,
  options: {
    variables?: Record<string, unknown>;
    answers?: Record<string, unknown>;
    asked?: MissingFields[];
    field?: string;
  } = {},
) {
  const { variables = {}, answers = {}, asked = [], field = 'taskUpdated' } = options;
  const result = await projectEvent({
    schema,
    document: parse(operation),
    variables,
    field,
    payload,
    resolvesById: new Set(['Task']),
    fetchMissing: async (missing) => {
      asked.push(missing);
      return answers;
    },
  });
  return JSON.parse(JSON.stringify(result)) as {
    data: unknown;
    errors?: { message: string; path: unknown }[];
  };
}

describe('the projection of an event', () => {
  it('applies aliases, fragments, lists and __typename', async () => {
    const { data, errors } = await project(`
      subscription { event: taskUpdated(id: "t1") { kind: __typename ...Rest problems { why: code detail } } }
      fragment Rest on Task { id state: status at owner { __typename id } }
    `);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      event: {
        kind: 'Task',
        id: 't1',
        state: 'BUSY',
        at: '2026-01-01T00:00:00Z',
        owner: { __typename: 'User', id: 'u1' },
        problems: [
          { why: 'A', detail: null },
          { why: 'B', detail: 'b' },
        ],
      },
    });
  });

  it('obeys @include and @skip with variables', async () => {
    const operation = `subscription ($yes: Boolean!, $no: Boolean!) {
      taskUpdated(id: "t1") { id @include(if: $yes) status @skip(if: $yes) at @include(if: $no) }
    }`;
    const { data } = await project(operation, { variables: { yes: true, no: false } });
    expect(data).toEqual({ taskUpdated: { id: 't1' } });
  });

  it("resolves abstract types by the payload's __typename", async () => {
    const operation =
      'subscription { nodeUpdated { __typename id ... on Task { status } ... on User { name } } }';
    const { data } = await project(operation, { field: 'nodeUpdated' });
    expect(data).toEqual({ nodeUpdated: { __typename: 'Task', id: 't1', status: 'BUSY' } });
  });

  it('fetches what the payload lacks in one question, aliases and arguments kept', async () => {
    const asked: MissingFields[] = [];
    const { data } = await project(
      'subscription ($n: Int) { taskUpdated(id: "t1") { id small: label(size: $n) big: label(size: 9) inner { c: code } } }',
      { variables: { n: 1 }, answers: { small: 's', big: 'b', inner: { c: 'I' } }, asked },
    );
    expect(data).toEqual({ taskUpdated: { id: 't1', small: 's', big: 'b', inner: { c: 'I' } } });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.nodes).toHaveLength(3);
  });

  it('says null where an object that is no entity lacks a field', async () => {
    const { data } = await project('subscription { taskUpdated(id: "t1") { problems { detail } } }');
    expect(data).toEqual({ taskUpdated: { problems: [{ detail: null }, { detail: 'b' }] } });
  });

  it('fetches nothing for a type that only tells of the entity whose shape the payload has', async () => {
    const asked: MissingFields[] = [];
    const { data, errors } = await project('subscription { taskNews { __typename status why } }', {
      field: 'taskNews',
      asked,
    });
    expect({ data, errors }).toEqual({
      data: { taskNews: { __typename: 'TaskNews', status: 'BUSY', why: null } },
      errors: undefined,
    });
    expect(asked).toEqual([]);
  });

  it('reports a missing field that may not be null, with its path', async () => {
    const { data, errors } = await project('subscription { taskUpdated(id: "t1") { id owner { name } } }');
    expect(data).toEqual({ taskUpdated: { id: 't1', owner: null } });
    expect(errors?.[0]?.path).toEqual(['taskUpdated', 'owner', 'name']);
  });

  it('leaves the event untouched and shares nothing but leaves between two projections', async () => {
    const before = structuredClone(payload);
    const operation = parse('subscription { taskUpdated(id: "t1") { problems { code } owner { id } } }');
    const run = async () =>
      await projectEvent({
        schema,
        document: operation,
        variables: {},
        field: 'taskUpdated',
        payload,
        resolvesById: new Set<string>(),
        fetchMissing: async () => ({}),
      });
    const [left, right] = [await run(), await run()];
    expect(left.data?.['taskUpdated']).not.toBe(right.data?.['taskUpdated']);
    expect(payload).toEqual(before);
  });
});
