import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { CHECKOUT_STATE_DIR } from '../../scripts/infra/infrastructure.ts';
import { freePort } from '../../scripts/infra/ports.ts';
import { startPlatform } from '../../scripts/platform/platform.ts';
import { testServers } from '@hoerok/shared/testing';
import { connectMessaging } from '@hoerok/shared/messaging';

declare module 'vitest' {
  export interface ProvidedContext {
    gatewayUrl: string;
    namespace: string;
  }
}

/**
 * One whole system for all scenarios: every process for real, with databases, streams and keys of its own, beside
 * whatever else uses the servers. Everything is gone afterwards.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const servers = testServers();
  const namespace = `e${randomBytes(4).toString('hex')}`;
  const stateDir = join(CHECKOUT_STATE_DIR, 'run', namespace);
  const platform = await startPlatform({
    servers,
    gatewayPort: await freePort(),
    databasePrefix: `hoerok_${namespace}`,
    namespace,
    stateDir,
    environment: { '*': { LOG_LEVEL: 'info' } },
  });
  project.provide('gatewayUrl', platform.gatewayUrl);
  project.provide('namespace', namespace);
  return async () => {
    await platform.stop();
    await dropDatabases(servers.databaseUrl, `hoerok_${namespace}_`);
    await deleteStreams(servers.natsUrl, namespace);
    if (process.env['KEEP_E2E_LOGS'] === undefined) await rm(stateDir, { recursive: true, force: true });
  };
}

async function dropDatabases(databaseUrl: string, prefix: string): Promise<void> {
  const admin = new pg.Client({ connectionString: databaseUrl });
  await admin.connect();
  const { rows } = await admin.query<{ datname: string }>(
    'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
    [prefix],
  );
  for (const { datname } of rows) {
    await admin.query(`DROP DATABASE ${datname} WITH (FORCE)`);
    await admin.query(`DROP ROLE ${datname}`);
  }
  await admin.end();
}

async function deleteStreams(natsUrl: string, namespace: string): Promise<void> {
  const { manager, connection } = await connectMessaging({ url: natsUrl, name: 'e2e cleanup' });
  for await (const stream of manager.streams.list()) {
    if (stream.config.name.startsWith(namespace)) await manager.streams.delete(stream.config.name);
  }
  await connection.close();
}
