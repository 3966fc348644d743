import { accessRevoked } from '@hoerok/shared/contracts';
import { publishEvent, startTestService, type TestService, testViewer, until } from '@hoerok/shared/testing';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environment } from '../src/config.ts';
import { createDataSource } from '../src/data-source.ts';
import { todosService } from '../src/service.ts';
import { createNeighbors } from './neighbors.ts';

const viewer = testViewer();
const colleague = testViewer({ workspaceId: viewer.workspaceId });
const neighbors = createNeighbors(viewer, colleague);

const CREATE_FEED = `mutation ($label: String!) { createCalendarFeed(label: $label) { feed { id label createdAt lastReadAt } url userErrors { code path } } }`;
const REVOKE = `mutation ($id: ID!) { revokeCalendarFeed(id: $id) { feedId userErrors { code } } }`;
const FEEDS = `{ calendarFeeds { id label lastReadAt } }`;
const CREATE = `mutation ($input: CreateTodoInput!) { createTodo(input: $input) { todo { id } userErrors { code } } }`;
const COMPLETE = `mutation ($id: ID!) { completeTodo(id: $id) { userErrors { code } } }`;

interface NewFeed {
  readonly feed: { readonly id: string } | null;
  readonly url: string;
  readonly userErrors: readonly object[];
}

describe('a calendar feed', () => {
  let test: TestService;
  let database: DataSource;
  beforeAll(async () => {
    test = await startTestService(environment, todosService, { adapters: { gateway: neighbors.gateway } });
    database = await createDataSource(test.databaseUrl).initialize();
  });
  afterAll(async () => {
    await database.destroy();
    await test[Symbol.asyncDispose]();
  });

  const run = async <T>(document: string, variables: object = {}, who = viewer): Promise<T> => {
    const { data, errors } = await test.execute(who, document, variables);
    expect(errors).toBeUndefined();
    return Object.values(data ?? {})[0] as T;
  };
  const open = async (who = viewer): Promise<{ id: string; url: string }> => {
    const { feed, url, userErrors } = await run<NewFeed>(CREATE_FEED, { label: 'Phone' }, who);
    expect(userErrors).toEqual([]);
    // The port that the system has chosen is not in the configuration.
    const reached = new URL(new URL(url).pathname + new URL(url).search, test.service.url);
    return { id: feed?.id ?? '', url: reached.href };
  };
  const create = async (input: object, who = viewer): Promise<string> =>
    (await run<{ todo: { id: string } }>(CREATE, { input }, who)).todo.id;

  it('shows the open todos of its user that have a due date, and changes with them', async () => {
    const dueAt = '2030-03-01T09:00:00Z';
    const mine = { assigneeId: viewer.userId, dueAt };
    const id = await create({ ...mine, title: '견적 받기' });
    await create({ assigneeId: viewer.userId, title: 'No date' });
    await create({ title: 'Of nobody', dueAt });
    await create({ title: 'Of a colleague', assigneeId: colleague.userId, dueAt });
    const { url } = await open();
    const first = await fetch(url);
    expect(first.status).toBe(200);
    expect(first.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    const text = await first.text();
    expect(text.match(/^SUMMARY:.*/gm)).toEqual(['SUMMARY:견적 받기']);
    expect(text).toContain(`UID:todo-${id}@hoerok`);

    const etag = first.headers.get('etag') ?? '';
    const again = await fetch(url, { headers: { 'if-none-match': `"other", W/${etag}` } });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    await run(COMPLETE, { id });
    const changed = await fetch(url, { headers: { 'if-none-match': etag } });
    expect(changed.status).toBe(200);
    expect(await changed.text()).not.toContain('SUMMARY');
  });

  it('keeps its secret out of the database and tells it once', async () => {
    const { id, url } = await open();
    const token = new URL(url).searchParams.get('token') ?? '';
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const rows: unknown = await database.query('SELECT * FROM calendar_feed WHERE id = $1', [id]);
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(JSON.stringify(await run(FEEDS))).not.toContain(token);
  });

  it('answers nothing from the moment it is revoked, and only its user can do that', async () => {
    const { id, url } = await open();
    const refused = await run<{ userErrors: object[] }>(REVOKE, { id }, colleague);
    expect(refused.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
    expect((await fetch(url)).status).toBe(200);
    expect(await run<{ id: string; lastReadAt: string }[]>(FEEDS)).toContainEqual({
      id,
      label: 'Phone',
      lastReadAt: expect.any(String) as string,
    });
    expect(await run(REVOKE, { id })).toEqual({ feedId: id, userErrors: [] });
    expect((await fetch(url)).status).toBe(404);
    expect((await run<{ id: string }[]>(FEEDS)).map((feed) => feed.id)).not.toContain(id);
  });

  it('ends when all access of its user is withdrawn, not with a sign-out', async () => {
    const user = testViewer();
    const { url } = await open(user);
    const { url: other } = await open(testViewer({ workspaceId: user.workspaceId }));
    const withdraw = (sessionId: string | null): Promise<void> =>
      publishEvent(test.namespace, accessRevoked, {
        workspaceId: user.workspaceId,
        aggregateId: user.userId,
        payload: { userId: user.userId, sessionId, revision: 2, accessEndsAt: '2030-01-01T00:00:00.000Z' },
      });
    await withdraw('a-session');
    await withdraw(null);
    await until('the feed has ended', async () => (await fetch(url)).status === 404);
    expect((await fetch(other)).status).toBe(200);
  });

  it('is not for API keys, nor for an anonymous viewer', async () => {
    const program = { ...viewer, apiKeyId: 'k', scopes: ['write'] };
    for (const [document, variables] of [
      [CREATE_FEED, { label: 'x' }],
      [FEEDS, {}],
    ] as const) {
      const codes = await Promise.all(
        [program, null].map(async (who) => {
          const { errors } = await test.execute(who, document, variables);
          return errors?.[0]?.extensions?.['code'];
        }),
      );
      expect(codes).toEqual(['FORBIDDEN', 'UNAUTHENTICATED']);
    }
  });

  it('has a label, and there are no more than ten of one user however fast they come', async () => {
    const user = testViewer();
    const wrong = await run<NewFeed>(CREATE_FEED, { label: ' ' }, user);
    expect(wrong).toEqual({ feed: null, url: null, userErrors: [{ code: 'BAD_INPUT', path: ['label'] }] });
    const made = await Promise.all(
      Array.from({ length: 14 }, () => run<NewFeed>(CREATE_FEED, { label: 'x' }, user)),
    );
    expect(made.filter(({ feed }) => feed !== null)).toHaveLength(10);
    expect(made.flatMap(({ userErrors }) => userErrors)[0]).toMatchObject({ code: 'WRONG_STATE' });
  });

  it.each([
    ['no token', '', 'GET', 404],
    ['a token that was never given', '?token=abc', 'GET', 404],
    ['a token of any length', `?token=${'x'.repeat(5_000)}`, 'GET', 404],
    ['another method', '', 'POST', 405],
  ])('refuses %s', async (_what, query, method, status) => {
    const answer = await fetch(`${test.service.url}/calendar.ics${query}`, { method });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('answers HEAD without a body', async () => {
    const { url } = await open(testViewer());
    const answer = await fetch(url, { method: 'HEAD' });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect(answer.headers.get('etag')).not.toBeNull();
  });
});
