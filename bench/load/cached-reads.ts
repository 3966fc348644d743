/**
 * `node bench/load/cached-reads.ts`: what a read costs from the cache and from the database, for each family that is cached:
 * CPU time of our process, of PostgreSQL's backends and of Redis for each read, and how long it takes with 16 under way. The
 * servers' URLs come from the environment (see scripts/servers.ts).
 */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { type Cache, connectRedis, createCache } from '@hoerok/shared/cache';
import { createLogger } from '@hoerok/shared/telemetry';
import { createTestDatabase, testServers } from '@hoerok/shared/testing';
import type { Redis } from 'ioredis';
import type { DataSource } from './cached-read-rows.ts';
import { READ_KINDS } from './cached-read-kinds.ts';

const READS = 3_000;
const AT_ONCE = 16;

const logger = createLogger({ service: 'bench', level: 'warn' });
const redis = connectRedis(testServers().redisUrl, logger);
const real = createCache({ redis, logger, keyPrefix: `bench-${randomUUID()}` });
/** Reads that all go to the database, as with Redis down. */
const none: Cache = {
  readThrough: (_family, ids, load) => load(ids),
  invalidate: async () => undefined,
  changes: { begin: async () => async () => undefined },
};

console.log(
  `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${READS} reads, ${AT_ONCE} at a time`,
);
console.log('CPU µs for each read: our process + PostgreSQL + Redis = all; p50 and p95 in ms');
for (const { name, source, prepare } of READ_KINDS) {
  await using database = await createTestDatabase(source);
  const dataSource = await source(database.url).initialize();
  try {
    const readBy = await prepare(dataSource);
    console.log(`\n${name}`);
    for (const [label, cache] of [
      ['database', none],
      ['cache', real],
    ] as const)
      console.log(`  ${label.padEnd(9)}${await measure(dataSource, redis, readBy(cache))}`);
  } finally {
    await dataSource.destroy();
  }
}
redis.disconnect();

async function measure(dataSource: DataSource, client: Redis, read: () => Promise<unknown>): Promise<string> {
  await repeat(read, READS / 4);
  const before = await spent(dataSource, client);
  const times = await repeat(read, READS);
  const after = await spent(dataSource, client);
  const [own, postgres, cache] = after.map((us, place) => (us - (before[place] ?? 0)) / READS);
  const parts = [own, postgres, cache].map((us) => (us ?? 0).toFixed(0));
  const all = ((own ?? 0) + (postgres ?? 0) + (cache ?? 0)).toFixed(0);
  const at = (share: number): string => (times[Math.floor(share * times.length)] ?? 0).toFixed(2);
  return `${parts.join(' + ')} = ${all} µs, p50 ${at(0.5)}, p95 ${at(0.95)}`;
}

async function repeat(read: () => Promise<unknown>, count: number): Promise<number[]> {
  const times: number[] = [];
  let left = count;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const startedAt = performance.now();
      await read();
      times.push(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return times.sort((a, b) => a - b);
}

/** CPU microseconds so far: ours, of the backends of this database, of Redis (whoever else uses it). */
async function spent(dataSource: DataSource, client: Redis): Promise<number[]> {
  const { user, system } = process.cpuUsage();
  const backends: { pid: number }[] = await dataSource.query(
    'SELECT pid FROM pg_stat_activity WHERE datname = current_database()',
  );
  const ticks = await Promise.all(backends.map(({ pid }) => ticksOf(pid)));
  const cpu = await client.info('cpu');
  const seconds = ['used_cpu_user', 'used_cpu_sys'].map((key) =>
    Number(cpu.match(new RegExp(`^${key}:(.*)$`, 'm'))?.[1] ?? 0),
  );
  return [
    user + system,
    ticks.reduce((sum, one) => sum + one, 0) * 10_000,
    seconds.reduce((sum, one) => sum + one, 0) * 1_000_000,
  ];
}

/** Hundredths of a second; 0 where there is no /proc, or PostgreSQL runs elsewhere. */
async function ticksOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
}
