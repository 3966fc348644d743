import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { deleteStreams, testServers } from '@hoerok/shared/testing';
import pg from 'pg';
import { CHECKOUT_STATE_DIR } from '../../scripts/infra/infrastructure.ts';
import { freePort } from '../../scripts/infra/ports.ts';
import {
  type PlatformOptions,
  type RunningPlatform,
  startPlatform,
} from '../../scripts/platform/platform.ts';

/** A whole system of its own: every process for real, beside whatever else uses the servers. */
export interface IsolatedPlatform {
  readonly platform: RunningPlatform;
  readonly namespace: string;
  /** Holds the logs, as `log/<namespace><process>.log`. */
  readonly stateDir: string;
  /** Stops every process and removes databases, streams and, unless KEEP_E2E_LOGS is set, the logs. */
  readonly remove: () => Promise<void>;
}

/**
 * Starts the gateway and every subgraph with databases, streams and keys of their own.
 * @param environment more environment, by service name or `*` for all.
 */
export async function startIsolatedPlatform(
  environment: NonNullable<PlatformOptions['environment']>,
): Promise<IsolatedPlatform> {
  const servers = testServers();
  const namespace = `e${randomBytes(4).toString('hex')}`;
  const databasePrefix = `hoerok_${namespace}`;
  const stateDir = join(CHECKOUT_STATE_DIR, 'run', namespace);
  const removeTraces = async (): Promise<void> => {
    await dropDatabases(servers.databaseUrl, `${databasePrefix}_`);
    await deleteStreams(servers.natsUrl, namespace);
    if (process.env['KEEP_E2E_LOGS'] === undefined) await rm(stateDir, { recursive: true, force: true });
  };
  const gatewayPort = await freePort();
  const options = { servers, gatewayPort, databasePrefix, namespace, stateDir, environment };
  const platform = await startPlatform(options).catch(async (error: unknown) => {
    await removeTraces();
    throw error;
  });
  return {
    platform,
    namespace,
    stateDir,
    remove: async () => {
      await platform.stop();
      await removeTraces();
    },
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
    await admin.query(`DROP ROLE ${datname}, ${datname}_owner`);
  }
  await admin.end();
}
