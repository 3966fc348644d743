import { DataSource } from 'typeorm';
import { expect, it } from 'vitest';
import { createDataSource, migrate } from '../src/database/index.ts';
import { CreatePlatformTables1700000000000 } from '../src/database/platform-tables.ts';
import { createTestDatabase } from '../src/testing/index.ts';

it('brings a database of the first version forward and keeps its tasks', async () => {
  await using database = await createTestDatabase(
    (url) => new DataSource({ type: 'postgres', url, migrations: [CreatePlatformTables1700000000000] }),
  );
  const dataSource = await createDataSource({
    url: database.url,
    entities: [],
    migrations: [],
  }).initialize();
  await dataSource.query(`INSERT INTO task (id, workspace_id, kind, lane, state, max_attempts, payload)
    VALUES ('t-1', 'w-1', 'MINUTES', 'normal', 'PENDING', 4, '{}')`);
  // Replicas start at the same time.
  await Promise.all([migrate(dataSource), migrate(dataSource)]);
  expect(await dataSource.query('SELECT id FROM task')).toEqual([{ id: 't-1' }]);
  expect(await dataSource.query('SELECT id FROM schedule')).toEqual([]);
  expect(await dataSource.showMigrations()).toBe(false);
  await dataSource.destroy();
});
