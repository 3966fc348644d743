import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testServers } from '@hoerok/shared/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provisionServiceDatabases, type ServiceDatabase } from './databases.ts';

const opened = new AsyncDisposableStack();
const prefix = `trial${randomBytes(4).toString('hex')}`;
let databases: Record<'users' | 'todos', ServiceDatabase>;
let again: typeof databases;
let users: pg.Client;

async function connectTo(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  opened.defer(() => client.end());
  return client;
}

beforeAll(async () => {
  const { databaseUrl } = testServers();
  const stateDir = await mkdtemp(join(tmpdir(), 'hoerok-roles-'));
  opened.defer(() => rm(stateDir, { recursive: true, force: true }));
  const provision = (): Promise<typeof databases> =>
    provisionServiceDatabases(databaseUrl, ['users', 'todos'], { stateDir, prefix });
  const admin = await connectTo(databaseUrl);
  opened.defer(async () => {
    for (const name of ['users', 'todos']) {
      await admin.query(`drop database if exists ${prefix}_${name} with (force)`);
      await admin.query(`drop role if exists ${prefix}_${name}, ${prefix}_${name}_owner`);
    }
  });
  databases = await provision();
  const owner = await connectTo(databases.users.migrationUrl);
  await owner.query(
    'create table note (id int primary key); create table line (id int generated always as identity)',
  );
  // A table that was there before, and one that came after: both are the service's to write.
  again = await provision();
  await owner.query('create table later (id int primary key)');
  users = await connectTo(databases.users.url);
}, 60_000);

afterAll(() => opened.disposeAsync());

describe('C31: the role of a service at PostgreSQL', () => {
  it('keeps its password when it is made once more', () => {
    expect(again).toEqual(databases);
  });

  it('reads and writes rows, of tables that a migration has made before and after', async () => {
    await users.query('insert into note values (1); update note set id = 2; delete from note');
    await users.query('insert into line default values; insert into later values (1)');
    expect((await users.query('select from later')).rowCount).toBe(1);
  });

  it.each([
    ['create table mine (id int)', /permission denied for schema/],
    ['create temporary table mine (id int)', /permission denied to create temporary/],
    ['create schema mine', /permission denied for database/],
    ['create function f() returns int language sql as $$ select 1 $$', /permission denied for schema/],
    ['create extension dblink', /permission denied/],
    ['create database mine', /permission denied/],
    ['create role mine', /permission denied/],
    ['alter table note add column more int', /must be owner/],
    ['alter table note disable trigger all', /must be owner/],
    ['alter table note disable row level security', /must be owner/],
    ['drop table note', /must be owner/],
    ['truncate note', /permission denied/],
    [`copy note to program 'id'`, /permission denied/],
    [`copy note from '/etc/passwd'`, /permission denied/],
    [`select pg_read_file('/etc/passwd')`, /permission denied/],
    [`select lo_import('/etc/passwd')`, /permission denied/],
    ['select * from pg_authid', /permission denied/],
    ['set role postgres', /permission denied to set role/],
    [`set role ${prefix}_users_owner`, /permission denied to set role/],
    [`set role ${prefix}_todos`, /permission denied to set role/],
    ['alter role current_user superuser', /permission denied|must be superuser|only roles with/i],
    ['alter system set log_connections = on', /permission denied/],
    [
      'select pg_terminate_backend(pid) from pg_stat_activity where usename <> current_user',
      /permission denied|must be/i,
    ],
  ])('is refused: %s', async (sql, reason) => {
    await expect(users.query(sql)).rejects.toThrow(reason);
  });

  it('gets into no database but its own', async () => {
    const url = new URL(databases.users.url);
    url.pathname = `/${prefix}_todos`;
    await expect(connectTo(url.href)).rejects.toThrow(/permission denied for database/);
  });

  it('has no right of the cluster, and owns nothing', async () => {
    const { rows } = await users.query(
      `select rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication from pg_roles where rolname = current_user`,
    );
    expect(rows).toEqual([
      {
        rolsuper: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolbypassrls: false,
        rolreplication: false,
      },
    ]);
    const owned = await users.query(`select relname from pg_class where relowner = current_user::regrole`);
    expect(owned.rows).toEqual([]);
  });

  it('is stopped when a statement or an idle transaction takes too long', async () => {
    expect((await users.query('show statement_timeout')).rows).toEqual([{ statement_timeout: '15s' }]);
    expect((await users.query('show idle_in_transaction_session_timeout')).rows).toEqual([
      { idle_in_transaction_session_timeout: '30s' },
    ]);
  });

  it('signs in by SCRAM: its password is not stored', async () => {
    const admin = await connectTo(testServers().databaseUrl);
    const { rows } = await admin.query<{ rolpassword: string }>(
      'select rolpassword from pg_authid where rolname = $1',
      [`${prefix}_users`],
    );
    expect(rows[0]?.rolpassword).toMatch(/^SCRAM-SHA-256\$/);
  });
});
