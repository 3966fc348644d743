import { connectMessaging, ensureStreams, type Messaging, qualify } from '@hoerok/shared/messaging';
import { testNamespace, testServers } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEventStore, type EventStore } from '../src/subscriptions/event-store.ts';

let messaging: Messaging;
let store: EventStore;
let stream: string;
beforeAll(async () => {
  const namespace = testNamespace();
  stream = `${namespace}EVT_AI`;
  messaging = await connectMessaging({ url: testServers().natsUrl, name: 'event-store-test', namespace });
  await ensureStreams(messaging, { service: 'ai', replicas: 1 });
  store = createEventStore(messaging);
});
afterAll(async () => {
  for await (const { config } of messaging.manager.streams.list()) {
    if (config.name.startsWith(messaging.namespace)) await messaging.manager.streams.delete(config.name);
  }
  await messaging.connection.close();
});

const publish = async (id: string, body = '{}'): Promise<number> => {
  const subject = qualify(messaging.namespace, `evt.ai.w1.task.${id}.changed`);
  return (await messaging.jetstream.publish(subject, body)).seq;
};
const ALL = 'evt.*.w1.task.*.changed';

describe('what the streams hold', () => {
  it('is counted by subject from a sequence on, and leaves no consumer behind', async () => {
    const first = await publish('a');
    for (const id of ['b', 'a', 'b', 'a']) await publish(id);
    const count = async (subject: string, from: number) => await store.count(stream, subject, from);
    expect(await count('evt.ai.w1.task.a.changed', first)).toBe(3);
    expect(await count('evt.ai.w1.task.a.changed', first + 1)).toBe(2);
    expect(await count(ALL, first + 1)).toBe(4);
    expect(await count(ALL, first + 100)).toBe(0);
    expect((await messaging.manager.streams.info(stream)).state.consumer_count).toBe(0);
  });

  it('is read on past what is no event', async () => {
    const first = await publish('c', '{"revision":1}');
    await publish('c', 'no JSON');
    await publish('c', '[]');
    const last = await publish('c', '{"revision":2}');
    const next = await store.next(stream, 'evt.*.w1.task.c.changed', first + 1);
    expect(next).toMatchObject({ sequence: last, name: 'changed', payload: { revision: 2 } });
    expect(await store.next(stream, ALL, last + 1)).toBeNull();
  });

  it('has a head, which another stream of the same name does not share', async () => {
    const last = await publish('d');
    const head = (await store.heads(ALL)).get(stream);
    expect(head).toMatchObject({ first: 1, last });
    const { config } = await messaging.manager.streams.info(stream);
    await messaging.manager.streams.delete(stream);
    await messaging.manager.streams.add(config as never);
    const anew = (await store.heads(ALL)).get(stream);
    expect(anew).toMatchObject({ last: 0 });
    expect(anew?.epoch).not.toBe(head?.epoch);
  });

  it('is known of a stream that was made a moment ago when it is asked for afresh', async () => {
    await store.heads(ALL);
    await ensureStreams(messaging, { service: 'todos', replicas: 1 });
    expect([...(await store.heads(ALL, { fresh: true })).keys()]).toContain(
      `${messaging.namespace}EVT_TODOS`,
    );
  });
});
