import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, UNGUARDED_TABLES } from '@hoerok/shared/database';
import { testServers } from '@hoerok/shared/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataSource as ai } from '../../subgraphs/ai/src/data-source.ts';
import { createDataSource as meetings } from '../../subgraphs/meetings/src/data-source.ts';
import { createDataSource as notifications } from '../../subgraphs/notifications/src/data-source.ts';
import { createDataSource as tasks } from '../../subgraphs/tasks/src/data-source.ts';
import { createDataSource as todos } from '../../subgraphs/todos/src/data-source.ts';
import { createDataSource as transcripts } from '../../subgraphs/transcripts/src/data-source.ts';
import { createDataSource as users } from '../../subgraphs/users/src/data-source.ts';
import { provisionServiceDatabases, type ServiceDatabase } from '../infra/databases.ts';

const SERVICES = { ai, meetings, notifications, tasks, todos, transcripts, users };
type Service = keyof typeof SERVICES;
const NAMES = Object.keys(SERVICES) as Service[];

const prefix = `rls${randomBytes(4).toString('hex')}`;
const opened = new AsyncDisposableStack();
let databases: Record<Service, ServiceDatabase>;

interface Relation {
  readonly name: string;
  readonly isView: boolean;
  readonly isEnabled: boolean;
  readonly isForced: boolean;
}

const RELATIONS = `SELECT relname AS name, relkind IN ('v', 'm') AS "isView", relrowsecurity AS "isEnabled",
    relforcerowsecurity AS "isForced"
  FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY 1`;

async function connectTo(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  opened.defer(() => client.end());
  return client;
}

beforeAll(async () => {
  const { databaseUrl } = testServers();
  const stateDir = await mkdtemp(join(tmpdir(), 'hoerok-rls-'));
  opened.defer(() => rm(stateDir, { recursive: true, force: true }));
  const admin = await connectTo(databaseUrl);
  opened.defer(async () => {
    for (const name of NAMES) {
      await admin.query(`DROP DATABASE IF EXISTS ${prefix}_${name} WITH (FORCE)`);
      await admin.query(`DROP ROLE IF EXISTS ${prefix}_${name}, ${prefix}_${name}_owner`);
    }
  });
  databases = await provisionServiceDatabases(databaseUrl, NAMES, { stateDir, prefix });
  for (const name of NAMES) {
    const dataSource = await SERVICES[name](databases[name].migrationUrl).initialize();
    await migrate(dataSource);
    await dataSource.destroy();
    await fill(databaseUrl, name);
  }
}, 120_000);

afterAll(() => opened.disposeAsync());

/** One row of the workspace `a` and one of `b` in every table; all of their texts are the letter, so each belongs to its like. */
async function fill(databaseUrl: string, name: Service): Promise<void> {
  const url = new URL(databaseUrl);
  url.pathname = `/${prefix}_${name}`;
  const superuser = await connectTo(url.href);
  await superuser.query('SET session_replication_role = replica');
  const checks = await superuser.query<{ sql: string }>(
    `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS sql
     FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace`,
  );
  for (const { sql } of checks.rows) await superuser.query(sql);
  const { rows } = await superuser.query<{ table: string; column: string; type: string }>(
    `SELECT c.relname AS table, attname AS column, format_type(atttypid, NULL) AS type
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'migrations' AND attnum > 0
       AND NOT attisdropped AND attidentity = '' AND (attnotnull OR atttypid = 'text'::regtype)`,
  );
  for (const [table, columns] of Object.entries(Object.groupBy(rows, (row) => row.table)))
    for (const letter of ['a', 'b']) {
      const values = (columns ?? []).map(({ type }) => valueOf(type, letter));
      const names = (columns ?? []).map(({ column }) => `"${column}"`);
      await superuser.query(`INSERT INTO ${table} (${names.join()}) VALUES (${values.join()})`);
    }
}

function valueOf(type: string, letter: string): string {
  if (type === 'text' || type === 'character varying') return `'${letter}'`;
  if (type.endsWith('[]') || type === 'jsonb') return `'{}'`;
  if (type.startsWith('timestamp') || type === 'date') return 'now()';
  if (type === 'boolean') return 'false';
  return type === 'bytea' ? `''` : '1';
}

const tell = (client: pg.Client, workspace: string): Promise<unknown> =>
  client.query(`SELECT set_config('app.workspace', $1, false)`, [workspace]);

