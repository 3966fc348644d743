import { writeFile } from 'node:fs/promises';
import { until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Gateway } from '../src/server.ts';
import {
  type Operation,
  post,
  type Result,
  subscribeEvents,
  subscribeMultipart,
  subscribeSocket,
} from './fixture-clients.ts';
import { type Fixture, startFixture } from './fixture-gateway.ts';
import { compose } from './fixture-graph.ts';

const RULES = 'import: ["@key", "@authenticated", "@requiresScopes", "@policy"';

/** The fixture's supergraph, with rules put into its subgraphs. */
function supergraphWith(
  { graph }: Fixture,
  replacements: Readonly<Record<'tasks' | 'users', readonly (readonly [string, string])[]>>,
): string {
  const ruled = (name: 'tasks' | 'users') => {
    const { url, sdl } = graph[name];
    const replaced = [['import: ["@key"', RULES] as const, ...replacements[name]].reduce(
      (text, [from, to]) => {
        expect(text).toContain(from);
        return text.replace(from, to);
      },
      sdl,
    );
    return { name, url, sdl: replaced };
  };
  return compose([ruled('tasks'), ruled('users'), graph.meetings]);
}

const TASK_RULES: readonly (readonly [string, string])[] = [
  [
    'label(prefix: String): String',
    'label(prefix: String): String @requiresScopes(scopes: [["labels"], ["all"]])',
  ],
  ['history: [TaskError!]', 'history: [TaskError!] @policy(policies: [["role:ADMIN"]])'],
  ['touch(id: ID!): Task', 'touch(id: ID!): Task @policy(policies: [["role:ADMIN"], ["kind:service"]])'],
  ['taskUpdated(id: ID!): Task!', 'taskUpdated(id: ID!): Task! @authenticated'],
];
const USER_RULES: readonly (readonly [string, string])[] = [
  [
    'type User @key(fields: "id") { id: ID!',
    'type User @key(fields: "id") { id: ID! @policy(policies: [["role:ADMIN"]])',
  ],
  ['me: User', 'me: User @authenticated'],
];

const REFUSED = (path: readonly string[]): object => ({
  message: 'Unauthorized field or type',
  path,
  extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' },
});

let fixture: Fixture;
let gateway: Gateway;
let tokens: Readonly<Record<'member' | 'scoped' | 'admin', string>>;

beforeAll(async () => {
  fixture = await startFixture();
  const { issuer, graph } = fixture;
  tokens = {
    member: await issuer.token(),
    scoped: await issuer.token({ payload: { scope: 'other labels' } }),
    admin: await issuer.token({ role: 'ADMIN' }),
  };
  const row = { __typename: 'Task', id: 't', status: 'PENDING', progress: 0, revision: 1 };
  graph.rows.set('t', { ...row, requestedBy: { __typename: 'User', id: 'u1' } });
  await writeFile(fixture.file, supergraphWith(fixture, { tasks: TASK_RULES, users: USER_RULES }));
  gateway = await fixture.start();
});
afterAll(async () => await fixture[Symbol.asyncDispose]());

type Ask = (operation: Operation, token?: string) => Promise<Result>;

const overHttp: Ask = async (operation, token) =>
  (await post(gateway.url, operation, token === undefined ? {} : { authorization: `Bearer ${token}` })).body;

const STREAMING = { WebSocket: subscribeSocket, SSE: subscribeEvents, multipart: subscribeMultipart };

const streamed =
  (subscribe: typeof subscribeSocket): Ask =>
  async (operation, token) => {
    const subscriber = subscribe(gateway.url, operation, token);
    await subscriber.completed;
    expect(subscriber.results).toHaveLength(1);
    return subscriber.results[0] ?? {};
  };

const TRANSPORTS: readonly (readonly [string, Ask])[] = [
  ['HTTP', overHttp],
  ...Object.entries(STREAMING).map(([name, subscribe]) => [name, streamed(subscribe)] as const),
];

