import { randomUUID } from 'node:crypto';
import { signRequest, type Viewer } from '@hoerok/shared/auth';
import { taskCancelRequested, taskChanged, type TaskSnapshot } from '@hoerok/shared/contracts';
import { connectMessaging, streamNames } from '@hoerok/shared/messaging';
import {
  publishEvent,
  startTestService,
  TEST_SIGNING_KEY,
  type TestService,
  testServers,
  testViewer,
  until,
} from '@hoerok/shared/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environment } from '../src/config.ts';
import { createDataSource } from '../src/data-source.ts';
import { tasksService } from '../src/service.ts';
import { snapshotOf } from './snapshot.ts';

const workspaceId = testViewer().workspaceId;
const requester = testViewer({ workspaceId });
const watcher = testViewer({ workspaceId });
const stranger = testViewer({ workspaceId });
const manager = testViewer({ workspaceId, role: 'MANAGER' });
const foreigner = testViewer({ role: 'ADMIN' });
const service: Viewer = { kind: 'service', service: 'gateway', workspaceId, onBehalfOf: null };

const TASK = `query ($id: ID!) { task(id: $id) { id kind status priority progress stage attempt maxAttempts revision
  createdAt startedAt finishedAt nextAttemptAt error { code message retryable } requestedBy { id } meeting { id } } }`;
const COMMAND = (name: string): string =>
  `mutation ($id: ID!) { ${name}(id: $id) { task { id status } userErrors { code message path } } }`;

