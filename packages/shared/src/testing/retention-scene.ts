import type { DataSource } from 'typeorm';
import { createTransact } from '../database/index.ts';
import { deleteOld, type RetentionRule } from '../retention/index.ts';
import { createLogger } from '../telemetry/index.ts';
import { createTestDatabase } from './test-servers.ts';

/** A database of a service whose old rows are deleted by its rules. */
export interface RetentionScene extends AsyncDisposable {
  readonly dataSource: DataSource;
  /** Applies the rules once. */
  readonly prune: () => Promise<void>;
  /** In ascending order. */
  readonly idsOf: (table: string) => Promise<string[]>;
}

/** Builds the database with the migrations of the service. */
export async function startRetentionScene(
  createDataSource: (url: string) => DataSource,
  rules: readonly RetentionRule[],
): Promise<RetentionScene> {
  const database = await createTestDatabase(createDataSource);
  const dataSource = await createDataSource(database.url).initialize();
  const transact = createTransact(dataSource, () => undefined);
  const logger = createLogger({ service: 'retention', level: 'silent' });
  return {
    dataSource,
    prune: async () => await deleteOld({ service: 'retention', transact, logger }, rules),
    idsOf: async (table) => {
      const rows: { id: string }[] = await dataSource.query(`SELECT id FROM ${table} ORDER BY id`);
      return rows.map(({ id }) => id);
    },
    [Symbol.asyncDispose]: async () => {
      await dataSource.destroy();
      await database[Symbol.asyncDispose]();
    },
  };
}
