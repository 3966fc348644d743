import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectMessaging, ensureConsumer, ensureStreams, type Messaging } from '@hoerok/shared/messaging';
import { testServers } from '@hoerok/shared/testing';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBrokerAccess } from './broker-access.ts';
import { startInfrastructure } from './infrastructure.ts';
import { type NatsUsers, provisionNatsUsers } from './nats-users.ts';
import { provisionRedisUsers, type RedisUsers } from './redis-users.ts';

const NAMESPACE = 'access';
const REFUSED = /permissions violation/i;
const opened = new AsyncDisposableStack();
let operator: Messaging;
let nats: NatsUsers;
let redis: RedisUsers;
let redisOperatorUrl: string;

beforeAll(async () => {
  const stateDir = await mkdtemp(join(tmpdir(), 'hoerok-users-'));
  opened.defer(() => rm(stateDir, { recursive: true, force: true }));
  const servers = await startInfrastructure({ stateDir, env: { DATABASE_URL: testServers().databaseUrl } });
  opened.defer(() => servers.stop());
  const where = { serverDir: stateDir, stateDir, namespace: NAMESPACE };
  const madeNats = await provisionNatsUsers({ ...where, natsUrl: servers.natsUrl });
  const services = ['todos', 'users', 'gateway'];
  const madeRedis = await provisionRedisUsers({ ...where, redisUrl: servers.redisUrl, services });
  if (madeNats === null || madeRedis === null) throw new Error('The servers are ours.');
  [nats, redis, redisOperatorUrl] = [madeNats, madeRedis, servers.redisUrl];
  operator = await connectMessaging({ url: servers.natsUrl, name: 'operator', namespace: NAMESPACE });
  opened.defer(() => operator.connection.close());
  for (const service of Object.keys(readBrokerAccess().services))
    await ensureStreams(operator, { service, replicas: 1 });
  for (const [service, needs] of Object.entries(readBrokerAccess().services))
    for (const [source, durables] of Object.entries(needs.events))
      for (const durable of durables)
        await ensureConsumer(operator, stream(source), {
          durable_name: durable,
          ack_policy: 'explicit',
        }).catch((cause: unknown) => {
          throw new Error(`${service}: ${durable}`, { cause });
        });
}, 60_000);

afterAll(() => opened.disposeAsync());

const stream = (service: string): string => `${NAMESPACE}EVT_${service.toUpperCase()}`;

async function connectAs(service: string): Promise<Messaging> {
  const url = nats.urls[service] ?? '';
  const messaging = await connectMessaging({ url, name: service, namespace: NAMESPACE });
  opened.defer(() => messaging.connection.close());
  return messaging;
}

/** The error that a subscription ends with; none when it was still open after an answer of the server. */
async function subscribe({ connection }: Messaging, subject: string): Promise<unknown> {
  const failed = new Promise((resolve) => {
    connection.subscribe(subject, { callback: (error) => resolve(error) });
  });
  return await Promise.race([failed, connection.flush().then(async () => await connection.flush())]);
}

/** A request to JetStream, or to anybody, as a user would craft it by hand. */
async function ask({ connection }: Messaging, subject: string, body: object = {}): Promise<unknown> {
  const answer = await connection.request(subject, JSON.stringify(body), { timeout: 2_000 });
  return answer.json();
}