interface Payload {
  task: { id: string; status: string } | null;
  userErrors: { code: string; path: string[] | null }[];
}
interface Page {
  totalCount: number;
  edges: { node: { id: string } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

function snapshot(changes: Partial<TaskSnapshot> = {}): TaskSnapshot {
  return snapshotOf({
    requestedBy: { __typename: 'User', id: requester.userId },
    meeting: { __typename: 'Meeting', id: 'm-1' },
    watchers: [requester.userId, watcher.userId],
    ...changes,
  });
}

describe('the tasks subgraph', () => {
  let test: TestService;
  let queries: string[] = [];

  beforeAll(async () => {
    const logger = {
      logQuery: (query: string) => void queries.push(query),
      logQueryError: () => undefined,
      logQuerySlow: () => undefined,
      logSchemaBuild: () => undefined,
      logMigration: () => undefined,
      log: () => undefined,
    };
    const counted = (url: string) => createDataSource(url).setOptions({ logger, logging: true });
    test = await startTestService(environment, { ...tasksService, createDataSource: counted });
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  const publish = (
    payload: TaskSnapshot,
    options: { owner?: string; id?: string; workspace?: string } = {},
  ) =>
    publishEvent(test.namespace, taskChanged(options.owner ?? 'ai'), {
      workspaceId: options.workspace ?? workspaceId,
      aggregateId: payload.id,
      payload,
      ...(options.id === undefined ? {} : { id: options.id }),
    });
  const read = async (
    id: string,
    viewer: Viewer | null = requester,
  ): Promise<Record<string, unknown> | null> => {
    const answer = await test.execute(viewer, TASK, { id });
    expect(answer.errors).toBeUndefined();
    return (answer.data?.['task'] ?? null) as Record<string, unknown> | null;
  };
  const projected = (id: string, revision: number) =>
    until(`task ${id} at revision ${revision}`, async () => {
      const task = await read(id, service);
      return task?.['revision'] === revision ? task : undefined;
    });
  const stored = async (changes: Partial<TaskSnapshot> = {}, owner = 'ai'): Promise<TaskSnapshot> => {
    const task = snapshot(changes);
    await publish(task, { owner });
    await projected(task.id, task.revision);
    return task;
  };
  const command = async (name: string, id: string, viewer: Viewer = requester): Promise<Payload> => {
    const answer = await test.execute(viewer, COMMAND(name), { id });
    expect(answer.errors).toBeUndefined();
    return answer.data?.[name] as Payload;
  };
  const commandsFor = async (id: string): Promise<unknown[]> => {
    const { manager: jsm, connection } = await connectMessaging({
      url: testServers().natsUrl,
      name: 'test',
      namespace: test.namespace,
    });
    const { events } = streamNames(test.namespace, 'tasks');
    const { state } = await jsm.streams.info(events);
    const found: unknown[] = [];
    // An empty stream says 0 for both, and has no message of that number.
    for (let seq = Math.max(1, state.first_seq); seq <= state.last_seq; seq += 1) {
      const message = await jsm.streams.getMessage(events, { seq });
      if (message?.subject.includes(id) === true) found.push([message.header.get('ce-type'), message.json()]);
    }
    await connection.close();
    return found;
  };

  it('answers a task as the last event of its owner told it', async () => {
    const task = await stored({
      status: 'PENDING',
      revision: 4,
      attempt: 1,
      progress: 0.25,
      stage: 'reading',
      startedAt: '2026-03-04T01:00:01.000Z',
      nextAttemptAt: '2026-03-04T01:00:09.000Z',
      error: { code: 'UNAVAILABLE', message: 'The provider does not answer.', retryable: true },
    });
    const { __typename, watchers: _watchers, requestedBy, meeting, ...same } = task;
    expect(await read(task.id)).toEqual({
      ...same,
      requestedBy: { id: requestedBy?.id },
      meeting: { id: meeting?.id },
    });
  });

  it('keeps the highest revision whatever the order of arrival', async () => {
    const task = await stored({ revision: 5, status: 'COMPLETED', progress: 1 });
    await publish({ ...task, revision: 3, status: 'PROCESSING', progress: 0.5 });
    await stored();
    expect(await read(task.id)).toMatchObject({ revision: 5, status: 'COMPLETED', progress: 1 });
  });

  it('handles the same event once however often it is delivered', async () => {
    const task = snapshot();
    const id = randomUUID();
    await publish(task, { id });
    await publish({ ...task, revision: 2 }, { id });
    await publish({ ...task, stage: 'last' }, { owner: 'ai' });
    await projected(task.id, 1);
    await stored();
    expect(await read(task.id)).toMatchObject({ revision: 1, stage: null });
    const client = new pg.Client({ connectionString: test.databaseUrl });
    await client.connect();
    const { rowCount } = await client.query('SELECT 1 FROM inbox WHERE message_id = $1', [id]);
    await client.end();
    expect(rowCount).toBe(1);
  });

  it('shows a task to its requester, its watchers, a MANAGER and services, and to nobody else', async () => {
    const { id } = await stored();
    for (const viewer of [requester, watcher, manager, service])
      expect(await read(id, viewer)).toMatchObject({ id });
    for (const viewer of [stranger, foreigner, null]) expect(await read(id, viewer)).toBeNull();
    const list = 'query ($f: TaskFilter) { tasks(first: 500, filter: $f) { totalCount } }';
    const counted = async (viewer: Viewer): Promise<unknown> =>
      (await test.execute(viewer, list, { f: { meetingId: 'm-1' } })).data?.['tasks'];
    expect(await counted(stranger)).toEqual({ totalCount: 0 });
    expect(await counted(watcher)).toEqual(await counted(manager));
    expect((await test.execute(null, list)).errors?.[0]?.extensions?.['code']).toBe('UNAUTHENTICATED');
  });

  it('lists tasks newest first, page by page, as the filter says', async () => {
    const meeting = { __typename: 'Meeting', id: `m-${randomUUID()}` } as const;
    const ids: string[] = [];
    for (let day = 1; day <= 5; day += 1) {
      const status = day === 3 ? 'FAILED' : 'COMPLETED';
      ids.unshift((await stored({ meeting, status, createdAt: `2026-05-0${day}T09:00:00.000Z` })).id);
    }
    const list = `query ($after: String, $f: TaskFilter) { tasks(first: 2, after: $after, filter: $f) {
      totalCount edges { node { id } } pageInfo { hasNextPage endCursor } } }`;
    const pageAt = async (after: string | null, filter: object): Promise<Page> => {
      const answer = await test.execute(requester, list, { after, f: { meetingId: meeting.id, ...filter } });
      return answer.data?.['tasks'] as Page;
    };
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Page = await pageAt(after, {});
      expect(page.totalCount).toBe(5);
      seen.push(...page.edges.map(({ node }) => node.id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(ids);
    expect((await pageAt(null, { status: ['FAILED'] })).edges).toEqual([{ node: { id: ids[2] } }]);
    expect((await pageAt(null, { kind: ['TRANSCRIPT_IMPORT'] })).totalCount).toBe(0);
    expect((await pageAt(null, { status: [] })).totalCount).toBe(0);
  });

  it('answers a wrong cursor or page size as the mistake of the caller', async () => {
    const codeOf = async (args: string): Promise<unknown> =>
      (await test.execute(requester, `{ tasks(${args}) { totalCount } }`)).errors?.[0]?.extensions;
    const foreignCursor = Buffer.from('["7"]').toString('base64url');
    expect(await codeOf(`after: "${foreignCursor}"`)).toMatchObject({ code: 'BAD_INPUT', path: ['after'] });
    expect(await codeOf('first: 0')).toMatchObject({ code: 'BAD_INPUT', path: ['first'] });
  });

  it('asks for the tasks of many meetings and for many tasks without a query for each', async () => {
    const meetings = Array.from({ length: 6 }, () => `m-${randomUUID()}`);
    const tasks: TaskSnapshot[] = [];
    for (const id of meetings) {
      for (const day of [1, 2, 3])
        tasks.push(
          await stored({
            meeting: { __typename: 'Meeting', id },
            createdAt: `2026-06-0${day}T00:00:00.000Z`,
          }),
        );
    }
    const entities = `query ($r: [_Any!]!) { _entities(representations: $r) {
      ... on Meeting { id tasks(first: 2) { totalCount edges { node { id } } pageInfo { hasNextPage } } } ... on Task { id } } }`;
    queries = [];
    const ofMeetings = await test.execute(watcher, entities, {
      r: meetings.map((id) => ({ __typename: 'Meeting', id })),
    });
    expect(queries.filter((sql) => sql.includes('task_view'))).toHaveLength(2);
    const [first] = (ofMeetings.data?.['_entities'] ?? []) as { tasks: Page }[];
    expect(first?.tasks).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    expect(first?.tasks.edges.map(({ node }) => node.id)).toEqual([tasks[2]?.id, tasks[1]?.id]);
    queries = [];
    const representations = tasks.map(({ id }) => ({ __typename: 'Task', id }));
    const found = await test.execute(watcher, entities, { r: representations });
    expect(queries.filter((sql) => sql.includes('task_view'))).toHaveLength(1);
    expect(found.data?.['_entities']).toEqual(tasks.map(({ id }) => ({ id })));
    const hidden = await test.execute(stranger, entities, { r: representations.slice(0, 1) });
    expect(hidden.data?.['_entities']).toEqual([null]);
  });

  it('sends a cancellation to the service that owns the task', async () => {
    const { id } = await stored({ status: 'PROCESSING' }, 'transcripts');
    expect(await command('cancelTask', id)).toEqual({ task: { id, status: 'PROCESSING' }, userErrors: [] });
    const sent = await until('the command is in the stream', async () => (await commandsFor(id))[0]);
    expect(sent).toEqual([taskCancelRequested.type, { taskId: id, owner: 'transcripts' }]);
  });

  it('sends a retry for what failed, by a MANAGER as well', async () => {
    const { id } = await stored({ status: 'FAILED' });
    expect((await command('retryTask', id, manager)).task).toEqual({ id, status: 'FAILED' });
    const sent = await until('the command is in the stream', async () => (await commandsFor(id))[0]);
    expect(sent).toEqual(['tasks.task-command.retry-requested.v1', { taskId: id, owner: 'ai' }]);
  });

  it('refuses a command that the viewer or the state does not allow and sends nothing', async () => {
    const running = await stored({ status: 'PROCESSING' });
    const done = await stored({ status: 'COMPLETED' });
    const errorOf = async (name: string, id: string, viewer: Viewer): Promise<unknown> => {
      const { task, userErrors } = await command(name, id, viewer);
      expect(task).toBeNull();
      return userErrors[0];
    };
    expect(await errorOf('cancelTask', running.id, watcher)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await errorOf('cancelTask', running.id, stranger)).toMatchObject({
      code: 'NOT_FOUND',
      path: ['id'],
    });
    expect(await errorOf('cancelTask', running.id, foreigner)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await errorOf('retryTask', running.id, requester)).toMatchObject({ code: 'WRONG_STATE' });
    expect(await errorOf('cancelTask', done.id, requester)).toMatchObject({ code: 'WRONG_STATE' });
    expect(await errorOf('retryTask', done.id, manager)).toMatchObject({ code: 'WRONG_STATE' });
    const marker = await stored({ status: 'FAILED' });
    await command('retryTask', marker.id);
    await until('a later command is in the stream', async () => (await commandsFor(marker.id))[0]);
    expect([...(await commandsFor(running.id)), ...(await commandsFor(done.id))]).toEqual([]);
  });

  it('leaves a task that is cancelled already as it is', async () => {
    const { id } = await stored({ status: 'CANCELLED' });
    expect(await command('cancelTask', id)).toEqual({ task: { id, status: 'CANCELLED' }, userErrors: [] });
  });

  it('refuses a request without a signature, and one whose body was changed after signing', async () => {
    const body = JSON.stringify({ query: '{ tasks { totalCount } }' });
    const signed = signRequest(
      { method: 'POST', path: '/graphql', body: '{}' },
      { key: TEST_SIGNING_KEY, viewer: manager, nowMs: Date.now(), nonce: 'n' },
    );
    for (const headers of [{}, signed]) {
      const response = await fetch(`${test.service.url}/graphql`, { method: 'POST', headers, body });
      expect(response.status).toBe(401);
    }
  });

  it('has no difference between its entities and its migrations', async () => {
    const dataSource = await createDataSource(test.databaseUrl).initialize();
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    await dataSource.destroy();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });
});
