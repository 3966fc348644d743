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

/**
 * Makes a database and a role, both named `<prefix>_<service>`, for each service. The role owns its
 * database, may not create roles or databases, and is not let into another service's database.
 *
 * Idempotent and safe to run from several processes at once. Passwords are random, kept in the state
 * folder, and set again on each call: two state folders on one cluster need different prefixes.
 * @param databaseUrl role that may create roles and databases, connected to any database
 * @returns each service's URL, with its own role
 */
export async function provisionServiceDatabases<Service extends string>(
  databaseUrl: string,
  services: readonly Service[],
  options: ProvisionOptions = {},
): Promise<Record<Service, string>> {
  const stateDir = options.stateDir ?? CHECKOUT_STATE_DIR;
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [ADVISORY_LOCK]);
    const urls = new Map<Service, string>();
    for (const service of services) {
      const name = `${options.prefix ?? 'hoerok'}_${service}`;
      const password = keepSecret(stateDir, `role-${name}`);
      await provision(client, name, password);
      urls.set(service, urlFor(databaseUrl, name, password));
    }
    return Object.fromEntries(urls) as Record<Service, string>;
  } finally {
    await client.end();
  }
}

async function provision(client: pg.Client, name: string, password: string): Promise<void> {
  const id = client.escapeIdentifier(name);
  const role = await client.query('select from pg_roles where rolname = $1', [name]);
  if (role.rowCount === 0) await client.query(`create role ${id}`);
  await client.query(`alter role ${id} login password ${client.escapeLiteral(password)}`);
  // Whoever is no superuser must be a member of a role to give it a database and to set rights there.
  await client.query(`grant ${id} to current_user`);
  const database = await client.query('select from pg_database where datname = $1', [name]);
  if (database.rowCount === 0) await client.query(`create database ${id} owner ${id}`);
  await client.query(`revoke all on database ${id} from public`);
}

function urlFor(databaseUrl: string, name: string, password: string): string {
  const url = new URL(databaseUrl);
  url.username = name;
  url.password = password;
  url.pathname = `/${name}`;
  return url.href;
}
