export type { Columns } from './columns.ts';
export { createDataSource, type DataSourceSettings, migrate } from './data-source.ts';
export { holdName } from './hold-name.ts';
export { insertRows } from './insert-rows.ts';
export { queryPrepared } from './prepared.ts';
export {
  type BelongingRows,
  isolateWorkspaces,
  ofToldWorkspaceSql,
  UNGUARDED_TABLES,
} from './row-level-security.ts';
export { acrossWorkspaces, inWorkspace } from './tenancy.ts';
export {
  type ChangeGuard,
  createTransact,
  noteChange,
  onSettled,
  type Transact,
  type TransactOptions,
} from './transact.ts';