/** Rows of each relation, those alone that have not as many as they should. */
async function miscounted(
  client: pg.Client,
  relations: readonly Relation[],
  wanted: number,
): Promise<string[]> {
  const wrong: string[] = [];
  for (const { name } of relations) {
    const { rows } = await client.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${name}`);
    if (rows[0]?.n !== wanted) wrong.push(`${name}: ${rows[0]?.n}`);
  }
  return wrong;
}

describe.each(NAMES)('C11: the database of %s', (name) => {
  let service: pg.Client;
  let relations: Relation[];
  let guarded: Relation[];

  beforeAll(async () => {
    service = await connectTo(databases[name].url);
    relations = (await service.query<Relation>(RELATIONS)).rows;
    guarded = relations.filter((relation) => !Object.hasOwn(UNGUARDED_TABLES, relation.name));
  });

  it('guards every table that is not on the list of those that need no guard, against its owner as well', () => {
    const tables = guarded.filter(({ isView }) => !isView);
    expect(tables.filter(({ isEnabled, isForced }) => !isEnabled || !isForced)).toEqual([]);
    expect(tables.length).toBeGreaterThan(8);
    expect(relations.filter((one) => one.isEnabled && Object.hasOwn(UNGUARDED_TABLES, one.name))).toEqual([]);
  });

  it('shows the service role nothing before it was told a workspace, and nothing of nobody', async () => {
    const fresh = await connectTo(databases[name].url);
    expect(await miscounted(fresh, guarded, 0)).toEqual([]);
    await tell(fresh, '');
    expect(await miscounted(fresh, guarded, 0)).toEqual([]);
    await tell(fresh, 'c');
    expect(await miscounted(fresh, guarded, 0)).toEqual([]);
  });

  it('shows it the rows of the workspace that it was told, views included', async () => {
    for (const letter of ['a', 'b']) {
      await tell(service, letter);
      expect(await miscounted(service, guarded, 1)).toEqual([]);
      for (const { name: table } of guarded) {
        const { rows } = await service.query<{ row: string }>(
          `SELECT row_to_json(t)::text AS row FROM ${table} t`,
        );
        expect(rows[0]?.row).toContain(`"${letter}"`);
      }
    }
    await tell(service, '*');
    expect(await miscounted(service, guarded, 2)).toEqual([]);
  });

  it('lets it give no row to another workspace', async () => {
    await tell(service, 'a');
    const { rows } = await service.query<{ table: string; column: string }>(
      `SELECT c.relname AS table, attname AS column FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v') AND (attname = 'workspace_id'
         OR EXISTS (SELECT FROM pg_constraint f WHERE f.conrelid = c.oid AND f.contype = 'f' AND attnum = f.conkey[1]
           AND NOT EXISTS (SELECT FROM pg_attribute w WHERE w.attrelid = c.oid AND w.attname = 'workspace_id')))`,
    );
    const movable = rows.filter(({ table }) => !Object.hasOwn(UNGUARDED_TABLES, table));
    expect(movable.length).toBeGreaterThan(6);
    for (const { table, column } of movable)
      await expect(service.query(`UPDATE ${table} SET ${column} = 'b'`), table).rejects.toThrow(
        /row-level security|check option|append-only/,
      );
  });

  it('lets it make no row of another workspace', async () => {
    await tell(service, 'a');
    for (const { name: table, isView } of guarded) {
      if (isView) continue;
      const letters = `replace(row_to_json(t)::text, '"a"', '"b"')::json`;
      const made = service.query(`INSERT INTO ${table} OVERRIDING SYSTEM VALUE
        SELECT (json_populate_record(NULL::${table}, ${letters})).* FROM ${table} t`);
      await expect(made, table).rejects.toThrow(/row-level security/);
    }
  });

  it("is the service role's own to read and write, without a way around", async () => {
    const { rows } = await service.query(
      `SELECT rolbypassrls, rolsuper, (SELECT count(*)::int FROM pg_class WHERE relowner = r.oid) AS owned
       FROM pg_roles r WHERE rolname = current_user`,
    );
    expect(rows).toEqual([{ rolbypassrls: false, rolsuper: false, owned: 0 }]);
    await expect(service.query('ALTER TABLE task DISABLE ROW LEVEL SECURITY')).rejects.toThrow(
      /must be owner/,
    );
    await expect(service.query(`SET ROLE ${prefix}_${name}_owner`)).rejects.toThrow(/permission denied/);
  });

  it('shows its owner, who migrates, the rows of all workspaces', async () => {
    const owner = await connectTo(databases[name].migrationUrl);
    const tables = guarded.filter(({ isView }) => !isView);
    expect(await miscounted(owner, tables, 2)).toEqual([]);
  });
});
