import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { processStart } from '../lock.mjs';
import { provisionServiceDatabases } from './databases.ts';
import { type Infrastructure, startInfrastructure } from './infrastructure.ts';
import { probeNats, probePostgres, probeRedis } from './probes.ts';

const env = {};
let stateDir: string;

beforeAll(async () => {
  // Closed to others, as a temporary folder is: as root PostgreSQL must reach it nevertheless.
  stateDir = await mkdtemp(join(tmpdir(), 'hoerok servers '));
});

afterAll(async () => {
  await rm(stateDir, { recursive: true, force: true });
});

async function recordedPid(name: string): Promise<number | undefined> {
  const record = JSON.parse(await readFile(join(stateDir, 'run', `${name}.json`), 'utf8')) as {
    pid?: number;
  };
  return record.pid;
}

describe('servers of one state folder', () => {
  let first: Infrastructure;
  let second: Infrastructure;

  beforeAll(async () => {
    [first, second] = await Promise.all([
      startInfrastructure({ stateDir, env }),
      startInfrastructure({ stateDir, env }),
    ]);
  });

  afterAll(async () => {
    await first.stop();
    await second.stop();
  });

  test('are started once for two callers at the same time', () => {
    expect(second).toMatchObject({
      databaseUrl: first.databaseUrl,
      natsUrl: first.natsUrl,
      redisUrl: first.redisUrl,
    });
  });

  test('refuse whoever has no password', async () => {
    const wrong = (url: string): string => url.replace(/:[0-9a-f]{48}@/, ':wrong@');
    await expect(probePostgres(wrong(first.databaseUrl))).rejects.toThrow(/password/);
    await expect(probeNats(wrong(first.natsUrl))).rejects.toThrow(/[Aa]uthorization/);
    await expect(probeRedis(wrong(first.redisUrl))).rejects.toThrow(/WRONGPASS|NOAUTH/);
  });

  test('run until the last user has given them back, and keep ports and data for the next', async () => {
    await provisionServiceDatabases(first.databaseUrl, ['users'], { stateDir, prefix: 'trial' });
    const pids = await Promise.all(['postgres', 'nats', 'redis'].map(recordedPid));
    await first.stop();
    expect(await probePostgres(second.databaseUrl)).toBe(second.versions.postgres);
    await second.stop();
    expect(pids.map((pid) => processStart(pid ?? 0))).toEqual([undefined, undefined, undefined]);
    await using next = new AsyncDisposableStack();
    const again = await startInfrastructure({ stateDir, env });
    next.defer(() => again.stop());
    expect(again.databaseUrl).toBe(first.databaseUrl);
    const client = new pg.Client({ connectionString: again.databaseUrl });
    await client.connect();
    const { rowCount } = await client.query(`select from pg_database where datname = 'trial_users'`);
    await client.end();
    expect(rowCount).toBe(1);
  });

  test('are replaced when one of them was killed', async () => {
    await using servers = new AsyncDisposableStack();
    const before = await startInfrastructure({ stateDir, env });
    servers.defer(() => before.stop());
    const pid = await recordedPid('redis');
    process.kill(pid ?? 0, 'SIGKILL');
    const after = await startInfrastructure({ stateDir, env });
    servers.defer(() => after.stop());
    expect(await recordedPid('redis')).not.toBe(pid);
    expect(await probeRedis(after.redisUrl)).toBe(after.versions.redis);
  });
});

test('a server of yours that does not answer ends in one sentence that names the variable', async () => {
  const start = startInfrastructure({ stateDir, env: { REDIS_URL: 'redis://127.0.0.1:1' } });
  await expect(start).rejects.toThrow(
    /^Redis at REDIS_URL cannot be used \(connect ECONNREFUSED 127\.0\.0\.1:1\); start that server, or unset REDIS_URL/,
  );
  expect(await recordedPid('postgres')).toBeUndefined();
});
