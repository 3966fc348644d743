import { testServers, until } from '@hoerok/shared/testing';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Result, subscribeEvents, subscribeSocket } from './fixture-clients.ts';
import { type Fixture, startFixture } from './fixture-gateway.ts';
import { serveProxy } from './fixture-proxy.ts';

const STATUS = 'subscription ($id: ID!) { taskUpdated(id: $id) { id status revision } }';

let fixture: Fixture;
let token: string;
beforeAll(async () => {
  fixture = await startFixture();
  token = await fixture.issuer.token();
});
afterAll(async () => await fixture[Symbol.asyncDispose]());

const watch = (id: string, by = token) =>
  subscribeSocket(fixture.gateway.url, { query: STATUS, variables: { id } }, by);
const revisions = (results: readonly Result[]) =>
  results.map(({ data }) => (data?.['taskUpdated'] as { revision: number } | undefined)?.revision);
const codesOf = (results: readonly Result[]) =>
  results.flatMap(({ errors }) => errors ?? []).map((e) => e.extensions?.['code']);

describe('what a subscription may ask', () => {
  it('takes aliases, variables, named fragments, @include below the root, and fields that the event lacks', async () => {
    await fixture.publish({
      id: 'shape',
      revision: 1,
      status: 'COMPLETED',
      more: { error: { code: 'X', message: 'm' } },
    });
    fixture.graph.rows.set('shape', {
      __typename: 'Task',
      id: 'shape',
      status: 'PENDING',
      revision: 0,
      progress: 0,
    });
    fixture.graph.tasks.asked.length = 0;
    const query = `
      subscription Shape($id: ID!, $first: Int, $more: Boolean!, $less: Boolean!, $p: String) {
        job: taskUpdated(id: $id) { ...Head who: requestedBy { called: name } ... on Task @include(if: $more) { ...Parts } meeting @skip(if: $more) { title } createdAt @include(if: $less) }
      }
      fragment Head on Task { key: id __typename state: status error { why: code } tag: label(prefix: $p) other: label }
      fragment Parts on Task { transcript { texts: segments(first: $first) } history { code } }
    `;
    const variables = { id: 'shape', first: 1, more: true, less: false, p: 'job' };
    const subscriber = subscribeSocket(fixture.gateway.url, { query, variables }, token);
    await subscriber.completed;
    expect(subscriber.results[0]?.errors).toBeUndefined();
    expect(subscriber.results[0]?.data).toEqual({
      job: {
        key: 'shape',
        __typename: 'Task',
        state: 'COMPLETED',
        error: { why: 'X' },
        tag: 'job shape',
        other: 'task shape',
        who: { called: 'User u1' },
        transcript: { texts: ['s0'] },
        history: [{ code: 'A' }],
      },
    });
    // One question for all that the event lacks.
    expect(fixture.graph.tasks.asked).toHaveLength(1);
  });

  it('gives subgraphs the subscriber as the viewer', async () => {
    await fixture.publish({ id: 'signed', revision: 1, status: 'COMPLETED' });
    fixture.graph.users.asked.length = 0;
    const query = 'subscription { taskUpdated(id: "signed") { requestedBy { name } } }';
    await subscribeSocket(fixture.gateway.url, { query }, token).completed;
    const viewer = String(fixture.graph.users.asked[0]?.headers['x-hoerok-viewer']);
    expect(JSON.parse(Buffer.from(viewer, 'base64url').toString())).toMatchObject({
      userId: 'u1',
      workspaceId: 'w1',
    });
  });

  it('reports a null that breaks a promise as an error and not as silence', async () => {
    await fixture.publish({ id: 'null', revision: 1, status: 'COMPLETED' });
    fixture.graph.meetings.intercept = async ({ query }) =>
      query.includes('mood')
        ? { body: JSON.stringify({ data: { _entities: [{ transcript: { mood: null } }] } }) }
        : null;
    const query = 'subscription { taskUpdated(id: "null") { id transcript { mood } } }';
    const subscriber = subscribeSocket(fixture.gateway.url, { query }, token);
    await subscriber.completed;
    fixture.graph.meetings.intercept = null;
    expect(subscriber.results[0]).toMatchObject({
      data: { taskUpdated: { id: 'null', transcript: null } },
      errors: [{ path: ['taskUpdated', 'transcript', 'mood'] }],
    });
  });

  it('is silent about what is not there for its viewer, as a query is', async () => {
    await fixture.publish({ id: 'absent', revision: 1, status: 'COMPLETED' });
    fixture.graph.users.intercept = async () => ({ body: JSON.stringify({ data: { _entities: [null] } }) });
    const query = 'subscription { taskUpdated(id: "absent") { id requestedBy { name } } }';
    const subscriber = subscribeSocket(fixture.gateway.url, { query }, token);
    await subscriber.completed;
    fixture.graph.users.intercept = null;
    expect(subscriber.results[0]?.errors).toBeUndefined();
    expect(subscriber.results[0]?.data).toEqual({ taskUpdated: { id: 'absent', requestedBy: null } });
  });

  it('needs an event source', async () => {
    const subscriber = subscribeSocket(
      fixture.gateway.url,
      { query: 'subscription { sourceless { id } }' },
      token,
    );
    await subscriber.completed;
    expect(codesOf(subscriber.results)).toEqual(['SUBSCRIPTION_SOURCE_MISSING']);
    expect(subscriber.results[0]?.errors?.[0]?.message).toContain('@eventStream');
  });

  it('takes no wildcard for an id', async () => {
    for (const id of ['*', '>', 'a.b']) {
      const subscriber = watch(id);
      await subscriber.completed;
      expect(codesOf(subscriber.results)).toEqual(['BAD_INPUT']);
    }
  });
});

