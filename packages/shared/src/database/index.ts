export type { Columns } from './columns.ts';
export { createDataSource, type DataSourceSettings, migrate } from './data-source.ts';
export { queryPrepared } from './prepared.ts';
export {
  type ChangeGuard,
  createTransact,
  noteChange,
  onSettled,
  type Transact,
  type TransactOptions,
} from './transact.ts';
