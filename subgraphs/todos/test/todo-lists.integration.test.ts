import type { UserViewer } from '@hoerok/shared/auth';
import { startTestService, type TestService, testViewer } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environment } from '../src/config.ts';
import { todosService } from '../src/service.ts';
import { createNeighbors } from './neighbors.ts';

const CREATE = `mutation ($input: CreateTodoInput!) { createTodo(input: $input) { todo { id } userErrors { code } } }`;
const LIST = `query ($first: Int, $after: String, $filter: TodoFilter, $orderBy: TodoOrder) {
  todos(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    totalCount edges { node { title } } pageInfo { hasNextPage endCursor } } }`;

interface List {
  readonly totalCount: number;
  readonly edges: readonly { readonly node: { readonly title: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

describe('lists of todos', () => {
  const viewer = testViewer();
  const { workspaceId } = viewer;
  const colleague = testViewer({ workspaceId });
  const manager = testViewer({ workspaceId, role: 'MANAGER' });
  let test: TestService;

  const create = async (input: object, who: UserViewer = viewer): Promise<void> => {
    const { data } = await test.execute(who, CREATE, { input });
    expect(data?.['createTodo']).toMatchObject({ userErrors: [] });
  };

  beforeAll(async () => {
    const { gateway } = createNeighbors(viewer, colleague);
    test = await startTestService(environment, todosService, { adapters: { gateway } });
    await create({ title: '회의록을 팀에 보내기', priority: 'LOW', dueAt: '2030-03-01T00:00:00Z' });
    await create({ title: 'Plan the migration', priority: 'URGENT' });
    await create({ title: 'Send the draft', description: 'with the migrated tables', priority: 'HIGH' });
    await create({ title: 'Book a room', dueAt: '2030-02-01T00:00:00Z' });
    await create({ title: 'Call the vendor', priority: 'URGENT', dueAt: '2030-02-01T00:00:00Z' });
    await create({ title: 'Migration budget' }, colleague);
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  const list = async (variables: object, who: UserViewer = viewer): Promise<List> => {
    const { data, errors } = await test.execute(who, LIST, variables);
    expect(errors).toBeUndefined();
    return data?.['todos'] as List;
  };
  const titles = async (filter: object, who: UserViewer = viewer): Promise<string[]> =>
    (await list({ filter }, who)).edges.map(({ node }) => node.title);

  it('find words of title and description, of any form and with any particle', async () => {
    expect(await titles({ text: 'migrate' })).toEqual(['Send the draft', 'Plan the migration']);
    expect(await titles({ text: '회의록' })).toEqual(['회의록을 팀에 보내기']);
    expect(await titles({ text: '"the migration" -draft' })).toEqual(['Plan the migration']);
    expect((await list({ filter: { text: 'migration' } }, manager)).totalCount).toBe(3);
    expect(await titles({ text: 'migration' }, testViewer())).toEqual([]);
  });

  it('narrow by priority, creator and dates', async () => {
    expect(await titles({ priority: ['URGENT', 'LOW'] })).toHaveLength(3);
    expect(await titles({ createdById: colleague.userId }, manager)).toEqual(['Migration budget']);
    expect(await titles({ dueAfter: '2030-02-01T00:00:00Z', dueBefore: '2030-03-01T00:00:00Z' })).toEqual([
      'Call the vendor',
      'Book a room',
    ]);
  });

  it.each([
    [
      'DUE_AT',
      ['Book a room', 'Call the vendor', '회의록을 팀에 보내기', 'Plan the migration', 'Send the draft'],
    ],
    [
      'PRIORITY',
      ['Call the vendor', 'Plan the migration', 'Send the draft', 'Book a room', '회의록을 팀에 보내기'],
    ],
    [
      'CREATED_AT',
      ['Call the vendor', 'Book a room', 'Send the draft', 'Plan the migration', '회의록을 팀에 보내기'],
    ],
  ])('come in the order %s, page by page', async (orderBy, expected) => {
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { edges, pageInfo } = await list({ first: 2, after, orderBy });
      seen.push(...edges.map(({ node }) => node.title));
      ({ endCursor: after, hasNextPage: more } = pageInfo);
    }
    expect(seen).toEqual(expected);
  });

  it('refuse the cursor of another order, and a search for nothing', async () => {
    const { pageInfo } = await list({ first: 1, orderBy: 'DUE_AT' });
    for (const [variables, path] of [
      [{ after: pageInfo.endCursor, orderBy: 'PRIORITY' }, ['after']],
      [{ after: pageInfo.endCursor }, ['after']],
      [{ filter: { text: '-"' } }, ['filter', 'text']],
    ] as const) {
      const { errors } = await test.execute(viewer, LIST, variables);
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_INPUT', path });
    }
  });
});
