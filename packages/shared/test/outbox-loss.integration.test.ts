import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { findMissing } from '../src/messaging/index.ts';
import { testServers, until } from '../src/testing/index.ts';
import {
  AGGREGATES,
  drained,
  EACH,
  eventsOf,
  heard,
  listen,
  numbers,
  oneTo,
  write,
  writeAll,
} from './notes.ts';
import { startCrashChild } from './start-crash-child.ts';
import { startTcpProxy } from './tcp-proxy.ts';
import { publishRaw, SERVICE, startTestPlatform, type TestPlatform } from './test-platform.ts';

const OFTEN = { checkIntervalMs: 100 };
const countInStream = async (platform: TestPlatform): Promise<number> =>
  (await platform.messaging.manager.streams.info(eventsOf(platform))).state.messages;

/** Waits until the stream holds as many messages and nothing waits. */
const refilled = (platform: TestPlatform, messages = AGGREGATES.length * EACH): Promise<boolean> =>
  until(`the stream holds ${messages} messages`, async () => {
    const waiting = (await platform.sql('SELECT 1 FROM outbox')).length;
    const held = await countInStream(platform).catch(() => 0);
    return waiting === 0 && held === messages;
  });

/** The kept messages with the moment each was published, to see whether one was touched. */
const kept = (platform: TestPlatform): Promise<Record<string, unknown>[]> =>
  platform.sql('SELECT id, published_at, stream_epoch, stream_seq FROM outbox_published ORDER BY id');

describe('events that their stream has lost', () => {
  it('come again, in order, when the stream is deleted before anybody has read it', async () => {
    await using platform = await startTestPlatform({ relay: false });
    platform.startRelay(OFTEN);
    await writeAll(platform);
    await platform.messaging.manager.streams.delete(eventsOf(platform));
    await refilled(platform);
    for (const aggregate of AGGREGATES) expect(await numbers(platform, aggregate)).toEqual(oneTo(EACH));
    await using listener = await listen(platform);
    const { seen } = listener;
    await heard(listener);
    for (const aggregate of AGGREGATES) expect(seen.get(aggregate)).toEqual(oneTo(EACH));
  });

  it('come again before a newer one that finds no stream, and are handled once', async () => {
    await using platform = await startTestPlatform();
    await using listener = await listen(platform);
    const { seen } = listener;
    await writeAll(platform);
    await heard(listener);
    await platform.messaging.manager.streams.delete(eventsOf(platform));
    await write(platform, 'a', EACH + 1);
    await refilled(platform, AGGREGATES.length * EACH + 1);
    expect(await numbers(platform, 'a')).toEqual(oneTo(EACH + 1));
    await until('the newer one is heard', () => seen.get('a')?.includes(EACH + 1));
    for (const aggregate of AGGREGATES) await write(platform, aggregate, EACH + 2);
    await until('all are heard', () => [...seen.values()].every((list) => list.includes(EACH + 2)));
    expect(seen.get('a')).toEqual(oneTo(EACH + 2));
    expect(seen.get('b')).toEqual([...oneTo(EACH), EACH + 2]);
  });

  it.each([
    [
      'the first half of the stream is purged',
      (platform: TestPlatform) =>
        platform.messaging.manager.streams.purge(eventsOf(platform), { seq: 21, filter: '' }),
      20,
    ],
    [
      'a message in the middle is gone',
      (platform: TestPlatform) => platform.messaging.manager.streams.deleteMessage(eventsOf(platform), 15),
      1,
    ],
  ])('come again, and only they, when %s', async (_what, lose, count) => {
    await using platform = await startTestPlatform({ relay: false });
    platform.startRelay(OFTEN);
    await using listener = await listen(platform);
    const { seen } = listener;
    await writeAll(platform);
    await heard(listener);
    const before = await kept(platform);
    await lose(platform);
    expect(await countInStream(platform)).toBe(EACH * AGGREGATES.length - count);
    await refilled(platform);
    const untouched = new Set(before.map((row) => JSON.stringify(row)));
    const again = (await kept(platform)).filter((row) => !untouched.has(JSON.stringify(row)));
    expect(again).toHaveLength(count);
    for (const aggregate of AGGREGATES)
      expect((await numbers(platform, aggregate)).toSorted((one, other) => one - other)).toEqual(oneTo(EACH));
    for (const aggregate of AGGREGATES) await write(platform, aggregate, EACH + 1);
    await until('all are heard', () => [...seen.values()].every((list) => list.includes(EACH + 1)));
    for (const list of seen.values()) expect(list).toEqual(oneTo(EACH + 1));
  });

  it.each([
    ['fewer', 10, {}],
    ['more', 100, OFTEN],
  ])('come again when others have filled a new stream with %s messages', async (_how, others, timing) => {
    await using platform = await startTestPlatform({ relay: false });
    platform.startRelay(timing);
    await writeAll(platform);
    await platform.messaging.manager.streams.delete(eventsOf(platform));
    await platform.repairStreams();
    for (const number of oneTo(others))
      await publishRaw(platform, `evt.${SERVICE}.w-1.stranger.${number}.changed`, { body: '{}' });
    await write(platform, 'e', 1);
    await refilled(platform, others + AGGREGATES.length * EACH + 1);
    for (const aggregate of AGGREGATES) expect(await numbers(platform, aggregate)).toEqual(oneTo(EACH));
    expect(await numbers(platform, 'e')).toEqual([1]);
  });

  it('come again when they were published by a relay that was killed since', async () => {
    await using platform = await startTestPlatform({ relay: false });
    for (const aggregate of AGGREGATES) await write(platform, aggregate, 1);
    const { died } = startCrashChild(platform, 'outbox:after-settle');
    expect(await died).toEqual([null, 'SIGKILL']);
    await platform.messaging.manager.streams.delete(eventsOf(platform));
    platform.startRelay();
    await refilled(platform, AGGREGATES.length);
    for (const aggregate of AGGREGATES) expect(await numbers(platform, aggregate)).toEqual([1]);
  });

  it('come again when the stream has been cut off and their numbers were given to others', async () => {
    await using platform = await startTestPlatform({ relay: false });
    const relay = platform.startRelay();
    await writeAll(platform);
    await relay.stop();
    // As if the stream had held three more before its end was lost, and a message of ours, whose acknowledgement did
    // not come through, had been given the place of one of them.
    await platform.sql(
      `INSERT INTO outbox_published
       SELECT 1000 + seq, 'lost ' || seq, 'note:z', 'evt.${SERVICE}.w-1.note.z.changed', '{}',
         json_build_object('number', seq - 40), now(), now(), stream, stream_epoch, seq
       FROM outbox_published, generate_series(41, 43) seq WHERE stream_seq = 1`,
    );
    await write(platform, 'a', EACH + 1);
    const [row] = await platform.sql('SELECT message_id, payload FROM outbox');
    const { message_id: id, payload } = row as { message_id: string; payload: string };
    await publishRaw(platform, `evt.${SERVICE}.w-1.note.a.changed`, { body: payload, id });
    platform.startRelay();
    await refilled(platform, AGGREGATES.length * EACH + 4);
    expect(await numbers(platform, 'z')).toEqual([2, 3, 1]);
    expect(await numbers(platform, 'a')).toEqual(oneTo(EACH + 1));
  });
});

