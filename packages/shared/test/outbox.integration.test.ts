import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { todoCreated } from '../src/contracts/index.ts';
import { connectMessaging, streamNames } from '../src/messaging/index.ts';
import { addEvent, addMessage, startRelay } from '../src/outbox/index.ts';
import { testServers, until } from '../src/testing/index.ts';
import { SERVICE, startTestPlatform, type TestPlatform } from './test-platform.ts';
import { startTcpProxy } from './tcp-proxy.ts';

/** Commits one numbered message for an aggregate. */
async function write(platform: TestPlatform, aggregate: string, number: number): Promise<void> {
  await platform.transact((tx) =>
    addMessage(tx, {
      messageId: randomUUID(),
      aggregateKey: `note:${aggregate}`,
      subject: `evt.${SERVICE}.w-1.note.${aggregate}.changed`,
      headers: { 'x-workspace-id': 'w-1' },
      payload: { number },
    }),
  );
}

async function numbers(platform: TestPlatform, aggregate: string): Promise<number[]> {
  const { events } = streamNames(platform.namespace, SERVICE);
  const messages = await platform.stored(events, `evt.${SERVICE}.w-1.note.${aggregate}.`);
  return messages.map(({ text }) => (JSON.parse(text) as { number: number }).number);
}

const waiting = async (platform: TestPlatform): Promise<number> =>
  (await platform.sql('SELECT 1 FROM outbox')).length;
const drained = (platform: TestPlatform): Promise<boolean> =>
  until('the outbox is empty', async () => (await waiting(platform)) === 0);
const oneTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('the outbox', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await startTestPlatform();
  });
  afterAll(async () => {
    await platform[Symbol.asyncDispose]();
  });

  it('publishes the messages of each aggregate in the order of their commits, once', async () => {
    const aggregates = ['a', 'b', 'c'];
    for (const number of oneTo(40))
      await Promise.all(aggregates.map((name) => write(platform, name, number)));
    await drained(platform);
    for (const name of aggregates) expect(await numbers(platform, name)).toEqual(oneTo(40));
  });

  it('publishes an event with the attributes that its consumers need', async () => {
    const id = `t-${randomUUID()}`;
    const payload = {
      __typename: 'Todo' as const,
      id,
      revision: 1,
      title: 'Write the minutes',
      status: 'OPEN' as const,
      meetingId: null,
      assigneeId: null,
      createdById: 'u-1',
    };
    // The contract belongs to another service; its stream would be that service's.
    const contract = { ...todoCreated, service: SERVICE };
    const event = { contract, workspaceId: 'w-1', aggregateId: id, payload, actorId: 'u-1' };
    await platform.transact((tx) => addEvent(tx, event));
    await drained(platform);
    const { events } = streamNames(platform.namespace, SERVICE);
    const [message] = await platform.stored(events, `evt.${SERVICE}.w-1.todo.${id}.created`);
    expect(JSON.parse(message?.text ?? '')).toEqual(payload);
    expect(message?.header('ce-type')).toBe('todos.todo.created.v1');
    expect(message?.header('Nats-Msg-Id')).toBe(message?.header('ce-id'));
    expect(message?.header('x-workspace-id')).toBe('w-1');
    expect(message?.header('x-actor-id')).toBe('u-1');
  });

  it('stores no event that does not fit its contract, and publishes nothing of what was rolled back', async () => {
    const wrong = {
      contract: todoCreated,
      workspaceId: 'w-1',
      aggregateId: 'x',
      actorId: null,
      payload: {} as never,
    };
    await expect(platform.transact((tx) => addEvent(tx, wrong))).rejects.toThrow('invalid_value');
    const failing = platform.transact(async (tx) => {
      await addMessage(tx, {
        messageId: randomUUID(),
        aggregateKey: 'note:gone',
        subject: `evt.${SERVICE}.w-1.note.gone.changed`,
        headers: {},
        payload: { number: 1 },
      });
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    await write(platform, 'after', 1);
    await drained(platform);
    expect(await numbers(platform, 'gone')).toEqual([]);
  });

  it('goes on after PostgreSQL has ended its connection', async () => {
    await platform.sql(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = $1 AND datname = current_database()`,
      [`hoerok ${SERVICE} relay`],
    );
    await write(platform, 'terminated', 1);
    await drained(platform);
    expect(await numbers(platform, 'terminated')).toEqual([1]);
  });

  it('creates a stream again that NATS has lost, and publishes into it', async () => {
    const { events } = streamNames(platform.namespace, SERVICE);
    await platform.messaging.manager.streams.delete(events);
    await write(platform, 'lost', 1);
    await drained(platform);
    expect(await numbers(platform, 'lost')).toEqual([1]);
  });
});

describe('the outbox when something is away', () => {
  it('keeps what was committed by a process that died before it could publish', async () => {
    await using platform = await startTestPlatform({ relay: false });
    for (const number of oneTo(3)) await write(platform, 'a', number);
    expect(await waiting(platform)).toBe(3);
    platform.startRelay();
    await drained(platform);
    expect(await numbers(platform, 'a')).toEqual([1, 2, 3]);
  });

  it('lets one of two replicas publish, for both, and hands over when it stops', async () => {
    await using first = await startTestPlatform({ relay: false });
    const relay = first.startRelay();
    await using second = await startTestPlatform({ reuse: first, relay: false });
    const holders = (): Promise<unknown[]> =>
      first.sql(`SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);
    await until('the first relay is active', async () => (await holders()).length === 1);
    const active = await holders();
    second.startRelay();
    for (const number of oneTo(5)) await write(second, 'a', number);
    await drained(first);
    expect(await holders()).toEqual(active);
    await relay.stop();
    await write(first, 'a', 6);
    await drained(first);
    expect(await numbers(second, 'a')).toEqual(oneTo(6));
  });

  it('keeps rows while NATS is away, stops without waiting for it, and publishes in order when it is back', async () => {
    await using proxy = await startTcpProxy(testServers().natsUrl);
    await using platform = await startTestPlatform({ natsUrl: proxy.url, relay: false });
    const relay = platform.startRelay();
    await write(platform, 'a', 1);
    await drained(platform);
    await proxy.cut();
    await expect(platform.messaging.connection.rtt()).rejects.toThrow('disconnected');
    for (const number of [2, 3, 4]) await write(platform, 'a', number);
    await relay.stop();
    expect(await waiting(platform)).toBe(3);
    platform.startRelay();
    await proxy.mend();
    await drained(platform);
    expect(await numbers(platform, 'a')).toEqual([1, 2, 3, 4]);
  });

  it('holds back only the aggregates of a full queue, however many rows wait in front', async () => {
    await using platform = await startTestPlatform({ relay: false });
    const { tasks } = streamNames(platform.namespace, SERVICE);
    await platform.messaging.manager.streams.update(tasks, { max_msgs_per_subject: 1 });
    await platform.sql(
      `INSERT INTO outbox (message_id, aggregate_key, subject, headers, payload)
       SELECT 'm' || i, 'task:' || i, 'task.${SERVICE}.MINUTES.normal', '{}', '{}' FROM generate_series(1, 1200) i`,
    );
    for (const number of oneTo(3)) await write(platform, 'behind', number);
    platform.startRelay();
    await until('the event behind the full queue is published', async () => {
      return (await numbers(platform, 'behind')).length === 3;
    });
    expect(await waiting(platform)).toBe(1199);
  });

  it('does not fail a commit whose nudge finds a closing connection', async () => {
    await using platform = await startTestPlatform({ relay: false });
    const messaging = await connectMessaging({ url: testServers().natsUrl, name: 'closing' });
    const { databaseUrl, logger } = platform;
    const relay = startRelay({ databaseUrl, messaging, logger, service: SERVICE });
    await relay.stop();
    const drain = messaging.connection.drain();
    expect(() => relay.nudge()).not.toThrow();
    await drain;
    expect(() => relay.nudge()).not.toThrow();
  });
});
