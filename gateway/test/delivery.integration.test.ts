import { until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Result, subscribeSocket } from './fixture-clients.ts';
import { type Fixture, startFixture } from './fixture-gateway.ts';
import { openSocket } from './fixture-socket.ts';

let fixture: Fixture;
let token: string;
beforeAll(async () => {
  fixture = await startFixture();
  token = await fixture.issuer.token();
});
afterAll(async () => await fixture[Symbol.asyncDispose]());

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const NAMES = 'subscription ($id: ID!) { taskUpdated(id: $id) { id revision requestedBy { name } } }';
const revisions = (results: readonly Result[]) =>
  results.map(({ data }) => (data?.['taskUpdated'] as { revision: number } | undefined)?.revision);

describe('a slow reader', () => {
  it('gets 1,000 of 1,000 events in order, and others do not wait for it', async () => {
    await fixture.publish({ id: 'slow', revision: 1 });
    const { promise: mayAnswer, resolve: answer } = Promise.withResolvers<null>();
    fixture.graph.users.intercept = async () => await mayAnswer;
    const slow = subscribeSocket(fixture.gateway.url, { query: NAMES, variables: { id: 'slow' } }, token);
    await until('its first event is held up', () => fixture.graph.users.asked.length === 1);
    const query = 'subscription { taskUpdated(id: "slow") { id revision } }';
    const quick = subscribeSocket(fixture.gateway.url, { query }, token);
    await quick.until((results) => results.length === 1);
    for (const revision of numbers(2, 1_001)) await fixture.publish({ id: 'slow', revision });
    await quick.until((results) => results.length === 1_001);
    expect(slow.results).toHaveLength(0);
    answer(null);
    fixture.graph.users.intercept = null;
    await slow.until((results) => results.length === 1_001);
    await fixture.publish({ id: 'slow', revision: 1_002, status: 'COMPLETED' });
    await Promise.all([slow.completed, quick.completed]);
    expect(revisions(slow.results)).toEqual(numbers(1, 1_002));
    expect(revisions(quick.results)).toEqual(numbers(1, 1_002));
    expect(slow.results.at(-1)?.extensions?.['delivery']).toBe('live');
  }, 30_000);
});

describe('a socket that takes nothing for a while', () => {
  it('gets 1,000 of 1,000 events of 20 KB in order once it reads again', async () => {
    const { socket, messages, send, init } = await openSocket(fixture.gateway.url);
    await init({ authorization: `Bearer ${token}` });
    const stage = 'x'.repeat(20_000);
    await fixture.publish({ id: 'stalled', revision: 1 });
    const query = 'subscription { taskUpdated(id: "stalled") { revision stage } }';
    send({ id: '1', type: 'subscribe', payload: { query } });
    await until('the snapshot', () => messages.some(({ type }) => type === 'next'));
    socket.pause();
    for (const revision of numbers(2, 1_000)) {
      const status = revision === 1_000 ? 'COMPLETED' : 'PROCESSING';
      await fixture.publish({ id: 'stalled', revision, status, more: { stage } });
    }
    expect(messages.length).toBeLessThan(100);
    socket.resume();
    await until('the end', () => messages.some(({ type }) => type === 'complete'));
    const results = messages.flatMap(({ type, payload }) => (type === 'next' ? [payload as Result] : []));
    expect(revisions(results)).toEqual(numbers(1, 1_000));
    socket.close();
  }, 30_000);
});

