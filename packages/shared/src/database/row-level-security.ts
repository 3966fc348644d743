import type { QueryRunner } from 'typeorm';

/** The workspace that the connection was told, as one value for the whole statement and not once for each row. */
const TOLD = `(SELECT current_setting('app.workspace', true))`;

/** Rows that belong to those of another table: visible with them, however that one is told apart. */
export interface BelongingRows {
  /** Table that they are in. */
  readonly table: string;
  /** Their column that names the row they belong to. */
  readonly column: string;
  /** Table that they belong to, by its `id`; it has been isolated as well. */
  readonly owner: string;
}

/**
 * SQL that is true for rows whose column names the workspace that the connection was told, or while it was told every one.
 * Never for a connection that was told nothing, nor for rows without a workspace.
 */
export function ofToldWorkspaceSql(column: string): string {
  return `${TOLD} IN ('*', ${column})`;
}

/**
 * For a migration: from now on a connection sees and writes, of the tables, only rows of the workspace it was told (ADR-13),
 * but for the role that runs migrations. `belonging` come after the tables that they belong to.
 * @param tables names, or names with the column that holds the workspace. @default column `workspace_id`
 */
export async function isolateWorkspaces(
  runner: QueryRunner,
  tables: readonly (string | { readonly table: string; readonly column: string })[],
  belonging: readonly BelongingRows[] = [],
): Promise<void> {
  for (const one of tables) {
    const { table, column } = typeof one === 'string' ? { table: one, column: 'workspace_id' } : one;
    await runner.query(isolationSql(table, ofToldWorkspaceSql(column)));
  }
  for (const { table, column, owner } of belonging) {
    // A scalar subquery goes by the key of the owner for each row. For EXISTS the planner may read all owners instead, as it
    // overrates the first; and none is needed for a process at work.
    const visible = `${TOLD} = '*' OR (SELECT true FROM ${owner} o WHERE o.id = ${table}.${column})`;
    await runner.query(isolationSql(table, visible));
  }
}

/** Tables that no policy guards, each with the reason; everything else in a service's database is guarded. */
export const UNGUARDED_TABLES: Readonly<Record<string, string>> = {
  outbox: 'on their way to the streams, of all workspaces, and read by the relay alone',
  outbox_published: 'as outbox',
  inbox: 'ids of events and nothing of what they told',
  schedule: 'when the service does something for all',
  schedule_run: 'as schedule',
  migrations: 'names of migrations, kept by TypeORM',
  sign_in_attempt: 'counted by address, before anybody knows of which workspace it is',
  doomed_file: 'ids of files to delete whose rows are gone',
};

/** A policy without WITH CHECK has rows that are written meet the same condition. */
function isolationSql(table: string, visible: string): string {
  return `
    ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
    CREATE POLICY workspace ON ${table} USING (${visible});
    CREATE POLICY owner ON ${table} TO CURRENT_USER USING (true);
  `;
}
