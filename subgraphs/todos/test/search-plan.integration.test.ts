import { inWorkspace } from '@hoerok/shared/database';
import { parseSearch } from '@hoerok/shared/search';
import { createTestDatabase, testViewer } from '@hoerok/shared/testing';
import type { DataSource } from 'typeorm';
import { expect, it } from 'vitest';
import { createDataSource } from '../src/data-source.ts';
import { visibleTodos } from '../src/repositories/visible-todos.ts';

it('finds todos by the index, as the role that row-level security holds', async () => {
  await using opened = new AsyncDisposableStack();
  const database = opened.use(await createTestDatabase(createDataSource));
  const everything = await createDataSource(database.url).initialize();
  opened.defer(() => everything.destroy());
  const service = await createDataSource(database.serviceUrl).initialize();
  opened.defer(() => service.destroy());
  await everything.query(
    `INSERT INTO todo (id, workspace_id, title, status, priority, remind_before, created_by_id, created_at, revision)
     SELECT 't' || n, 'w' || n % 2, 'Sentence ' || n, 'OPEN', 'NORMAL', '{}', 'u', now(), 1
     FROM generate_series(1, 20000) n`,
  );
  // What has come last waits beside the index until then.
  await everything.query('VACUUM ANALYZE todo');
  const viewer = testViewer({ workspaceId: 'w1', role: 'ADMIN' });
  const plan = await inWorkspace('w1', () => explainSearch(service, viewer, '"sentence 7027"'));
  expect(plan).toContain('Bitmap Index Scan on todo_search');
  expect(plan).not.toContain('Seq Scan on todo');
});

/** What PostgreSQL does for the search that the service runs; it is run first, and finds what it should. */
async function explainSearch(
  service: DataSource,
  viewer: ReturnType<typeof testViewer>,
  text: string,
): Promise<string> {
  const sent: [string, unknown[] | undefined][] = [];
  const nothing = (): void => undefined;
  service.logger = {
    logQuery: (sql, parameters) => void sent.push([sql, parameters as unknown[] | undefined]),
    logQueryError: nothing,
    logQuerySlow: nothing,
    logSchemaBuild: nothing,
    logMigration: nothing,
    log: nothing,
  };
  const wanted = {
    filter: { search: parseSearch(text).json },
    orderBy: 'CREATED_AT',
    page: { limit: 20, after: undefined },
  } as const;
  const found = await visibleTodos(service.manager, viewer, new Date()).list('workspace', ['w1'], wanted);
  expect(found.map(({ title }) => title)).toEqual(['Sentence 7027']);
  const [[sql, parameters] = expect.fail('nothing was asked')] = sent;
  const plan: { 'QUERY PLAN': string }[] = await service.query(`EXPLAIN ${sql}`, parameters);
  return plan.map((line) => line['QUERY PLAN']).join('\n');
}
