import { randomUUID } from 'node:crypto';
import type { ConsumerInfo } from '@nats-io/jetstream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineEvent } from '../src/contracts/index.ts';
import type { Transact } from '../src/database/index.ts';
import { PermanentError } from '../src/errors/index.ts';
import {
  type EventConsumerDeps,
  type EventHandler,
  onEvent,
  startEventConsumers,
} from '../src/events/index.ts';
import { deadLetterStream, ensureStreams, qualify, streamNames } from '../src/messaging/index.ts';
import { addEvent } from '../src/outbox/index.ts';
import { publishEvent, until } from '../src/testing/index.ts';
import {
  publishRaw,
  SERVICE,
  startTestPlatform,
  type StoredMessage,
  type TestPlatform,
} from './test-platform.ts';

const noteChanged = defineEvent({
  service: 'notes',
  aggregate: 'note',
  event: 'changed',
  version: 1,
  schema: z.object({ number: z.number() }),
});

describe('event consumers', () => {
  let platform: TestPlatform;
  let stops: (() => Promise<void>)[] = [];
  beforeEach(async () => {
    platform = await startTestPlatform({ relay: false });
    await ensureStreams(platform.messaging, { service: SERVICE, listensTo: ['notes'], replicas: 1 });
  });
  afterEach(async () => {
    await Promise.all(stops.map((stop) => stop()));
    stops = [];
    await platform[Symbol.asyncDispose]();
  });

  const listen = async (
    handler: EventHandler,
    deps: Partial<EventConsumerDeps> = {},
  ): Promise<() => Promise<void>> => {
    const eventRetry = { maxFailures: 3, baseMs: 20, maxMs: 100 };
    const consumers = await startEventConsumers({ eventRetry, ...platform, ...deps }, [
      { purpose: 'test', handlers: [handler] },
    ]);
    stops.push(consumers.stop);
    return consumers.stop;
  };
  const publish = (aggregateId: string, number: number, id: string = randomUUID()): Promise<void> =>
    publishEvent(platform.namespace, noteChanged, {
      workspaceId: 'w-1',
      aggregateId,
      payload: { number },
      id,
    });
  const letters = (): Promise<StoredMessage[]> =>
    platform.stored(deadLetterStream(platform.namespace), 'dlq.');
  const state = (): Promise<ConsumerInfo> => {
    const { events } = streamNames(platform.namespace, 'notes');
    return platform.messaging.manager.consumers.info(events, `${SERVICE}__test__note`);
  };
  const settled = (): Promise<boolean> =>
    until('every event is acknowledged', async () => {
      const { num_pending: pending, num_ack_pending: unacknowledged } = await state();
      return pending === 0 && unacknowledged === 0;
    });

  it('replay the stream into the same handlers, once, when their generation is raised', async () => {
    const seen: string[] = [];
    const handlers = [onEvent(noteChanged, async ({ aggregateId }) => void seen.push(aggregateId))];
    const start = async (generation: number): Promise<() => Promise<void>> => {
      const { stop } = await startEventConsumers(platform, [{ purpose: 'test', generation, handlers }]);
      stops.push(stop);
      return stop;
    };
    for (const id of ['n-1', 'n-2']) await publish(id, 1);
    const stop = await start(1);
    await until('both are handled', () => seen.length === 2);
    await stop();
    for (const _restart of [1, 2]) {
      const stopReplay = await start(2);
      await publish('n-3', 1, 'event-3');
      await until('all is replayed', () => seen.length === 5);
      await stopReplay();
    }
    expect(seen.toSorted()).toEqual(['n-1', 'n-1', 'n-2', 'n-2', 'n-3']);
    const { events } = streamNames(platform.namespace, 'notes');
    const durables = await platform.messaging.manager.consumers.list(events).next();
    expect(durables.map(({ name }) => name)).toEqual([`${SERVICE}__test_2__note`]);
  });

  it('handle an event once however often it is delivered', async () => {
    const seen: unknown[] = [];
    await listen(onEvent(noteChanged, async (event) => void seen.push(event)));
    const id = randomUUID();
    for (let copy = 0; copy < 3; copy += 1) await publish('n-1', 7, id);
    await settled();
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({
      id,
      workspaceId: 'w-1',
      aggregateId: 'n-1',
      payload: { number: 7 },
      actorId: null,
    });
  });

  it('keep the order of an aggregate when a handler fails, without holding up others', async () => {
    const seen: string[] = [];
    let failures = 2;
    const other = Promise.withResolvers<void>();
    const handler = onEvent(noteChanged, async ({ aggregateId, payload }) => {
      if (aggregateId === 'n-2') other.resolve();
      if (aggregateId === 'n-1' && payload.number === 1) {
        await other.promise;
        if (failures-- > 0) throw new Error('not yet');
      }
      seen.push(`${aggregateId} ${payload.number}`);
    });
    for (const number of [1, 2, 3]) await publish('n-1', number);
    await publish('n-2', 1);
    await listen(handler);
    await settled();
    expect(seen.filter((entry) => entry.startsWith('n-1'))).toEqual(['n-1 1', 'n-1 2', 'n-1 3']);
    expect(seen[0]).toBe('n-2 1');
    expect(await letters()).toEqual([]);
  });

  it('roll back what a failing handler wrote, and its inbox row with it', async () => {
    let failures = 1;
    const handler = onEvent(noteChanged, async ({ aggregateId }, tx) => {
      await tx.query('INSERT INTO effect (task_id) VALUES ($1)', [aggregateId]);
      if (failures-- > 0) throw new Error('after the effect');
    });
    await listen(handler);
    await publish('n-1', 1);
    await settled();
    expect(await platform.effects('n-1')).toBe(1);
  });

  it.each([
    ['is no JSON', 'no json', noteChanged.type, 'schema'],
    ['does not fit its contract', '{"number":"one"}', noteChanged.type, 'schema'],
    ['is of a version not known here', '{"number":1}', 'notes.note.changed.v2', 'schema'],
  ])('move an event that %s to the dead letters and go on', async (_what, body, type, cause) => {
    const seen: number[] = [];
    await listen(onEvent(noteChanged, async ({ payload }) => void seen.push(payload.number)));
    const headers = { 'ce-id': 'e-1', 'ce-type': type, 'x-workspace-id': 'w-1' };
    await publishRaw(platform, 'evt.notes.w-1.note.n-1.changed', { body, headers });
    await publish('n-1', 2);
    await settled();
    expect(seen).toEqual([2]);
    const [letter] = await letters();
    expect(letter?.subject).toBe(`dlq.EVT_NOTES.${cause}.evt.notes.w-1.note.n-1.changed`);
    expect(letter?.text).toBe(body);
    expect(letter?.header('ce-id')).toBe('e-1');
    expect(letter?.header('x-dead-cause')).toBe(cause);
    expect(letter?.header('x-dead-consumer')).toBe(`${SERVICE}__test__note`);
  });

  it('bury an event whose handler fails for good at once, and one that never succeeds after some attempts', async () => {
    let attempts = 0;
    const handler = onEvent(noteChanged, async ({ payload }) => {
      attempts += 1;
      if (payload.number === 1) throw new PermanentError('NOT_FOUND', 'No such note.');
      throw new Error('never');
    });
    await listen(handler);
    await publish('n-1', 1);
    await publish('n-2', 2);
    await settled();
    expect(attempts).toBe(4);
    const causes = (await letters()).map(({ header }) => header('x-dead-cause'));
    expect(causes.toSorted()).toEqual(['exhausted', 'permanent']);
  });

  it('bury an event whose handler hangs, and let nothing stand that it writes when it goes on at last', async () => {
    const gate = Promise.withResolvers<void>();
    const late: Promise<unknown>[] = [];
    const handler = onEvent(noteChanged, ({ aggregateId }, tx) => {
      const write = gate.promise.then(() =>
        tx.query('INSERT INTO effect (task_id) VALUES ($1)', [aggregateId]),
      );
      late.push(write);
      return write;
    });
    await listen(handler, { eventRetry: { maxFailures: 2, baseMs: 20, maxMs: 100, timeoutMs: 200 } });
    await publish('n-1', 1);
    await settled();
    gate.resolve();
    const written = await Promise.allSettled(late);
    expect(written.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await platform.effects('n-1')).toBe(0);
    const [letter] = await letters();
    expect(letter?.header('x-dead-cause')).toBe('exhausted');
    expect(letter?.header('x-dead-error')).toBe('The handler has not ended within 0.2 seconds.');
  });

  it('bury an event that fills a message of NATS, as much of it as fits', async () => {
    const seen: number[] = [];
    await listen(onEvent(noteChanged, async ({ payload }) => void seen.push(payload.number)));
    const headers = { 'ce-id': 'e-1', 'ce-type': noteChanged.type, 'x-workspace-id': 'w-1' };
    const body = 'x'.repeat(1024 * 1024 - 300);
    await publishRaw(platform, 'evt.notes.w-1.note.n-1.changed', { body, headers });
    await publish('n-1', 2);
    await settled();
    expect(seen).toEqual([2]);
    const [letter] = await letters();
    expect(letter?.header('x-dead-bytes')).toBe(String(body.length));
    expect(body.startsWith(letter?.text ?? 'nothing')).toBe(true);
  });

  it('give what a dead process had in hand to another one as soon as the subscription says', async () => {
    const subscription = { purpose: 'test', handlers: [onEvent(noteChanged, async () => undefined)] };
    for (const ackWaitMs of [30_000, 2_000]) {
      const consumers = await startEventConsumers(platform, [{ ...subscription, ackWaitMs }]);
      await consumers.stop();
    }
    expect((await state()).config.ack_wait).toBe(2_000_000_000);
  });

  it('wait for a database that is away, however long, instead of giving events up', async () => {
    const seen: number[] = [];
    let away = 30;
    const transact: Transact = async (work) => {
      if (away-- > 0) throw new Error('connection refused');
      return await platform.transact(work);
    };
    const handler = onEvent(noteChanged, async ({ payload }) => void seen.push(payload.number));
    await listen(handler, { transact });
    await publish('n-1', 1);
    await settled();
    expect(seen).toEqual([1]);
    expect(await letters()).toEqual([]);
  });

  it('ignore events that they did not ask for', async () => {
    const seen: number[] = [];
    await listen(onEvent(noteChanged, async ({ payload }) => void seen.push(payload.number)));
    await publishRaw(platform, 'evt.notes.w-1.note.n-1.archived', { body: '{}' });
    await publish('n-1', 1);
    await settled();
    expect(seen).toEqual([1]);
    expect(await letters()).toEqual([]);
  });

  it('hand back at once what a stopping process has not handled', async () => {
    const failing = onEvent(noteChanged, async () => {
      throw new Error('not here');
    });
    const seen: number[] = [];
    const stop = await listen(failing, { eventRetry: { maxFailures: 100, baseMs: 20_000, maxMs: 20_000 } });
    for (const number of [1, 2, 3]) await publish('n-1', number);
    await until('all are delivered', async () => (await state()).num_ack_pending === 3);
    await platform.messaging.connection.flush();
    await stop();
    await listen(onEvent(noteChanged, async ({ payload }) => void seen.push(payload.number)));
    await settled();
    expect(new Set(seen)).toEqual(new Set([1, 2, 3]));
  });

  it('go on after NATS has lost the stream', async () => {
    const seen: number[] = [];
    await listen(onEvent(noteChanged, async ({ payload }) => void seen.push(payload.number)));
    await publish('n-1', 1);
    await settled();
    await platform.messaging.manager.streams.delete(streamNames(platform.namespace, 'notes').events);
    await publish('n-1', 2);
    await until('the event of the new stream is handled', () => seen.length === 2);
    expect(seen).toEqual([1, 2]);
  });

  it('hear of an event as soon as a stream is back that was away for longer than they wait', async () => {
    const seen: number[] = [];
    let tries = 0;
    const logger = {
      ...platform.logger,
      debug: () => void (tries += 1),
    } as unknown as TestPlatform['logger'];
    await listen(
      onEvent(noteChanged, async ({ payload }) => void seen.push(payload.number)),
      { logger },
    );
    // Once an event has come, they wait at the server for the next one, and hear from it that the stream is gone.
    await publish('n-1', 1);
    await until('they listen', () => seen.length === 1);
    await platform.messaging.manager.streams.delete(streamNames(platform.namespace, 'notes').events);
    await until('they have looked for it again', () => tries >= 2);
    await publish('n-1', 2);
    // A pull from the consumer that is gone would be given up after 30 seconds.
    await until('the event is handled', () => seen.length === 2);
    expect(seen).toEqual([1, 2]);
  });

  it('never get an event that NATS would not take: it fails the transaction that tells of it', async () => {
    const contract = defineEvent({
      ...noteChanged,
      service: SERVICE,
      schema: z.object({ text: z.string() }),
    });
    const event = { contract, workspaceId: 'w-1', aggregateId: 'n-1', actorId: null };
    const telling = platform.transact(async (tx) => {
      await tx.query("INSERT INTO effect (task_id) VALUES ('n-1')");
      await addEvent(tx, { ...event, payload: { text: 'x'.repeat(512 * 1024) } });
    });
    await expect(telling).rejects.toMatchObject({ code: 'TOO_LARGE' });
    expect(await platform.effects('n-1')).toBe(0);
  });

  it('need no part in it: every event is also told live, under its own subject behind "live."', async () => {
    platform.startRelay();
    const live = platform.messaging.connection.subscribe(qualify(platform.namespace, 'live.>'), { max: 1 });
    const contract = { ...noteChanged, service: SERVICE };
    const event = { contract, workspaceId: 'w-1', aggregateId: 'n-1', payload: { number: 1 }, actorId: null };
    await platform.transact((tx) => addEvent(tx, event));
    for await (const message of live) {
      expect(message.subject).toBe(`${platform.namespace}.live.evt.${SERVICE}.w-1.note.n-1.changed`);
      expect(message.json()).toEqual({ number: 1 });
      expect(message.headers?.get('Nats-Sequence')).toBe('1');
    }
  });
});