describe('who sees a task', () => {
  it('is a matter of the workspace in the token', async () => {
    await fixture.publish({ id: 'ours', revision: 1 });
    const foreign = watch('ours', await fixture.issuer.token({ workspaceId: 'w2', role: 'ADMIN' }));
    await foreign.completed;
    expect(codesOf(foreign.results)).toEqual(['NOT_FOUND']);
  });

  it('is its watchers, and for others it is not found', async () => {
    await fixture.publish({ id: 'private', revision: 1, watchers: ['u2'] });
    const stranger = watch('private');
    await stranger.completed;
    expect(codesOf(stranger.results)).toEqual(['NOT_FOUND']);
    const manager = watch('private', await fixture.issuer.token({ role: 'MANAGER' }));
    await manager.until((results) => results.length === 1);
    expect(revisions(manager.results)).toEqual([1]);
    manager.stop();
  });

  it('is nobody who is not signed in', async () => {
    const anonymous = subscribeSocket(fixture.gateway.url, { query: STATUS, variables: { id: 'ours' } });
    await anonymous.completed;
    expect(codesOf(anonymous.results)).toEqual(['UNAUTHENTICATED']);
  });

  it('on the stream of all tasks is the same audience', async () => {
    const query = 'subscription { myTaskUpdated { id revision } }';
    const subscriber = subscribeEvents(fixture.gateway.url, { query }, token);
    await until('the stream is open', () => fixture.gateway.interest() > 0);
    // The stream is open once its subject is; a first message of ours proves it.
    await until('the first event', async () => {
      await fixture.publish({ id: 'first', revision: 1 });
      return subscriber.results.length > 0;
    });
    await fixture.publish({ id: 'theirs', revision: 1, watchers: ['u9'] });
    await fixture.publish({ id: 'foreign', revision: 1, workspaceId: 'w2' });
    await fixture.publish({ id: 'mine', revision: 1, service: 'transcripts' });
    await subscriber.until(
      (results) =>
        results.at(-1)?.data?.['myTaskUpdated'] !== undefined && JSON.stringify(results).includes('mine'),
    );
    subscriber.stop();
    expect(JSON.stringify(subscriber.results)).not.toMatch(/theirs|foreign/);
  });
});

