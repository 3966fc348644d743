import { eventSubject, qualify } from '@hoerok/shared/messaging';
import { until } from '@hoerok/shared/testing';
import { Agent, EventSource } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Result,
  subscribeEvents,
  subscribeMultipart,
  type Subscriber,
  subscribeSocket,
} from './fixture-clients.ts';
import { type Fixture, startFixture } from './fixture-gateway.ts';
import { serveProxy } from './fixture-proxy.ts';

const STATUS = 'subscription ($id: ID!) { taskUpdated(id: $id) { id status revision } }';
const MINE = 'subscription { myTaskUpdated { id revision } }';

let fixture: Fixture;
let token: string;
beforeAll(async () => {
  fixture = await startFixture();
  token = await fixture.issuer.token();
});
afterAll(async () => await fixture[Symbol.asyncDispose]());

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const revisions = (results: readonly Result[]) =>
  results.map(({ data }) => (Object.values(data ?? {})[0] as { revision: number } | undefined)?.revision);
const codesOf = (results: readonly Result[]) =>
  results.flatMap(({ errors }) => errors ?? []).map((e) => e.extensions?.['code']);
const deliveries = (results: readonly Result[]) => results.map(({ extensions }) => extensions?.['delivery']);
const lastIdOf = ({ results }: Subscriber) => results.at(-1)?.extensions?.['eventId'] as string;

async function publish(id: string, from: number, to: number, end = false): Promise<void> {
  for (const revision of numbers(from, to)) {
    await fixture.publish({ id, revision, status: end && revision === to ? 'COMPLETED' : 'PROCESSING' });
  }
}

describe.each([
  ['graphql-transport-ws', subscribeSocket],
  ['server-sent events', subscribeEvents],
  ['multipart', subscribeMultipart],
] as const)('a client that comes back over %s', (name, subscribe) => {
  const resume = (url: string, id: string, lastEventId: string, by = token) =>
    subscribe(url, { query: STATUS, variables: { id }, extensions: { lastEventId } }, by);

  it('goes on at another gateway where it left off, then live', async () => {
    const id = `resume-${name.length}`;
    const other = await fixture.start();
    await publish(id, 1, 2);
    const first = subscribe(fixture.gateway.url, { query: STATUS, variables: { id } }, token);
    await first.until((results) => results.length === 1);
    await publish(id, 3, 5);
    await first.until((results) => results.length === 4);
    first.stop();
    await publish(id, 6, 30);
    const second = resume(other.url, id, lastIdOf(first));
    await second.until((results) => results.length === 25);
    await publish(id, 31, 32, true);
    await second.completed;
    expect(revisions([...first.results, ...second.results])).toEqual(numbers(2, 32));
    expect(deliveries(second.results).slice(0, 25)).toEqual(numbers(6, 30).map(() => 'replay'));
    expect(deliveries(second.results).slice(-2)).toEqual(['live', 'live']);
    expect(JSON.stringify(second.results)).not.toContain('RESUME_GAP');
    const over = resume(other.url, id, lastIdOf(second));
    await over.completed;
    expect(over.results).toEqual([]);
    await other.close();
  });

  it('is refused with an id that is not of this subscription', async () => {
    const id = `foreign-${name.length}`;
    await publish(id, 1, 1);
    const first = subscribe(fixture.gateway.url, { query: STATUS, variables: { id } }, token);
    await first.until((results) => results.length === 1);
    first.stop();
    const lastEventId = lastIdOf(first);
    const elsewhere = await fixture.issuer.token({ workspaceId: 'w2' });
    for (const again of [
      resume(fixture.gateway.url, 'another', lastEventId),
      resume(fixture.gateway.url, id, lastEventId, elsewhere),
      resume(fixture.gateway.url, id, `${lastEventId}x`),
    ]) {
      await again.completed;
      expect(codesOf(again.results)).toEqual(['BAD_INPUT']);
    }
  });
});

