import { Redis } from 'ioredis';
import { findRunning } from './server-process.ts';
import { keepSecret } from './secrets.ts';

/** Who may do everything: operators, and tests. The default user is off. */
export const REDIS_OPERATOR = 'hoerok';

// `info` is what the client library asks before it calls a connection ready.
const CACHE = '+get +mget +set +del +eval +evalsha'.split(' ');
/** A limiter counts in a script, which may call what its user may call. */
const LIMITER = '+get +set +del +incrby +ttl +pttl +expire +pexpire +eval +evalsha +multi +exec'.split(' ');

/** The rules of a process's user: its own keys, and no command that its code does not use. */
export function redisRules(service: string, namespace: string): string[] {
  const commands = service === 'gateway' ? LIMITER : CACHE;
  return ['resetkeys', `~${namespace}${service}:*`, 'resetchannels', '-@all', '+ping', '+info', ...commands];
}

/** The rules that deploy/create-secrets.sh makes the users of the deployed Redis by. */
export const DEPLOYED_RULES_FILE = new URL('../../deploy/redis/rules', import.meta.url);

/** Text of {@link DEPLOYED_RULES_FILE}: a user a line. */
export function deployedRules(services: readonly string[]): string {
  const lines = [...services, 'gateway'].map(
    (service) => `${service} ${redisRules(service, '').join(' ')}\n`,
  );
  return [...lines, `${REDIS_OPERATOR} ~* &* +@all\n`].join('');
}

/** Where the users are made, and for whom. */
export interface RedisUsersOptions {
  /** State folder of the server; only a server that runs from it is given users. */
  readonly serverDir: string;
  /** URL of its operator. */
  readonly redisUrl: string;
  readonly namespace: string;
  /** `gateway` among them. */
  readonly services: readonly string[];
  /** Keeps the passwords. */
  readonly stateDir: string;
}

/** URLs by service, and how to take the users away again. */
export interface RedisUsers {
  readonly urls: Readonly<Record<string, string>>;
  readonly remove: () => Promise<void>;
}

/**
 * Gives the processes of a namespace a user each at a Redis of ours.
 * @returns null for a server that is not ours: its operator makes the users, see docs/operations.md.
 */
export async function provisionRedisUsers(options: RedisUsersOptions): Promise<RedisUsers | null> {
  const { serverDir, redisUrl, namespace, services, stateDir } = options;
  const running = findRunning(serverDir, 'redis');
  const { port, password } = new URL(redisUrl);
  if (port !== String(running?.port) || password !== keepSecret(serverDir, 'redis')) return null;
  const urls: Record<string, string> = {};
  await asOperator(redisUrl, async (redis) => {
    for (const service of services) {
      const user = `${namespace}${service}`;
      const secret = keepSecret(stateDir, `redis-${user}`);
      await redis.call(
        'ACL',
        'SETUSER',
        user,
        'reset',
        'on',
        `>${secret}`,
        ...redisRules(service, namespace),
      );
      const url = new URL(redisUrl);
      url.username = user;
      url.password = secret;
      urls[service] = url.href;
    }
  });
  const users = services.map((service) => `${namespace}${service}`);
  const remove = (): Promise<void> =>
    asOperator(redisUrl, async (redis) => void (await redis.call('ACL', 'DELUSER', ...users)));
  return { urls, remove };
}

async function asOperator(url: string, work: (redis: Redis) => Promise<void>): Promise<void> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
  // Its reason comes with the rejected connect or command too.
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await work(redis);
  } finally {
    redis.disconnect();
  }
}
