import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectMessaging } from '@hoerok/shared/messaging';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { REPOSITORY } from '../supergraph/supergraph-config.ts';
import { CHECKOUT_STATE_DIR } from './infrastructure.ts';
import { natsServer } from './nats.ts';
import { redisServer } from './redis.ts';
import { ensureServer, type ServerSpec, stopServer } from './server-process.ts';

const opened = new AsyncDisposableStack();
let folder: string;
/** Beside what the servers themselves write into `folder`. */
const deployed = (...path: string[]): string => join(folder, 'deploy', ...path);

/** Our server, run by the file of the deployment: what differs there is where it listens and stores. */
async function startDeployed(
  spec: ServerSpec,
  file: string,
  edit: (text: string, port: number) => string,
): Promise<number> {
  const prepare: ServerSpec['prepare'] = async (port) => {
    const plan = await spec.prepare(port);
    writeFileSync(deployed(file), edit(readFileSync(deployed(file), 'utf8'), port));
    return { ...plan, args: spec.name === 'nats' ? ['--config', deployed(file)] : [deployed(file)] };
  };
  // The operator's password is that of the deployment, so readiness is asked by the tests.
  const started = await ensureServer({ ...spec, prepare, probe: (port) => probe(spec.name, port) }, folder);
  opened.defer(() => stopServer(spec, folder));
  return started.port;
}

async function probe(name: string, port: number): Promise<string> {
  if (name === 'nats') {
    const { connection } = await connectMessaging({ url: urlOf('todos-nats-url', port), name: 'probe' });
    await connection.close();
  } else {
    await (await connectRedis(port)).ping();
  }
  return '0.0.0';
}

function urlOf(secret: string, port: number): string {
  const url = new URL(readFileSync(deployed('secrets', secret), 'utf8').trim());
  return `${url.protocol}//${url.username}:${url.password}@127.0.0.1:${port}`;
}

async function connectRedis(port: number): Promise<Redis> {
  const redis = new Redis(urlOf('todos-redis-url', port), { lazyConnect: true, retryStrategy: () => null });
  redis.on('error', () => undefined);
  opened.defer(() => redis.disconnect());
  await redis.connect();
  return redis;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hoerok-deployed-'));
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  const filter = (path: string): boolean => !path.endsWith('/secrets');
  cpSync(fileURLToPath(new URL('deploy', REPOSITORY)), deployed(), { recursive: true, filter });
  execFileSync('sh', [deployed('create-secrets.sh')]);
  cpSync(deployed('secrets/nats-passwords.conf'), deployed('nats/passwords.conf'));
  await mkdir(join(folder, 'run'));
}, 60_000);

afterAll(() => opened.disposeAsync());

it('C29: the NATS of the deployment lets each service say what is its own', async () => {
  const spec = natsServer(folder, join(CHECKOUT_STATE_DIR, 'servers'), () => undefined);
  const port = await startDeployed(spec, 'nats/nats.conf', (text, to) =>
    text
      .replace('port: 4222', `listen: "127.0.0.1:${to}"`)
      .replace(/^http:.*$/m, '')
      // Not every server that this may run on knows the key.
      .replace(/^\s*sync_interval:.*$/m, '')
      .replace('/data', JSON.stringify(join(folder, 'store'))),
  );
  const todos = await connectMessaging({ url: urlOf('todos-nats-url', port), name: 'todos' });
  opened.defer(() => todos.connection.close());
  await todos.manager.streams.add({ name: 'EVT_TODOS', subjects: ['evt.todos.>'] });
  await todos.jetstream.publish('evt.todos.w.todo.t.created', '{}');
  await expect(todos.jetstream.publish('evt.users.w.user.u.updated', '{}')).rejects.toThrow(/permissions/i);
  await expect(todos.manager.streams.delete('EVT_TODOS')).rejects.toThrow(/permissions/i);
  const stranger = connectMessaging({ url: `nats://todos:wrong@127.0.0.1:${port}`, name: 'stranger' });
  await expect(stranger).rejects.toThrow(/authorization/i);
});

it('C30: the Redis of the deployment lets each service at its own keys', async () => {
  const spec = redisServer(folder, join(CHECKOUT_STATE_DIR, 'servers'), () => undefined);
  const port = await startDeployed(
    spec,
    'redis/redis.conf',
    (text, to) =>
      `bind 127.0.0.1\nport ${to}\n${text.replace('/etc/redis/users.conf', deployed('secrets/redis-users.conf'))}`,
  );
  const redis = await connectRedis(port);
  await redis.set('todos:todo:1', 'x', 'EX', 5);
  await expect(redis.get('users:profile:1')).rejects.toThrow(/NOPERM/);
  await expect(redis.flushall()).rejects.toThrow(/NOPERM/);
});
