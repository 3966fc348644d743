import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** A database for one session. */
export interface BenchDatabase {
  readonly url: string;
  /** Runs one statement on a connection that is used for nothing that is measured. */
  readonly query: <R extends pg.QueryResultRow>(sql: string, parameters?: readonly unknown[]) => Promise<R[]>;
  readonly remove: () => Promise<void>;
}

/** Creates an empty database on the server. */
export async function createBenchDatabase(serverUrl: string): Promise<BenchDatabase> {
  const name = `bench_${randomBytes(6).toString('hex')}`;
  await asAdmin(serverUrl, `CREATE DATABASE ${name}`);
  const named = new URL(serverUrl);
  named.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: named.href });
  await client.connect();
  return {
    url: named.href,
    query: async <R extends pg.QueryResultRow>(sql: string, parameters: readonly unknown[] = []) =>
      (await client.query<R>(sql, [...parameters])).rows,
    remove: async () => {
      await client.end();
      await asAdmin(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

/** Calls `heard` with the payload of every NOTIFY on the channel; answers how to stop. */
export async function listenTo(
  url: string,
  channel: string,
  heard: (payload: string) => void,
): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  client.on('notification', ({ payload }) => heard(payload ?? ''));
  await client.query(`LISTEN ${channel}`);
  return () => client.end();
}

async function asAdmin(url: string, sql: string): Promise<void> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    await admin.query(sql);
  } finally {
    await admin.end();
  }
}
