import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { migrate } from '../database/index.ts';
import { AppError } from '../errors/index.ts';

/** Addresses of the real servers that tests run against; `scripts/test.ts` sets them. */
export function testServers(): { databaseUrl: string; natsUrl: string; redisUrl: string } {
  const { DATABASE_URL: databaseUrl, NATS_URL: natsUrl, REDIS_URL: redisUrl } = process.env;
  if (databaseUrl === undefined || natsUrl === undefined || redisUrl === undefined) {
    throw new AppError(
      'BAD_CONFIGURATION',
      'Integration tests need DATABASE_URL, NATS_URL and REDIS_URL; run them by "npm test" or with the lines that "node scripts/servers.ts" prints.',
    );
  }
  return { databaseUrl, natsUrl, redisUrl };
}

/** A name of its own for everything a test makes on shared servers. */
export function testNamespace(): string {
  return `t${randomBytes(6).toString('hex')}`;
}

/** A database of its own, gone after the test. */
export interface TestDatabase extends AsyncDisposable {
  /** By the role that made it: sees the rows of every workspace, whatever it is told. */
  readonly url: string;
  /** By a role as a service has it: reads and writes rows, and those alone that row-level security lets it (ADR-13). */
  readonly serviceUrl: string;
}

/**
 * Clones a database for one test file from a template that holds the service's migrations. The template is built once
 * per version of the migrations and kept between runs.
 */
export async function createTestDatabase(
  createDataSource: (url: string) => DataSource,
): Promise<TestDatabase> {
  const { databaseUrl } = testServers();
  const template = await ensureTemplate(databaseUrl, createDataSource);
  const name = `hoerok_${testNamespace()}`;
  await asAdmin(databaseUrl, (admin) => admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
  return {
    url: databaseNamed(databaseUrl, name),
    serviceUrl: asServiceRole(databaseNamed(databaseUrl, name)),
    [Symbol.asyncDispose]: async () => {
      await asAdmin(databaseUrl, (admin) => admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

async function ensureTemplate(
  databaseUrl: string,
  createDataSource: (url: string) => DataSource,
): Promise<string> {
  const { options } = createDataSource(databaseUrl);
  const migrations = Array.isArray(options.migrations) ? options.migrations : [];
  const template = `hoerok_template_${createHash('sha256')
    .update([...migrations, makeServiceRole].map(String).join('\n'))
    .digest('hex')
    .slice(0, 12)}`;
  await asAdmin(databaseUrl, async (admin) => {
    // Files run side by side: one builds, the others wait.
    await admin.query(`SELECT pg_advisory_lock(hashtext($1))`, [template]);
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
    if (rowCount !== 0) return;
    // Built under another name first: a run that dies halfway leaves no broken template behind.
    await admin.query(`DROP DATABASE IF EXISTS ${template}_new WITH (FORCE)`);
    await admin.query(`CREATE DATABASE ${template}_new`);
    await makeServiceRole(databaseNamed(databaseUrl, `${template}_new`));
    const dataSource = await createDataSource(databaseNamed(databaseUrl, `${template}_new`)).initialize();
    await migrate(dataSource);
    await dataSource.destroy();
    await admin.query(`ALTER DATABASE ${template}_new RENAME TO ${template}`);
  });
  return template;
}

const SERVICE_ROLE = 'hoerok_test_service';

/** One for all tests of a cluster, whose files do not know of one another; its password follows from that of the cluster. */
function asServiceRole(url: string): string {
  const service = new URL(url);
  service.password = createHash('sha256').update(`${SERVICE_ROLE} ${service.password}`).digest('hex');
  service.username = SERVICE_ROLE;
  return service.href;
}

/** The rights of scripts/infra/databases.ts, for the tables that migrations are about to make. */
async function makeServiceRole(url: string): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  const { password } = new URL(asServiceRole(url));
  try {
    await owner.query(`
      DO $$ BEGIN
        CREATE ROLE ${SERVICE_ROLE} LOGIN PASSWORD '${password}';
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
      END $$;
      ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${SERVICE_ROLE};
      ALTER DEFAULT PRIVILEGES GRANT USAGE ON SEQUENCES TO ${SERVICE_ROLE};
    `);
  } finally {
    await owner.end();
  }
}

function databaseNamed(url: string, name: string): string {
  const named = new URL(url);
  named.pathname = `/${name}`;
  return named.href;
}

async function asAdmin<T>(url: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: databaseNamed(url, 'postgres') });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}