describe('an event that lies in the stream twice', () => {
  it('is told once, on a subject of many things and on a filtered one, live and in a replay', async () => {
    const more = { meeting: { __typename: 'Meeting', id: 'twice' } };
    // Without a message id, as after JetStream has forgotten it.
    const publish = async (revision: number) =>
      await fixture.publish({ id: `twice${revision}`, revision, eventId: `twice-${revision}`, more });
    const manager = await fixture.issuer.token({ userId: 'u1', role: 'MANAGER' });
    const { namespace, jetstream } = fixture.messaging;
    const guard = `${namespace}.evt.meetings.w1.meeting.twice.created`;
    await jetstream.publish(guard, '{"participantUserIds":[]}');
    const fields = ['myTaskUpdated', 'meetingTaskUpdated(meetingId: "twice")'];
    for (const field of fields) {
      const watch = (extensions = {}) =>
        subscribeSocket(
          fixture.gateway.url,
          { query: `subscription { told: ${field} { revision } }`, extensions },
          manager,
        );
      const told = ({ results }: { results: readonly Result[] }) =>
        results.map(({ data }) => (data?.['told'] as { revision: number } | undefined)?.revision);
      const first = watch();
      let probes = 0;
      await until('it is open', async () => {
        await publish((probes -= 1));
        return first.results.length > 0;
      });
      for (const revision of [1, 2, 1, 3, 2, 4]) await publish(revision);
      await first.until(() => told(first).includes(4));
      first.stop();
      expect(told(first).filter((revision) => (revision ?? 0) > 0)).toEqual([1, 2, 3, 4]);
      const lastEventId = first.results.at(-1)?.extensions?.['eventId'];
      for (const revision of [5, 6, 5]) await publish(revision);
      const second = watch({ lastEventId });
      await second.until(() => told(second).includes(6));
      for (const revision of [6, 7]) await publish(revision);
      await second.until(() => told(second).includes(7));
      second.stop();
      expect(told(second)).toEqual([5, 6, 7]);
    }
  });
});

describe('identical subscribers', () => {
  const watch = (count: number, by: string, query = NAMES) =>
    Array.from({ length: count }, () =>
      subscribeSocket(fixture.gateway.url, { query, variables: { id: 'shared' } }, by),
    );
  const asked = () => fixture.graph.users.asked.length;

  it('of one user cost one execution per event, those of others one of their own', async () => {
    await fixture.publish({ id: 'shared', revision: 1, watchers: ['u1', 'u2'] });
    const other = await fixture.issuer.token({ userId: 'u2' });
    const twice = NAMES.replace('name', 'name again: name');
    const everyone = [...watch(50, token), ...watch(2, other), ...watch(1, token, twice)];
    for (const subscriber of everyone) await subscriber.until((results) => results.length === 1);
    const before = asked();
    for (const revision of [2, 3, 4]) {
      await fixture.publish({ id: 'shared', revision, watchers: ['u1', 'u2'] });
      for (const subscriber of everyone) await subscriber.until((results) => results.length === revision);
    }
    expect(asked() - before).toBe(9);
    for (const subscriber of everyone) {
      expect(revisions(subscriber.results)).toEqual([1, 2, 3, 4]);
      subscriber.stop();
    }
    expect(new Set(everyone.map(({ results }) => results[3]?.extensions?.['eventId'])).size).toBe(1);
  });
});

describe('many sockets that open at once', () => {
  it('ask each stream for its state a few times, not each for itself', async () => {
    const { connection, namespace } = fixture.messaging;
    let questions = 0;
    const spy = connection.subscribe('$JS.API.STREAM.INFO.>', {
      callback: (_error, { subject }) => {
        if (subject.includes(namespace)) questions += 1;
      },
    });
    await connection.flush();
    const ids = numbers(1, 200).map((number) => `storm${number}`);
    await Promise.all(ids.map(async (id) => await fixture.publish({ id, revision: 1 })));
    const query = 'subscription ($id: ID!) { taskUpdated(id: $id) { revision } }';
    const startedAt = performance.now();
    const subscribers = ids.map((id) =>
      subscribeSocket(fixture.gateway.url, { query, variables: { id } }, token),
    );
    for (const subscriber of subscribers) await subscriber.until((results) => results.length === 1);
    expect(fixture.gateway.interest()).toBe(200);
    // Three streams may hold a task; each is asked at most every 10 ms.
    const turns = (performance.now() - startedAt) / 9 + 2;
    expect(questions).toBeLessThan(Math.min(3 * turns, 600));
    spy.unsubscribe();
    for (const subscriber of subscribers) subscriber.stop();
    await until('all have left', () => fixture.gateway.interest() === 0);
  });
});
