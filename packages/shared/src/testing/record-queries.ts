import type { BaseContext } from '@apollo/server';
import type { DataSource, Logger as QueryLogger } from 'typeorm';
import type { ServiceConfig } from '../config/index.ts';
import type { ServiceDefinition } from '../service/index.ts';

/** A service whose SQL is written down, to count what a request costs. */
export interface RecordedService<D> {
  readonly definition: D;
  /** Queries sent while `work` ran whose text matches `pattern`; background work of the service is among the others. */
  readonly during: (pattern: RegExp, work: () => Promise<unknown>) => Promise<readonly string[]>;
}

/** The same definition with a data source that records its queries. */
export function recordQueries<Config extends ServiceConfig, C extends BaseContext>(
  definition: ServiceDefinition<Config, C>,
): RecordedService<ServiceDefinition<Config, C>> {
  const queries: string[] = [];
  const createDataSource = (url: string): DataSource => {
    const dataSource = definition.createDataSource(url);
    const nothing = (): void => {};
    const logger: QueryLogger = {
      logQuery: (query) => void queries.push(query),
      logQueryError: nothing,
      logQuerySlow: nothing,
      logSchemaBuild: nothing,
      logMigration: nothing,
      log: nothing,
    };
    dataSource.logger = logger;
    return dataSource;
  };
  return {
    definition: { ...definition, createDataSource },
    during: async (pattern, work) => {
      const start = queries.length;
      await work();
      return queries.slice(start).filter((query) => pattern.test(query));
    },
  };
}