describe('C29: a service at NATS', () => {
  let todos: Messaging;
  beforeAll(async () => {
    todos = await connectAs('todos');
  });

  it('makes its streams, its durables and its events', async () => {
    await ensureStreams(todos, { service: 'todos', listensTo: ['meetings', 'ai', 'tasks'], replicas: 1 });
    const consumer = await ensureConsumer(todos, stream('meetings'), {
      durable_name: 'todos__meeting_access__meeting',
      ack_policy: 'explicit',
    });
    await operator.jetstream.publish(`${NAMESPACE}.evt.meetings.w.meeting.m.created`, '{}');
    const message = await consumer.next({ expires: 5_000 });
    await message?.ackAck();
    expect((await consumer.info()).ack_floor.stream_seq).toBe(1);
    await todos.jetstream.publish(`${NAMESPACE}.evt.todos.w.todo.t.created`, '{}');
    await todos.jetstream.publish(`${NAMESPACE}.task.todos.x.normal`, '{}');
    await todos.jetstream.publish(`${NAMESPACE}.dlq.EVT_MEETINGS.undecodable.evt.meetings.x`, '{}');
  });

  it.each([
    'evt.meetings.w.meeting.m.created',
    'task.ai.write-minutes.high',
    'dlq.EVT_NOTIFICATIONS.undecodable.evt.notifications.x',
    'nudge.ai.outbox',
    'cancel.ai.t-1',
    'live.evt.todos.w.todo.t.created',
  ])('may not publish what another says: %s', async (subject) => {
    await expect(ask(todos, `${NAMESPACE}.${subject}`)).rejects.toThrow(REFUSED);
  });

  it.each([
    ['deleting its own stream', 'STREAM.DELETE', stream('todos')],
    ['purging its own stream', 'STREAM.PURGE', stream('todos')],
    ['deleting one of its messages', 'STREAM.MSG.DELETE', stream('todos')],
    ['deleting the stream of another', 'STREAM.DELETE', stream('users')],
    ['changing the stream of another', 'STREAM.UPDATE', stream('meetings')],
    ['reading the stream of another', 'STREAM.MSG.GET', stream('users')],
    ['reading past its durable', 'STREAM.MSG.GET', stream('meetings')],
    ['reading directly', 'DIRECT.GET', stream('users')],
    ['the queue of another', 'CONSUMER.MSG.NEXT', `${NAMESPACE}TASKS_AI.w_WRITE_MINUTES_high`],
    ['an unnamed consumer', 'CONSUMER.CREATE', stream('meetings')],
    ['a durable of another name', 'CONSUMER.DURABLE.CREATE', `${stream('meetings')}.spy`],
    ['a durable of another', 'CONSUMER.MSG.NEXT', `${stream('meetings')}.ai__meeting_access__meeting`],
    ['deleting it', 'CONSUMER.DELETE', `${stream('meetings')}.ai__meeting_access__meeting`],
    ['pulling by it from its own stream', 'CONSUMER.MSG.NEXT', `${stream('todos')}.tasks__task_view__task`],
    ['making it anew', 'CONSUMER.CREATE', `${stream('todos')}.tasks__task_view__task.x`],
    ['another account', 'ACCOUNT.PURGE', 'x'],
    ['the list of streams', 'STREAM', 'LIST'],
  ])('is refused by JetStream: %s', async (_what, operation, name) => {
    await expect(ask(todos, `$JS.API.${operation}.${name}`)).rejects.toThrow(REFUSED);
  });

  it('may not settle a message of another', async () => {
    const subject = `$JS.ACK.${stream('meetings')}.ai__meeting_access__meeting.1.1.1.1.0`;
    await expect(ask(todos, subject)).rejects.toThrow(REFUSED);
  });

  it.each(['>', '_INBOX.>', `_INBOX_${NAMESPACE}users.>`, '$SYS.>', '$JS.API.>', '$JS.ACK.>'])(
    'may not subscribe to %s',
    async (subject) => {
      expect(await subscribe(todos, subject)).toMatchObject({ message: expect.stringMatching(REFUSED) });
    },
  );

  it.each(['evt.>', 'evt.todos.>', 'live.evt.>', 'task.ai.>', 'dlq.>', 'cancel.*.*'])(
    'may not listen beside its durables: %s',
    async (subject) => {
      expect(await subscribe(todos, `${NAMESPACE}.${subject}`)).toMatchObject({
        message: expect.stringMatching(REFUSED),
      });
    },
  );

  it('is told of the largest message that the server takes', () => {
    expect(todos.connection.info?.max_payload).toBe(1_048_576);
  });
});

