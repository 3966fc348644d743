export type { Columns } from './columns.ts';
export { createDataSource, type DataSourceSettings, migrate } from './data-source.ts';
export { queryPrepared } from './prepared.ts';
export { createTransact, onSettled, type Transact, type TransactOptions } from './transact.ts';
