import type { EntitySchemaColumnOptions, QueryRunner } from 'typeorm';
import { ofToldWorkspaceSql } from '../database/index.ts';

/** What of a table can be searched. */
export interface SearchedTable {
  readonly table: string;
  /** Its text columns, joined by line breaks. */
  readonly columns: readonly string[];
}

/** Rows that get their words in one statement: none may take longer than a request. */
const AT_ONCE = 5_000;

/**
 * For a migration: gives a table with `id` and `workspace_id` the column `search`, kept by a trigger, and its GIN index; rows
 * that are there get theirs. A trigger and no generated column: TypeORM cannot tell the latter from one that has drifted.
 */
export async function addSearch(runner: QueryRunner, { table, columns }: SearchedTable): Promise<void> {
  const texts = columns.map((column) => `NEW.${column}`).join(', ');
  const vector = `search_vector(NEW.workspace_id, concat_ws(E'\\n', ${texts}))`;
  await runner.query(`
    ALTER TABLE ${table} ADD COLUMN search tsvector;
    CREATE INDEX ${table}_search ON ${table} USING gin (search);
    ${keepSearchSql(table, { vector, columns })}
  `);
  await fillSearch(runner, { table, columns });
}

/**
 * For a migration: lets the words of an isolated table be searched by their index, through the view `<table>_words`. Below a
 * policy PostgreSQL does not use it: `@@` might tell of rows that the policy is there to hide. The view reads with the rights
 * of its owner, whom no policy holds back, and has the condition of the policy itself (ADR-13).
 * @param columns besides `id`, `workspace_id` and `search`, which it has.
 */
export async function exposeSearch(runner: QueryRunner, { table, columns }: SearchedTable): Promise<void> {
  const shown = ['id', 'workspace_id', 'search', ...columns].join(', ');
  await runner.query(`
    CREATE VIEW ${table}_words AS SELECT ${shown} FROM ${table}
      WHERE ${ofToldWorkspaceSql('workspace_id')} WITH CHECK OPTION;
  `);
}

/** Writes the words of all rows that are there, by the trigger of the table. */
export async function fillSearch(runner: QueryRunner, { table, columns }: SearchedTable): Promise<void> {
  const same = columns.map((column) => `${column} = t.${column}`).join(', ');
  for (let after: string | null = ''; after !== null; ) {
    const batch: string = `SELECT id FROM ${table} WHERE id > $1 ORDER BY id LIMIT ${AT_ONCE}`;
    const last = (await runner.query(`SELECT max(id) AS id FROM (${batch}) batch`, [after])) as {
      id: string | null;
    }[];
    const until: string | null = last[0]?.id ?? null;
    if (until !== null)
      await runner.query(`UPDATE ${table} t SET ${same} WHERE id > $1 AND id <= $2`, [after, until]);
    after = until;
  }
}

/** SQL for the trigger behind {@link addSearch}, for a table whose vector takes more than its own columns. */
export function keepSearchSql(
  table: string,
  { vector, columns }: { readonly vector: string; readonly columns: readonly string[] },
): string {
  return `
    CREATE FUNCTION ${table}_keep_search() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN NEW.search := ${vector}; RETURN NEW; END $$;
    CREATE TRIGGER ${table}_search BEFORE INSERT OR UPDATE OF ${columns.join(', ')} ON ${table}
      FOR EACH ROW EXECUTE FUNCTION ${table}_keep_search();
  `;
}

/** Spread among the columns of an entity whose table has the column `search`: no row carries it. */
export const searchColumn: { readonly search: EntitySchemaColumnOptions } = {
  search: { type: 'tsvector', nullable: true, select: false, insert: false, update: false },
};

/** The index of {@link addSearch}, for the entity. */
export function searchIndex(table: string): {
  readonly name: string;
  readonly columns: string[];
  readonly synchronize: false;
} {
  return { name: `${table}_search`, columns: ['search'], synchronize: false };
}
