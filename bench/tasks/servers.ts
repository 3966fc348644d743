import { appendFile, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import { CHECKOUT_STATE_DIR, startInfrastructure } from '../../scripts/infra/infrastructure.ts';
import { redisServer, redisUrl } from '../../scripts/infra/redis.ts';
import { ensureServer, type ServerSpec, stopServer } from '../../scripts/infra/server-process.ts';

const STATE_DIR = join(CHECKOUT_STATE_DIR, 'bench');
const SERVERS_DIR = join(CHECKOUT_STATE_DIR, 'servers');
const QUEUE_REDIS_DIR = join(STATE_DIR, 'queue-redis');
const SYNC_SAMPLES = 200;

/** Servers that only this run uses. */
export interface BenchServers {
  readonly databaseUrl: string;
  readonly natsUrl: string;
  /** A Redis that keeps every write. */
  readonly queueRedisUrl: string;
  /** Versions and what each server itself says about durability, one line each. */
  readonly descriptions: readonly string[];
  /** Stops the servers by pid and removes their files. Idempotent. */
  readonly remove: () => Promise<void>;
}

/**
 * Starts PostgreSQL, NATS and a second, durable Redis under `.hoerok/bench`. When `signal` aborts meanwhile, it throws
 * and leaves nothing behind.
 */
export async function startBenchServers(signal: AbortSignal): Promise<BenchServers> {
  const options = { stateDir: STATE_DIR, env: {}, signal };
  const infrastructure = await startInfrastructure(options).catch(async (error: unknown) => {
    await rm(STATE_DIR, { recursive: true, force: true });
    throw error;
  });
  const queueRedis = durableRedis();
  const remove = async (): Promise<void> => {
    await stopServer(queueRedis, QUEUE_REDIS_DIR);
    await infrastructure.stop();
    await rm(STATE_DIR, { recursive: true, force: true });
  };
  try {
    // Where its record goes; startInfrastructure makes that folder for its own servers only.
    await mkdir(join(QUEUE_REDIS_DIR, 'run'), { recursive: true });
    const { port } = await ensureServer(queueRedis, QUEUE_REDIS_DIR);
    const { databaseUrl, natsUrl, versions } = infrastructure;
    const queueRedisUrl = redisUrl(QUEUE_REDIS_DIR, port);
    const descriptions = [
      `PostgreSQL ${versions.postgres}: ${await describePostgres(databaseUrl)}`,
      `NATS ${versions.nats}: ${await describeNats()}`,
      await describeRedis(queueRedisUrl),
      `flush of 4 KiB to this disk: ${await measureFlush()}`,
    ];
    signal.throwIfAborted();
    return { databaseUrl, natsUrl, queueRedisUrl, descriptions, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** The Redis of the product is a cache that forgets; this one flushes each write before it answers. */
function durableRedis(): ServerSpec {
  const cache = redisServer(QUEUE_REDIS_DIR, SERVERS_DIR, () => undefined);
  return {
    ...cache,
    prepare: async (port) => {
      const launch = await cache.prepare(port);
      // Of two settings with one name Redis takes the later.
      const settings = 'appendonly yes\nappendfsync always\nmaxmemory 0\nmaxmemory-policy noeviction\n';
      await appendFile(join(QUEUE_REDIS_DIR, 'redis', 'redis.conf'), settings);
      return launch;
    },
  };
}

async function describePostgres(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const settings: string[] = [];
  for (const name of ['fsync', 'synchronous_commit']) {
    const { rows } = await client.query<Record<string, string>>(`SHOW ${name}`);
    settings.push(`${name}=${rows[0]?.[name] ?? '?'}`);
  }
  await client.end();
  return settings.join(' ');
}

async function describeNats(): Promise<string> {
  const config = await readFile(join(STATE_DIR, 'nats', 'nats.conf'), 'utf8');
  const always = config.includes('sync_interval: always');
  return always ? 'sync_interval=always' : 'NOT durable: before 2.10 it flushes every two minutes only';
}

async function describeRedis(url: string): Promise<string> {
  const redis = new Redis(url);
  const version = /redis_version:(\S+)/.exec(await redis.info('server'))?.[1] ?? '?';
  const settings: string[] = [];
  for (const name of ['appendonly', 'appendfsync']) {
    const answer = (await redis.config('GET', name)) as string[];
    settings.push(`${name}=${answer[1] ?? '?'}`);
  }
  redis.disconnect();
  return `Redis ${version}: ${settings.join(' ')}`;
}

async function measureFlush(): Promise<string> {
  const path = join(STATE_DIR, 'flush');
  const file = await open(path, 'w');
  const block = Buffer.alloc(4_096, 1);
  const times: number[] = [];
  for (let sample = 0; sample < SYNC_SAMPLES; sample += 1) {
    const startedAt = performance.now();
    await file.write(block);
    await file.datasync();
    times.push(performance.now() - startedAt);
  }
  await file.close();
  await rm(path);
  times.sort((a, b) => a - b);
  return `p50 ${(times[SYNC_SAMPLES / 2] ?? 0).toFixed(2)} ms`;
}