describe('the books of what was published', () => {
  it('have nothing published again when nothing was lost', async () => {
    await using proxy = await startTcpProxy(testServers().natsUrl);
    await using platform = await startTestPlatform({ natsUrl: proxy.url, relay: false });
    const relay = platform.startRelay(OFTEN);
    await writeAll(platform);
    const before = await kept(platform);
    expect(before).toHaveLength(AGGREGATES.length * EACH);
    await proxy.cut();
    await expect(platform.messaging.connection.rtt()).rejects.toThrow('disconnected');
    await proxy.mend();
    await until('NATS is back', () => platform.messaging.connection.rtt().catch(() => false));
    await write(platform, 'a', EACH + 1);
    await drained(platform);
    await relay.stop();
    platform.startRelay(OFTEN);
    await write(platform, 'a', EACH + 2);
    await drained(platform);
    expect((await kept(platform)).slice(0, before.length)).toEqual(before);
    expect(await countInStream(platform)).toBe(before.length + 2);
    const { last_seq: last } = (await platform.messaging.manager.streams.info(eventsOf(platform))).state;
    expect(last).toBe(before.length + 2);
  });

  it('let go of what is older than a day, never of what still waits', async () => {
    await using platform = await startTestPlatform({ relay: false });
    const relay = platform.startRelay();
    await writeAll(platform);
    await relay.stop();
    await platform.sql(
      `UPDATE outbox_published SET published_at = now() - interval '24 hours 1 second'
       WHERE aggregate_key <> 'note:a'`,
    );
    await platform.sql(
      `INSERT INTO outbox (message_id, aggregate_key, subject, headers, payload, created_at)
       VALUES ($1, 'note:x', 'evt.nobody.w-1.note.x.changed', '{}', '{}', now() - interval '2 days')`,
      [randomUUID()],
    );
    platform.startRelay(OFTEN);
    await until('the old ones are gone', async () => (await kept(platform)).length === EACH);
    const left = await platform.sql('SELECT DISTINCT aggregate_key FROM outbox_published');
    expect(left).toEqual([{ aggregate_key: 'note:a' }]);
    expect(await platform.sql('SELECT aggregate_key FROM outbox')).toEqual([{ aggregate_key: 'note:x' }]);
  });

  it('do not miss what an operator lets the stream push out', async () => {
    await using platform = await startTestPlatform({ relay: false });
    await platform.messaging.manager.streams.update(eventsOf(platform), { max_msgs: 5 });
    platform.startRelay(OFTEN);
    await writeAll(platform);
    const before = await kept(platform);
    await write(platform, 'e', 1);
    await drained(platform);
    await until('five are left', async () => (await countInStream(platform)) === 5);
    expect((await kept(platform)).slice(0, before.length)).toEqual(before);
  });

  it('keep no wake-ups', async () => {
    await using platform = await startTestPlatform();
    await platform.sql(
      `INSERT INTO outbox (message_id, aggregate_key, subject, headers, payload)
       VALUES ('w', 'wake:1', 'task.${SERVICE}.MINUTES.normal', '{}', '{}')`,
    );
    await drained(platform);
    expect(await kept(platform)).toEqual([]);
  });
});

describe('reading a stream', () => {
  it('tells which messages are missing, also at its end', async () => {
    await using platform = await startTestPlatform();
    await writeAll(platform);
    const { manager } = platform.messaging;
    for (const seq of [2, 15, 16, 40]) await manager.streams.deleteMessage(eventsOf(platform), seq);
    const found = await manager.streams.info(eventsOf(platform));
    expect(await findMissing(platform.messaging, found, { from: 5 })).toEqual([15, 16, 40]);
    const gone = AbortSignal.abort();
    expect(await findMissing(platform.messaging, found, { from: 5, signal: gone })).toEqual([]);
  });
});
