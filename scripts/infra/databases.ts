import pg from 'pg';
import { CHECKOUT_STATE_DIR } from './infrastructure.ts';
import { keepSecret } from './secrets.ts';

export interface ProvisionOptions {
  /** What the names of databases and roles begin with; tests take one of their own. @default 'hoerok' */
  readonly prefix?: string;
  /** Folder whose `secrets` keep the passwords. @default `.hoerok` of this checkout */
  readonly stateDir?: string;
}

/** Serializes provisioning in a cluster; any number that nobody else takes. */
const ADVISORY_LOCK = 0x484f_4552;

/** How a service gets at its database. */
export interface ServiceDatabase {
  /** Reads and writes rows: all that requests and workers do. */
  readonly url: string;
  /** Owns the tables and changes them. */
  readonly migrationUrl: string;
}

/**
 * Makes a database and two roles for each service. `<prefix>_<service>` may read and write rows of that database and
 * nothing else: it owns nothing, creates nothing, and its statements and idle transactions end by themselves.
 * `<prefix>_<service>_owner` owns the database and is for migrations. Neither is let into another service's database.
 *
 * Idempotent and safe to run from several processes at once. Passwords are random, kept in the state
 * folder, and set again on each call: two state folders on one cluster need different prefixes.
 * @param databaseUrl role that may create roles and databases, connected to any database
 * @returns each service's URLs
 */
export async function provisionServiceDatabases<Service extends string>(
  databaseUrl: string,
  services: readonly Service[],
  options: ProvisionOptions = {},
): Promise<Record<Service, ServiceDatabase>> {
  const stateDir = options.stateDir ?? CHECKOUT_STATE_DIR;
  return await asAdmin(databaseUrl, async (client) => {
    await client.query('select pg_advisory_lock($1)', [ADVISORY_LOCK]);
    const made = new Map<Service, ServiceDatabase>();
    for (const service of services) {
      const name = `${options.prefix ?? 'hoerok'}_${service}`;
      const [role, owner] = [name, `${name}_owner`].map((id) => ({
        id,
        secret: keepSecret(stateDir, `role-${id}`),
      }));
      if (role === undefined || owner === undefined) continue;
      await createDatabase(client, { role, owner });
      await asAdmin(withCredentials(databaseUrl, name), (inside) => grantRows(inside, name));
      made.set(service, {
        url: withCredentials(databaseUrl, name, role),
        migrationUrl: withCredentials(databaseUrl, name, owner),
      });
    }
    return Object.fromEntries(made) as Record<Service, ServiceDatabase>;
  });
}

interface Role {
  readonly id: string;
  readonly secret: string;
}

async function asAdmin<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const RIGHTS = 'nosuperuser nocreatedb nocreaterole nobypassrls noreplication';

async function createDatabase(
  client: pg.Client,
  { role, owner }: { readonly role: Role; readonly owner: Role },
): Promise<void> {
  for (const { id, secret } of [role, owner]) {
    const name = client.escapeIdentifier(id);
    const found = await client.query('select from pg_roles where rolname = $1', [id]);
    if (found.rowCount === 0) await client.query(`create role ${name} ${RIGHTS}`);
    await client.query(`alter role ${name} login password ${client.escapeLiteral(secret)}`);
    // Whoever is no superuser must be a member of a role to give it a database and to set rights there.
    await client.query(`grant ${name} to current_user`);
  }
  const [database, owning] = [client.escapeIdentifier(role.id), client.escapeIdentifier(owner.id)];
  const found = await client.query('select from pg_database where datname = $1', [role.id]);
  if (found.rowCount === 0) await client.query(`create database ${database} owner ${owning}`);
  await client.query(`alter database ${database} owner to ${owning}`);
  await client.query(`revoke all on database ${database} from public, ${database}`);
  await client.query(`grant connect on database ${database} to ${database}`);
  for (const [setting, value] of Object.entries(LIMITS))
    await client.query(`alter role ${database} set ${setting} = '${value}'`);
}

/** What ends by itself whatever the process asks; the pool sets the same, see packages/shared/src/database. */
const LIMITS = { statement_timeout: '15s', idle_in_transaction_session_timeout: '30s' };

/** Inside the database: rows are the service's, tables its owner's, those to come included. */
async function grantRows(client: pg.Client, name: string): Promise<void> {
  const role = client.escapeIdentifier(name);
  const owner = client.escapeIdentifier(`${name}_owner`);
  await client.query(`reassign owned by ${role} to ${owner}`);
  await client.query(`
    revoke create on schema public from public, ${role};
    grant usage on schema public to ${role};
    grant all on schema public to ${owner};
    grant select, insert, update, delete on all tables in schema public to ${role};
    grant usage on all sequences in schema public to ${role};
    alter default privileges for role ${owner} in schema public
      grant select, insert, update, delete on tables to ${role};
    alter default privileges for role ${owner} in schema public grant usage on sequences to ${role};
  `);
}

/** The URL to that database, with the credentials of `role`. @param role its own ones when left out */
function withCredentials(databaseUrl: string, database: string, role?: Role): string {
  const url = new URL(databaseUrl);
  url.pathname = `/${database}`;
  if (role === undefined) return url.href;
  url.username = role.id;
  url.password = role.secret;
  return url.href;
}
