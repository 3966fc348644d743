import { testServers } from '@hoerok/shared/testing';
import pg from 'pg';

/**
 * Where a word is stored, as `<service>.<table>`, in any column of any row of any service of a running system; bytes count
 * too, when they are its UTF-8.
 */
export async function findStored(namespace: string, word: string): Promise<string[]> {
  const admin = await connect(testServers().databaseUrl);
  const prefix = `hoerok_${namespace}_`;
  const { rows } = await admin.query<{ datname: string }>(
    'SELECT datname FROM pg_database WHERE starts_with(datname, $1) ORDER BY datname',
    [prefix],
  );
  await admin.end();
  const found: string[] = [];
  for (const { datname } of rows) {
    const url = new URL(testServers().databaseUrl);
    url.pathname = `/${datname}`;
    const client = await connect(url.href);
    const tables = await client.query<{ name: string }>(
      `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
    );
    for (const { name } of tables.rows) {
      const sql = `SELECT 1 FROM ${name} t WHERE strpos(t::text, $1) > 0 OR strpos(t::text, $2) > 0 LIMIT 1`;
      const { rowCount } = await client.query(sql, [word, Buffer.from(word).toString('hex')]);
      if (rowCount !== 0) found.push(`${datname.slice(prefix.length)}.${name}`);
    }
    await client.end();
  }
  return found;
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return client;
}