describe('a client that comes back', () => {
  it('as an unmodified EventSource misses nothing over cut connections, and stays away after the end', async () => {
    const proxy = await serveProxy({ host: '127.0.0.1', port: fixture.gateway.port });
    const agent = new Agent().compose((dispatch) => (options, handler) => {
      const headers = { ...(options.headers as Record<string, string>), authorization: `Bearer ${token}` };
      return dispatch({ ...options, headers }, handler);
    });
    const query = encodeURIComponent('subscription { taskUpdated(id: "es") { id revision } }');
    await publish('es', 1, 1);
    const source = new EventSource(`http://127.0.0.1:${proxy.port}/graphql?query=${query}`, {
      node: { dispatcher: agent, reconnectionTime: 100 },
    });
    const results: Result[] = [];
    source.addEventListener('next', (event) => {
      results.push(JSON.parse(String((event as MessageEvent).data)) as Result);
    });
    await until('the snapshot', () => results.length === 1);
    for (const round of [0, 1, 2]) {
      proxy.cut();
      await publish('es', 2 + round * 10, 6 + round * 10);
      proxy.heal();
      await until('what was missed', () => results.length === 6 + round * 10);
      await publish('es', 7 + round * 10, 11 + round * 10);
      await until('what is live', () => results.length === 11 + round * 10);
    }
    await publish('es', 32, 32, true);
    await until('the end', () => source.readyState === EventSource.CLOSED);
    expect(revisions(results)).toEqual(numbers(1, 32));
    expect(new Set(deliveries(results))).toEqual(new Set(['snapshot', 'replay', 'live']));
    await agent.close();
    await proxy.close();
  });

  it('to all tasks gets what happened in every stream', async () => {
    const first = subscribeSocket(fixture.gateway.url, { query: MINE }, token);
    await until('the first event', async () => {
      await fixture.publish({ id: 'm-first', revision: 1 });
      return first.results.length > 0;
    });
    await fixture.publish({ id: 'm-mark', revision: 1 });
    await first.until((results) => JSON.stringify(results).includes('m-mark'));
    first.stop();
    for (const revision of numbers(1, 5)) {
      await fixture.publish({ id: 'm-ai', revision });
      await fixture.publish({ id: 'm-tr', revision, service: 'transcripts' });
      await fixture.publish({ id: 'm-theirs', revision, watchers: ['u9'] });
    }
    const lastEventId = lastIdOf(first);
    const second = subscribeSocket(fixture.gateway.url, { query: MINE, extensions: { lastEventId } }, token);
    await second.until((results) => results.length === 10);
    await fixture.publish({ id: 'm-live', revision: 1 });
    await second.until((results) => results.length === 11);
    second.stop();
    const of = (id: string) =>
      revisions(second.results.filter((result) => JSON.stringify(result).includes(id)));
    expect([of('m-ai'), of('m-tr'), of('m-theirs')]).toEqual([numbers(1, 5), numbers(1, 5), []]);
    expect(deliveries(second.results).at(-1)).toBe('live');
  });

  it('too late gets the state of things and is told of the gap', async () => {
    await publish('late', 1, 1);
    const first = subscribeSocket(fixture.gateway.url, { query: STATUS, variables: { id: 'late' } }, token);
    await first.until((results) => results.length === 1);
    first.stop();
    await publish('late', 2, 9);
    const { manager, namespace } = fixture.messaging;
    await manager.streams.purge(`${namespace}EVT_AI`, { keep: 1 });
    const resumed = {
      query: STATUS,
      variables: { id: 'late' },
      extensions: { lastEventId: lastIdOf(first) },
    };
    const second = subscribeSocket(fixture.gateway.url, resumed, token);
    await second.until((results) => results.length === 1);
    await publish('late', 10, 10, true);
    await second.completed;
    expect(revisions(second.results)).toEqual([9, 10]);
    expect(
      second.results.map(({ extensions }) => [extensions?.['delivery'], extensions?.['resume']]),
    ).toEqual([
      ['snapshot', 'RESUME_GAP'],
      ['live', undefined],
    ]);
  });

  it('to a stream that was made anew gets the state of things and is told of the gap', async () => {
    const { manager, namespace } = fixture.messaging;
    const name = `${namespace}EVT_TRANSCRIPTS`;
    const say = async (revision: number) =>
      await fixture.publish({ id: 'anew', revision, service: 'transcripts' });
    await say(1);
    const first = subscribeSocket(fixture.gateway.url, { query: STATUS, variables: { id: 'anew' } }, token);
    await first.until((results) => results.length === 1);
    first.stop();
    const { config } = await manager.streams.info(name);
    await manager.streams.delete(name);
    await manager.streams.add(config as never);
    await say(2);
    await say(3);
    const resumed = {
      query: STATUS,
      variables: { id: 'anew' },
      extensions: { lastEventId: lastIdOf(first) },
    };
    const second = subscribeSocket(fixture.gateway.url, resumed, token);
    await second.until((results) => results.length === 1);
    expect(second.results[0]).toMatchObject({
      data: { taskUpdated: { revision: 3 } },
      extensions: { delivery: 'snapshot', resume: 'RESUME_GAP' },
    });
    second.stop();
  });

  it('to a task that is no longer theirs finds nothing', async () => {
    await publish('given', 1, 1);
    const first = subscribeSocket(fixture.gateway.url, { query: STATUS, variables: { id: 'given' } }, token);
    await first.until((results) => results.length === 1);
    first.stop();
    await publish('given', 2, 2);
    await fixture.publish({ id: 'given', revision: 3, watchers: ['u2'] });
    const resumed = {
      query: STATUS,
      variables: { id: 'given' },
      extensions: { lastEventId: lastIdOf(first) },
    };
    const second = subscribeSocket(fixture.gateway.url, resumed, token);
    await second.completed;
    expect(codesOf(second.results)).toEqual(['NOT_FOUND']);
    expect(JSON.stringify(second.results)).not.toContain('revision');
  });

  it('in the middle of everything, again and again, gets each event once', async () => {
    const gateways = [fixture.gateway, await fixture.start()];
    const runs = Array.from({ length: 10 }, async (_, run) => {
      const id = `again${run}`;
      await publish(id, 1, 1);
      const publishing = publish(id, 2, 60, true);
      const results: Result[] = [];
      for (
        let round = 0;
        results.at(-1)?.data?.['taskUpdated'] === undefined || !isLast(results);
        round += 1
      ) {
        const extensions =
          results.length === 0 ? {} : { lastEventId: results.at(-1)?.extensions?.['eventId'] };
        const operation = { query: STATUS, variables: { id }, extensions };
        const subscriber = (round % 2 === 0 ? subscribeSocket : subscribeEvents)(
          gateways[(round + run) % 2]?.url ?? '',
          operation,
          token,
        );
        const wanted = 1 + ((round * 7 + run) % 9);
        await subscriber.until((got) => got.length >= wanted || isLast([...results, ...got]));
        subscriber.stop();
        results.push(...subscriber.results);
      }
      await publishing;
      return revisions(results);
    });
    for (const seen of await Promise.all(runs)) expect(seen).toEqual(numbers(seen[0] ?? 0, 60));
    await gateways[1]?.close();
  });
});

