export type { Columns } from './columns.ts';
export { createDataSource, type DataSourceSettings, migrate } from './data-source.ts';
export { createTransact, onSettled, type Transact } from './transact.ts';