describe('C29: the gateway at NATS', () => {
  let gateway: Messaging;
  beforeAll(async () => {
    gateway = await connectAs('gateway');
  });

  it('reads event streams, live and stored', async () => {
    expect(await subscribe(gateway, `${NAMESPACE}.live.evt.users.w.>`)).toBeUndefined();
    expect(await ask(gateway, `$JS.API.STREAM.INFO.${stream('users')}`)).toHaveProperty('config');
    const reader = await gateway.jetstream.consumers.get(stream('meetings'));
    expect((await reader.next({ expires: 5_000 }))?.subject).toContain('evt.meetings');
    await reader.delete();
  });

  it.each([
    [`${NAMESPACE}.evt.users.w.user.u.updated`],
    [`${NAMESPACE}.live.evt.users.w.user.u.updated`],
    [`${NAMESPACE}.task.ai.write-minutes.high`],
    [`${NAMESPACE}.cancel.ai.t`],
    [`${NAMESPACE}.dlq.x`],
    [`$JS.API.STREAM.CREATE.${stream('users')}`],
    [`$JS.API.STREAM.UPDATE.${stream('users')}`],
    [`$JS.API.STREAM.DELETE.${stream('users')}`],
    [`$JS.API.STREAM.PURGE.${stream('users')}`],
    [`$JS.API.STREAM.MSG.GET.${NAMESPACE}DLQ`],
    [`$JS.API.STREAM.MSG.GET.${NAMESPACE}TASKS_AI`],
    [`$JS.API.CONSUMER.DELETE.${stream('meetings')}.ai__meeting_access__meeting`],
    [`$JS.API.CONSUMER.MSG.NEXT.${stream('meetings')}.ai__meeting_access__meeting`],
    [`$JS.API.CONSUMER.CREATE.${stream('meetings')}.ai__meeting_access__meeting.x`],
    [`$JS.ACK.${stream('meetings')}.ai__meeting_access__meeting.1.1.1.1.0`],
  ])('publishes nothing and changes nothing: %s', async (subject) => {
    await expect(ask(gateway, subject)).rejects.toThrow(REFUSED);
  });
});

describe('C30: a service at Redis', () => {
  const connectTo = async (url: string): Promise<Redis> => {
    const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, disableClientInfo: true });
    client.on('error', () => undefined);
    opened.defer(() => client.disconnect());
    await client.connect();
    return client;
  };
  let todos: Redis;
  beforeAll(async () => {
    todos = await connectTo(redis.urls['todos'] ?? '');
  });

  it('reads and writes its own keys', async () => {
    await todos.set(`${NAMESPACE}todos:todo:1`, 'x', 'EX', 5, 'NX');
    expect(await todos.mget(`${NAMESPACE}todos:todo:1`)).toEqual(['x']);
  });

  it.each([
    ['a key of another', ['GET', `${NAMESPACE}users:profile:1`]],
    ['a key of another among its own', ['MGET', `${NAMESPACE}todos:a`, `${NAMESPACE}users:b`]],
    ['a key without prefix', ['SET', 'x', '1']],
    ['its prefix in another namespace', ['GET', 'todos:todo:1']],
    ['KEYS', ['KEYS', '*']],
    ['SCAN', ['SCAN', '0']],
    ['CONFIG', ['CONFIG', 'GET', 'requirepass']],
    ['FLUSHALL', ['FLUSHALL']],
    ['DEL of a key of another', ['DEL', `${NAMESPACE}users:profile:1`]],
    ['EVAL with a key of another', ['EVAL', 'return 1', '1', `${NAMESPACE}users:profile:1`]],
    [
      'EVAL that reads a key of another all the same',
      ['EVAL', "return redis.call('GET', ARGV[1])", '0', `${NAMESPACE}users:profile:1`],
    ],
    ['EVAL that empties everything', ['EVAL', "return redis.call('FLUSHALL')", '0']],
    ['ACL', ['ACL', 'LIST']],
    ['SHUTDOWN', ['SHUTDOWN']],
    ['MONITOR', ['MONITOR']],
    ['SUBSCRIBE', ['SUBSCRIBE', 'x']],
    ['REPLICAOF', ['REPLICAOF', 'no', 'one']],
  ] as const)('is refused %s', async (_what, [command, ...args]) => {
    await expect(todos.call(command, ...args)).rejects.toThrow(/NOPERM|ACL failure|executing the script can/);
  });

  it('is counted by the gateway, in keys of the gateway alone', async () => {
    const gateway = await connectTo(redis.urls['gateway'] ?? '');
    const script = `return redis.call('incrby', KEYS[1], 1)`;
    expect(await gateway.eval(script, 1, `${NAMESPACE}gateway:rl:u-1`)).toBe(1);
    await expect(gateway.eval(script, 1, `${NAMESPACE}todos:x`)).rejects.toThrow(/NOPERM|permission/);
  });

  it('has no default user beside it', async () => {
    const url = new URL(redisOperatorUrl);
    url.username = '';
    await expect(connectTo(url.href)).rejects.toThrow(/closed|WRONGPASS/);
    url.password = '';
    const anonymous = new Redis(url.href, { retryStrategy: () => null, enableReadyCheck: false });
    anonymous.on('error', () => undefined);
    opened.defer(() => anonymous.disconnect());
    await expect(anonymous.get('x')).rejects.toThrow(/NOAUTH/);
  });
});