function isLast(results: readonly Result[]): boolean {
  return (results.at(-1)?.data?.['taskUpdated'] as { status?: string } | undefined)?.status === 'COMPLETED';
}

describe('who may watch a meeting', () => {
  const query = 'subscription ($id: ID!) { meetingTaskUpdated(meetingId: $id) { id revision } }';
  const watch = (id: string, by = token) =>
    subscribeSocket(fixture.gateway.url, { query, variables: { id } }, by);
  const tell = async (id: string, event: string, participantUserIds: readonly string[]) => {
    const address = { service: 'meetings', workspaceId: 'w1', aggregate: 'meeting', aggregateId: id, event };
    const subject = qualify(fixture.messaging.namespace, eventSubject(address));
    await fixture.messaging.jetstream.publish(subject, JSON.stringify({ id, participantUserIds }));
  };
  const say = async (meeting: string, revision: number) => {
    const more = { meeting: { __typename: 'Meeting', id: meeting } };
    await fixture.publish({ id: `of-${meeting}`, revision, watchers: [], more });
  };

  it('is who takes part: for all others, and in a meeting that does not exist, nothing is found', async () => {
    await tell('g1', 'created', ['u1']);
    const stranger = watch('g1', await fixture.issuer.token({ userId: 'u2' }));
    const nowhere = watch('nowhere');
    const elsewhere = watch('g1', await fixture.issuer.token({ workspaceId: 'w2', role: 'ADMIN' }));
    const manager = watch('g1', await fixture.issuer.token({ userId: 'u3', role: 'MANAGER' }));
    const participant = watch('g1');
    await until('both are let in', async () => {
      await say('g1', 1);
      await say('g2', 1);
      return participant.results.length > 0 && manager.results.length > 0;
    });
    for (const subscriber of [stranger, nowhere, elsewhere]) {
      await subscriber.completed;
      expect(codesOf(subscriber.results)).toEqual(['NOT_FOUND']);
    }
    expect(JSON.stringify([participant.results, manager.results])).not.toContain('of-g2');
    participant.stop();
    manager.stop();
  });

  it('loses the open stream when taken off the list, and so does a resumed one', async () => {
    await tell('g3', 'created', ['u1', 'u2']);
    const removed = watch('g3');
    const remaining = watch('g3', await fixture.issuer.token({ userId: 'u2' }));
    await until('both are let in', async () => {
      await say('g3', 1);
      return removed.results.length > 0 && remaining.results.length > 0;
    });
    const startedAt = performance.now();
    await tell('g3', 'updated', ['u2']);
    await say('g3', 2);
    await removed.completed;
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(codesOf(removed.results)).toEqual(['FORBIDDEN']);
    expect(revisions(removed.results)).not.toContain(2);
    await remaining.until((results) => revisions(results).includes(2));
    const lastEventId = removed.results.find(({ data }) => data != null)?.extensions?.['eventId'];
    const operation = { query, variables: { id: 'g3' }, extensions: { lastEventId } };
    const again = subscribeSocket(fixture.gateway.url, operation, token);
    await again.completed;
    expect(codesOf(again.results)).toEqual(['NOT_FOUND']);
    remaining.stop();
  });

  it('sees the stream complete when the meeting is deleted', async () => {
    await tell('g4', 'created', ['u1']);
    const subscriber = watch('g4');
    await until('the stream is open', async () => {
      await say('g4', 1);
      return subscriber.results.length > 0;
    });
    await tell('g4', 'deleted', []);
    await subscriber.completed;
    expect(codesOf(subscriber.results)).toEqual([]);
    await until('nothing is left open', () => fixture.gateway.interest() === 0);
  });
});