describe('C4: rules of the supergraph', () => {
  const task = { query: '{ task(id: "t") { id tag: label history { code } } me { name } }' };

  it.each(TRANSPORTS)('are kept over %s, whoever asked the same before', async (_name, ask) => {
    // Twice each, and in turns: what has a plan takes a shorter way.
    for (let round = 0; round < 3; round += 1) {
      expect(await ask(task)).toEqual({
        data: { task: { id: 't', tag: null, history: null }, me: null },
        errors: [REFUSED(['task', 'tag']), REFUSED(['task', 'history', '@']), REFUSED(['me'])],
      });
      expect(await ask(task, tokens.member)).toEqual({
        data: { task: { id: 't', tag: null, history: null }, me: { name: 'User u1' } },
        errors: [REFUSED(['task', 'tag']), REFUSED(['task', 'history', '@'])],
      });
      expect(await ask(task, tokens.scoped)).toEqual({
        data: { task: { id: 't', tag: 'task t', history: null }, me: { name: 'User u1' } },
        errors: [REFUSED(['task', 'history', '@'])],
      });
      expect(await ask(task, tokens.admin)).toEqual({
        data: { task: { id: 't', tag: null, history: [{ code: 'A' }] }, me: { name: 'User u1' } },
        errors: [REFUSED(['task', 'tag'])],
      });
    }
  });

  it.each(TRANSPORTS)('keep a refused mutation from being run, over %s', async (_name, ask) => {
    const touch = { query: 'mutation { touch(id: "t") { id } }' };
    const before = fixture.graph.tasks.asked.length;
    for (const token of [undefined, tokens.member, tokens.scoped, tokens.member])
      expect(await ask(touch, token)).toEqual({ data: { touch: null }, errors: [REFUSED(['touch'])] });
    expect(fixture.graph.tasks.asked).toHaveLength(before);
    expect(await ask(touch, tokens.admin)).toEqual({ data: { touch: { id: 't' } } });
  });

  it('never show a key that was fetched only to join', async () => {
    const query = '{ task(id: "t") { requestedBy { id name } } }';
    const { data, errors } = await overHttp({ query }, tokens.member);
    expect(data).toEqual({ task: { requestedBy: null } });
    expect(errors).toEqual([REFUSED(['task', 'requestedBy', 'id'])]);
    expect((await overHttp({ query: query.replace('id name', 'name') }, tokens.member)).data).toEqual({
      task: { requestedBy: { name: 'User u1' } },
    });
    expect((await overHttp({ query }, tokens.admin)).data).toEqual({
      task: { requestedBy: { id: 'u1', name: 'User u1' } },
    });
  });

  it('are not got round by the name of an operation or by fragments', async () => {
    const query =
      'query A { me { name } } query B { task(id: "t") { ...F } } fragment F on Task { label ... { history { code } } }';
    for (const token of [tokens.scoped, undefined, tokens.scoped, undefined]) {
      const { data } = await overHttp({ query, operationName: 'B' }, token);
      // Of what nothing is left nothing is asked.
      expect(data).toEqual({ task: token === undefined ? null : { label: 'task t', history: null } });
    }
    expect((await overHttp({ query, operationName: 'A' })).data).toEqual({ me: null });
  });

  it.each(Object.entries(STREAMING))(
    'close subscriptions and parts of them, over %s',
    async (_name, subscribe) => {
      const query = 'subscription { taskUpdated(id: "watched") { id label status } }';
      const anonymous = subscribe(gateway.url, { query });
      await anonymous.completed;
      expect(anonymous.results).toEqual([{ data: null, errors: [REFUSED(['taskUpdated'])] }]);

      fixture.graph.rows.set('watched', {
        __typename: 'Task',
        id: 'watched',
        status: 'PENDING',
        revision: 1,
        progress: 0,
      });
      await fixture.publish({ id: 'watched', revision: 1 });
      const member = subscribe(gateway.url, { query }, tokens.member);
      const scoped = subscribe(gateway.url, { query }, tokens.scoped);
      await Promise.all(
        [member, scoped].map(async ({ until: held }) => await held(({ length }) => length > 0)),
      );
      expect(member.results[0]).toMatchObject({
        data: { taskUpdated: { id: 'watched', label: null } },
        errors: [REFUSED(['taskUpdated', 'label'])],
      });
      expect(scoped.results[0]).toMatchObject({
        data: { taskUpdated: { id: 'watched', label: 'task watched' } },
      });
      expect(scoped.results[0]?.errors).toBeUndefined();
      member.stop();
      scoped.stop();
    },
  );

  it('refuse the whole operation with AUTHORIZATION_MODE=reject', async () => {
    const strict = await fixture.start({ AUTHORIZATION_MODE: 'reject' });
    const before = fixture.graph.tasks.asked.length;
    for (let round = 0; round < 2; round += 1) {
      const { body } = await post(strict.url, task);
      expect(body.data).toBeNull();
      expect(body.errors).toHaveLength(3);
    }
    expect(fixture.graph.tasks.asked).toHaveLength(before);
    const token = await fixture.issuer.token({ role: 'ADMIN', payload: { scope: 'all' } });
    const { body } = await post(strict.url, task, { authorization: `Bearer ${token}` });
    expect(body.errors).toBeUndefined();
  });
});

describe('C40: a new supergraph', () => {
  it('brings its rules in one step, under load, and a bad one changes nothing', async () => {
    await using own = await startFixture();
    const { url } = own.gateway;
    own.graph.rows.set('t', { __typename: 'Task', id: 't', status: 'PENDING', revision: 1, progress: 0 });
    await own.publish({ id: 't', revision: 1 });
    const token = await own.issuer.token();
    const watcher = subscribeSocket(url, { query: 'subscription { taskUpdated(id: "t") { id } }' }, token);
    await watcher.until(({ length }) => length > 0);

    const swapped = (): boolean => own.log.some((line) => line.includes('A new supergraph is being served'));
    const late: Result[] = [];
    let running = true;
    const load = async (): Promise<void> => {
      while (running) {
        const isAfter = swapped();
        const { body } = await post(url, { query: '{ me { name } }' });
        if (isAfter) late.push(body);
        else expect(body.data === undefined).toBe(false);
      }
    };
    const loads = Promise.all(Array.from({ length: 8 }, load));
    const closed = [
      'taskUpdated(id: ID!): Task!',
      'taskUpdated(id: ID!): Task! @policy(policies: [["role:ADMIN"]])',
    ] as const;
    const sdl = supergraphWith(own, { tasks: [closed], users: USER_RULES });
    await writeFile(own.file, sdl);
    await until('answers of the new one', () => late.length > 20);
    // One that nobody can enforce.
    await writeFile(own.file, sdl.replace('authenticated/v0.1', 'authenticated/v9.0'));
    await until('the refusal', () => own.log.some((line) => line.includes('The new supergraph is refused')));
    const seen = late.length;
    await until('answers after it', () => late.length > seen + 20);
    running = false;
    await loads;
    expect(late.filter(({ data }) => data?.['me'] !== null)).toEqual([]);
    await watcher.completed;
    expect(watcher.results.at(-1)?.errors?.[0]?.extensions?.['code']).toBe('SUBSCRIPTION_SCHEMA_RELOAD');
  });
});
