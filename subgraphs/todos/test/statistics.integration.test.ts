import { openSpan } from '@hoerok/shared/statistics';
import { startTestService, type TestService, testViewer } from '@hoerok/shared/testing';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environment } from '../src/config.ts';
import { createDataSource } from '../src/data-source.ts';
import { todosService } from '../src/service.ts';
import { createNeighbors } from './neighbors.ts';

const CREATE = `mutation ($input: CreateTodoInput!) { createTodo(input: $input) { todo { id } userErrors { code } } }`;
const NUMBERS = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on WorkspaceStatistics {
  todos { created open done canceled overdue medianHoursToDone } } } }`;

const admin = testViewer({ role: 'ADMIN' });
const span = openSpan(admin, {
  from: new Date('2026-03-01T00:00:00Z'),
  to: new Date('2026-04-01T00:00:00Z'),
});

describe('the statistics of todos', () => {
  let test: TestService;
  let database: DataSource;
  beforeAll(async () => {
    const { gateway } = createNeighbors(admin);
    test = await startTestService(environment, todosService, { adapters: { gateway } });
    database = await createDataSource(test.databaseUrl).initialize();
  });
  afterAll(async () => {
    await database.destroy();
    await test[Symbol.asyncDispose]();
  });

  const write = async (columns: Readonly<Record<string, string>>): Promise<void> => {
    const { data } = await test.execute(admin, CREATE, { input: { title: 'Do it' } });
    const { id } = ((data ?? {})['createTodo'] as { todo: { id: string } }).todo;
    const set = Object.keys(columns).map((name, place) => `${name} = $${place + 2}`);
    const values = [id, ...Object.values(columns)];
    await database.query(`UPDATE todo SET ${set.join(', ')} WHERE id = $1`, values);
  };
  const numbers = async (viewer = admin): Promise<unknown> => {
    const r = [{ __typename: 'WorkspaceStatistics', id: span.id }];
    const { data, errors } = await test.execute(viewer, NUMBERS, { r });
    return errors?.[0]?.extensions?.['code'] ?? data?.['_entities'];
  };

  it('count what was written down in the span as it is now', async () => {
    const none = { created: 0, open: 0, done: 0, canceled: 0, overdue: 0, medianHoursToDone: null };
    expect(await numbers()).toEqual([{ todos: none }]);
    const created_at = '2026-03-10T00:00:00Z';
    await write({ created_at, due_at: '2026-03-11T00:00:00Z' });
    await write({ created_at, status: 'BLOCKED' });
    await write({ created_at, status: 'CANCELED', due_at: '2026-03-11T00:00:00Z' });
    for (const completed_at of ['2026-03-10T02:00:00Z', '2026-03-10T04:00:00Z', '2026-05-10T00:00:00Z'])
      await write({ created_at, status: 'DONE', completed_at });
    await write({ created_at: '2026-04-01T00:00:00Z' });
    expect(await numbers()).toEqual([
      { todos: { created: 6, open: 2, done: 3, canceled: 1, overdue: 1, medianHoursToDone: 4 } },
    ]);
  });

  it('are for ADMIN and MANAGER of the workspace', async () => {
    expect(await numbers(testViewer({ workspaceId: admin.workspaceId }))).toBe('FORBIDDEN');
    expect(await numbers(testViewer({ role: 'ADMIN' }))).toEqual([null]);
  });
});