describe('the beginning of a stream', () => {
  it('asks the graph for a task that no stream knows', async () => {
    const row = { __typename: 'Task', id: 'old', status: 'FAILED', revision: 9, progress: 1 };
    fixture.graph.rows.set('old', row);
    const subscriber = watch('old');
    await subscriber.completed;
    expect(subscriber.results).toMatchObject([
      {
        data: { taskUpdated: { id: 'old', status: 'FAILED', revision: 9 } },
        extensions: { delivery: 'snapshot' },
      },
    ]);
  });

  it('says not found for a task that nobody knows, within moments', async () => {
    const subscriber = watch('nowhere');
    await subscriber.completed;
    expect(codesOf(subscriber.results)).toEqual(['NOT_FOUND']);
  });

  it.each([
    ['a subgraph that is down', { status: 500, body: 'broken' }, 'UNAVAILABLE'],
    [
      'a refusal',
      { body: '{"data":null,"errors":[{"message":"no","extensions":{"code":"FORBIDDEN"}}]}' },
      'NOT_FOUND',
    ],
    [
      'an outage',
      { body: '{"data":null,"errors":[{"message":"later","extensions":{"code":"UNAVAILABLE"}}]}' },
      'UNAVAILABLE',
    ],
  ])('says how it is when the graph answers with %s', async (_what, reply, code) => {
    fixture.graph.tasks.intercept = async () => reply;
    const subscriber = watch('unreadable');
    await subscriber.completed;
    fixture.graph.tasks.intercept = null;
    expect(codesOf(subscriber.results)).toEqual([code]);
  });

  it('has no gap and no repetition, whoever wins the race between finishing and subscribing', async () => {
    const races = Array.from({ length: 100 }, async (_, race) => {
      const id = `race${race}`;
      const publishing = (async () => {
        for (let revision = 1; revision <= 10; revision += 1) {
          await fixture.publish({ id, revision, status: revision === 10 ? 'COMPLETED' : 'PROCESSING' });
        }
      })();
      const subscriber = (race % 2 === 0 ? subscribeSocket : subscribeEvents)(
        fixture.gateway.url,
        { query: STATUS, variables: { id } },
        token,
      );
      await Promise.all([publishing, subscriber.completed]);
      return revisions(subscriber.results);
    });
    for (const seen of await Promise.all(races)) {
      const first = seen[0] ?? 0;
      expect(seen).toEqual(Array.from({ length: 11 - first }, (_, i) => first + i));
    }
  });
});

describe('a lost connection to NATS', () => {
  it('loses no event', async () => {
    const nats = new URL(testServers().natsUrl);
    const proxy = await serveProxy({ host: nats.hostname, port: Number(nats.port) });
    nats.port = String(proxy.port);
    const gateway = await fixture.start({ NATS_URL: nats.href });
    await fixture.publish({ id: 'cut', revision: 1 });
    const subscriber = subscribeSocket(gateway.url, { query: STATUS, variables: { id: 'cut' } }, token);
    await subscriber.until((results) => results.length === 1);
    proxy.cut();
    for (let revision = 2; revision <= 20; revision += 1) await fixture.publish({ id: 'cut', revision });
    proxy.heal();
    await until('NATS is back', () => fixture.log.some((line) => line.includes('NATS is back')));
    await fixture.publish({ id: 'cut', revision: 21, status: 'COMPLETED' });
    await subscriber.completed;
    const seen = revisions(subscriber.results);
    expect(seen).toEqual(Array.from({ length: 21 }, (_, i) => i + 1));
    await gateway.close();
    await proxy.close();
  });
});

describe('a quiet stream', () => {
  const socket = () =>
    createClient({
      url: `${fixture.gateway.url.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: { authorization: `Bearer ${token}` },
    });
  const sink = { next: () => undefined, error: () => undefined, complete: () => undefined };
  const operation = { query: 'subscription { myTaskUpdated { id } }' };

  it('is one subject for many and is released with the last one, however they leave', async () => {
    await until('nothing is open', () => fixture.gateway.interest() === 0);
    const [completing, closing] = [socket(), socket()];
    const complete = completing.subscribe(operation, sink);
    closing.subscribe(operation, sink);
    const events = subscribeEvents(fixture.gateway.url, operation, token);
    await until('the subject is open', () => fixture.gateway.interest() === 1);
    complete();
    await closing.dispose();
    expect(fixture.gateway.interest()).toBe(1);
    events.stop();
    await until('the subject is released', () => fixture.gateway.interest() === 0);
    await completing.dispose();
  });
});
