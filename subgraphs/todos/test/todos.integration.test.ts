import type { Viewer } from '@hoerok/shared/auth';
import {
  actionItemAccepted,
  type EventPayload,
  meetingUpdated,
  todoCompleted,
  todoCreated,
  todoStatusChanged,
} from '@hoerok/shared/contracts';
import {
  publishEvent,
  recordQueries,
  startTestService,
  type TestService,
  testNamespace,
  testViewer,
  until,
} from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environment } from '../src/config.ts';
import { createDataSource } from '../src/data-source.ts';
import { todosService } from '../src/service.ts';
import { createNeighbors, lastEvent, meetingOf } from './neighbors.ts';

const organizer = testViewer();
const { workspaceId } = organizer;
const colleague = testViewer({ workspaceId });
const stranger = testViewer({ workspaceId });
const manager = testViewer({ workspaceId, role: 'MANAGER' });
const foreigner = testViewer({ role: 'ADMIN' });
const neighbors = createNeighbors(organizer, colleague, stranger, manager);
const recorded = recordQueries(todosService);

const FIELDS = `id title status priority revision overdue completedAt dueAt
  assignee { id } createdBy { id } meeting { id } source { id } history { field from to actor { id } }`;
const PAYLOAD = `todo { ${FIELDS} } userErrors { code message path }`;
const CREATE = `mutation ($input: CreateTodoInput!) { createTodo(input: $input) { ${PAYLOAD} } }`;
const UPDATE = `mutation ($input: UpdateTodoInput!) { updateTodo(input: $input) { ${PAYLOAD} } }`;
const ASSIGN = `mutation ($id: ID!, $userId: ID!) { assignTodo(id: $id, userId: $userId) { ${PAYLOAD} } }`;
const COMPLETE = `mutation ($id: ID!) { completeTodo(id: $id) { ${PAYLOAD} } }`;
const IMPORT = `mutation ($ids: [ID!]!) { createTodosFromActionItems(actionItemIds: $ids) {
  todos { ${FIELDS} } skipped userErrors { code message path } } }`;
const OF_MEETING = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Meeting {
  progress { total done overdue percent state } todos(first: 2) { totalCount edges { node { title } } } } } }`;

interface Payload {
  todo: { id: string; status: string; revision: number; [field: string]: unknown } | null;
  todos: { id: string; [field: string]: unknown }[];
  skipped: number;
  userErrors: { code: string; message: string; path?: string[] | null }[];
}

describe('the todos subgraph', () => {
  let test: TestService;

  beforeAll(async () => {
    test = await startTestService(environment, recorded.definition, {
      adapters: { gateway: neighbors.gateway },
    });
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  const read = async (document: string, variables: object, viewer: Viewer = organizer): Promise<unknown> => {
    const answer = await test.execute(viewer, document, variables);
    expect(answer.errors).toBeUndefined();
    return Object.values(answer.data ?? {})[0];
  };
  const run = (document: string, variables: object, viewer: Viewer = organizer): Promise<Payload> =>
    read(document, variables, viewer) as Promise<Payload>;
  const create = async (input: object = {}, viewer: Viewer = organizer): Promise<Payload> =>
    run(CREATE, { input: { title: 'Send the draft', ...input } }, viewer);
  const meeting = (...participants: (typeof organizer)[]): string => {
    const state = meetingOf(organizer, ...participants);
    neighbors.meetings.set(state.id, state);
    return state.id;
  };
  const sees = async (viewer: Viewer, id: string): Promise<boolean> =>
    (await read('query ($id: ID!) { todo(id: $id) { id } }', { id }, viewer)) !== null;

  it('writes a todo down and tells of it', async () => {
    const meetingId = meeting(colleague);
    const { todo, userErrors } = await create({ meetingId, assigneeId: colleague.userId, priority: 'HIGH' });
    expect(userErrors).toEqual([]);
    expect(todo).toMatchObject({
      status: 'OPEN',
      priority: 'HIGH',
      revision: 1,
      overdue: false,
      source: null,
      history: [],
      assignee: { id: colleague.userId },
      createdBy: { id: organizer.userId },
      meeting: { id: meetingId },
    });
    const told = await lastEvent(test, todoCreated, { workspaceId, id: todo?.id ?? '' });
    expect(told).toMatchObject({ meetingId, assigneeId: colleague.userId, createdById: organizer.userId });
  });

  it('answers wrong input with the path of the field and stores nothing', async () => {
    const count = (): Promise<unknown> => read('{ todos { totalCount } }', {});
    const before = await count();
    const refused = [
      await create({ title: '  ' }),
      await create({ assigneeId: 'nobody' }),
      await create({ meetingId: 'no-meeting' }),
    ];
    expect(refused.map(({ userErrors: [error] }) => [error?.code, error?.path])).toEqual([
      ['BAD_INPUT', ['title']],
      ['BAD_INPUT', ['assigneeId']],
      ['NOT_FOUND', ['meetingId']],
    ]);
    expect(await count()).toEqual(before);
  });

  it('keeps the history of a todo and tells of its status and its assignee', async () => {
    const id = (await create()).todo?.id ?? '';
    await run(UPDATE, {
      input: { id, expectedRevision: 1, title: 'Send the final draft', status: 'IN_PROGRESS' },
    });
    expect(await lastEvent(test, todoStatusChanged, { workspaceId, id })).toMatchObject({
      assigneeChanged: false,
    });
    await run(ASSIGN, { id, userId: colleague.userId });
    const { todo } = await run(COMPLETE, { id }, colleague);
    expect(todo).toMatchObject({ status: 'DONE', revision: 4 });
    expect(todo?.['completedAt']).not.toBeNull();
    expect(todo?.['history']).toEqual([
      { field: 'status', from: 'IN_PROGRESS', to: 'DONE', actor: { id: colleague.userId } },
      { field: 'assignee', from: null, to: colleague.userId, actor: { id: organizer.userId } },
      { field: 'status', from: 'OPEN', to: 'IN_PROGRESS', actor: { id: organizer.userId } },
      { field: 'title', from: 'Send the draft', to: 'Send the final draft', actor: { id: organizer.userId } },
    ]);
    expect(await lastEvent(test, todoCompleted, { workspaceId, id })).toMatchObject({
      status: 'DONE',
      revision: 4,
    });
  });

  it('changes nothing when a todo is completed again, and opens it again on demand', async () => {
    const id = (await create()).todo?.id;
    await run(COMPLETE, { id });
    expect((await run(COMPLETE, { id })).todo).toMatchObject({ status: 'DONE', revision: 2 });
    const refused = await run(UPDATE, { input: { id, expectedRevision: 2, status: 'CANCELED' } });
    expect(refused.userErrors).toMatchObject([{ code: 'WRONG_STATE', path: ['status'] }]);
    const { todo } = await run(UPDATE, { input: { id, expectedRevision: 2, status: 'OPEN' } });
    expect(todo).toMatchObject({ status: 'OPEN', completedAt: null });
  });

  it('refuses a change that is based on an old revision', async () => {
    const id = (await create({ dueAt: '2026-03-06T09:00:00Z' })).todo?.id;
    const first = await run(UPDATE, { input: { id, expectedRevision: 1, dueAt: null } });
    expect(first.todo).toMatchObject({ dueAt: null, revision: 2 });
    const second = await run(UPDATE, { input: { id, expectedRevision: 1, title: 'Late' } });
    expect(second.userErrors).toMatchObject([{ code: 'CONFLICT', path: ['expectedRevision'] }]);
  });

  it('lets one of two simultaneous changes win', async () => {
    const id = (await create()).todo?.id;
    const change = (title: string): Promise<Payload> =>
      run(UPDATE, { input: { id, expectedRevision: 1, title } });
    const answers = await Promise.all(['A', 'B', 'C'].map(change));
    expect(answers.filter(({ todo }) => todo !== null)).toHaveLength(1);
  });

  it('shows a todo of a meeting to its participants, lets some of them change it, and hides it from the rest', async () => {
    const participant = testViewer({ workspaceId });
    const id = (await create({ meetingId: meeting(colleague, participant) }, colleague)).todo?.id ?? '';
    for (const viewer of [organizer, colleague, participant, manager])
      expect(await sees(viewer, id)).toBe(true);
    for (const viewer of [stranger, foreigner]) expect(await sees(viewer, id)).toBe(false);
    const codes = [];
    for (const viewer of [participant, stranger, foreigner, organizer]) {
      codes.push((await run(COMPLETE, { id }, viewer)).userErrors[0]?.code);
    }
    expect(codes).toEqual(['FORBIDDEN', 'NOT_FOUND', 'NOT_FOUND', undefined]);
  });

  it('shows a todo without a meeting to its two people and to those who see everything', async () => {
    const id = (await create({ assigneeId: colleague.userId })).todo?.id ?? '';
    for (const viewer of [organizer, colleague, manager]) expect(await sees(viewer, id)).toBe(true);
    for (const viewer of [stranger, foreigner]) expect(await sees(viewer, id)).toBe(false);
  });

  it('shows the todos of a meeting to who joined it later', async () => {
    const meetingId = meeting();
    const id = (await create({ meetingId })).todo?.id ?? '';
    expect(await sees(stranger, id)).toBe(false);
    const payload = { ...meetingOf(organizer, stranger), id: meetingId, revision: 2 };
    await publishEvent(test.namespace, meetingUpdated, { workspaceId, aggregateId: meetingId, payload });
    await until('the event has been handled', () => sees(stranger, id));
  });

  const accepted = (meetingId: string): EventPayload<typeof actionItemAccepted> => ({
    __typename: 'ActionItem',
    id: `a-${testNamespace()}`,
    revision: 2,
    meetingId,
    minutesId: 'minutes-1',
    text: 'Ask the vendor for a quote',
    assigneeId: colleague.userId,
    dueAt: '2026-03-06T09:00:00.000Z',
    acceptedById: organizer.userId,
  });
  const todoOf = (actionItemId: string, viewer: Viewer = colleague): Promise<unknown> => {
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ActionItem { todo { ${FIELDS} } } } }`;
    return read(query, { r: [{ __typename: 'ActionItem', id: actionItemId }] }, viewer);
  };

  it('makes one todo of an accepted action item, however often the event comes', async () => {
    const payload = accepted(meeting());
    const event = { workspaceId, aggregateId: payload.id, actorId: organizer.userId, payload };
    await publishEvent(test.namespace, actionItemAccepted, { ...event, id: `e-${payload.id}` });
    await publishEvent(test.namespace, actionItemAccepted, { ...event, id: `e-${payload.id}` });
    await publishEvent(test.namespace, actionItemAccepted, event);
    const last = accepted(payload.meetingId);
    await publishEvent(test.namespace, actionItemAccepted, {
      ...event,
      aggregateId: payload.id,
      payload: last,
    });
    await until('the events have been handled', async () => {
      const [item] = (await todoOf(last.id)) as [{ todo: object | null }];
      return item.todo !== null;
    });
    expect(await todoOf(payload.id)).toMatchObject([
      {
        todo: {
          title: payload.text,
          status: 'OPEN',
          dueAt: payload.dueAt,
          source: { id: payload.id },
          assignee: { id: colleague.userId },
          createdBy: { id: organizer.userId },
        },
      },
    ]);
    expect(await todoOf(payload.id, stranger)).toEqual([{ todo: null }]);
    const mine = `query ($meetingId: ID!) { todos(filter: { meetingId: $meetingId }) { totalCount } }`;
    expect(await read(mine, { meetingId: payload.meetingId }, colleague)).toEqual({ totalCount: 2 });
  });

  const found = (id: string, meetingId: string): string => {
    const item = { id, text: `Do ${id}`, dueAt: null, suggestedAssignee: null, meeting: { id: meetingId } };
    neighbors.actionItems.set(id, item);
    return id;
  };

  it('makes todos of action items once and gives them back in the order asked for', async () => {
    const meetingId = meeting();
    const ids = ['c', 'a', 'b'].map((letter) => found(`${letter}-${testNamespace()}`, meetingId));
    const first = await run(IMPORT, { ids: ids.slice(0, 2) });
    expect(first).toMatchObject({ skipped: 0, userErrors: [] });
    const [again, atTheSameTime] = await Promise.all([
      run(IMPORT, { ids }),
      run(IMPORT, { ids: ids.toReversed() }),
    ]);
    expect(again.todos.map(({ source }) => source)).toEqual(ids.map((id) => ({ id })));
    expect(again.todos.slice(0, 2)).toEqual(first.todos);
    expect(atTheSameTime.todos.toReversed()).toEqual(again.todos);
    expect(again.skipped + atTheSameTime.skipped).toBe(5);
  });

  it('makes no todo at all when one action item is missing or of a hidden meeting', async () => {
    const mine = found(`a-${testNamespace()}`, meeting());
    for (const other of ['missing', found(`h-${testNamespace()}`, 'a-meeting-that-nobody-knows')]) {
      const { userErrors } = await run(IMPORT, { ids: [mine, other] });
      expect(userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['actionItemIds'] }]);
    }
    expect(await todoOf(mine, organizer)).toEqual([{ todo: null }]);
  });

  it('tells the progress of a meeting and what is overdue', async () => {
    const id = meeting(colleague);
    const progress = async (closed: boolean, viewer: Viewer = organizer): Promise<unknown> => {
      const [entity] = (await read(OF_MEETING, { r: [{ __typename: 'Meeting', id, closed }] }, viewer)) as [
        { progress: object },
      ];
      return entity.progress;
    };
    const none = { total: 0, done: 0, overdue: 0, percent: 0, state: 'NOT_STARTED' };
    expect(await progress(true)).toEqual(none);
    const late = (await create({ meetingId: id, dueAt: '2020-01-01T00:00:00Z' })).todo;
    expect(late).toMatchObject({ overdue: true });
    const other = (await create({ meetingId: id })).todo?.id;
    await run(COMPLETE, { id: other });
    expect(await progress(true)).toEqual({
      total: 2,
      done: 1,
      overdue: 1,
      percent: 50,
      state: 'IN_PROGRESS',
    });
    await run(COMPLETE, { id: late?.id });
    const all = { total: 2, done: 2, overdue: 0, percent: 100 };
    expect(await progress(false)).toEqual({ ...all, state: 'IN_PROGRESS' });
    expect(await progress(true, colleague)).toEqual({ ...all, state: 'COMPLETED' });
    expect(await progress(true, stranger)).toEqual(none);
  });

  it('lists todos page by page and by every condition', async () => {
    const viewer = testViewer();
    for (const number of [1, 2, 3, 4, 5]) {
      const dueAt = number > 3 ? null : `202${number}-01-01T00:00:00Z`;
      await create({ title: `Todo ${number}`, dueAt }, viewer);
    }
    const LIST = `query ($first: Int, $after: String, $filter: TodoFilter) { todos(first: $first, after: $after, filter: $filter) {
      totalCount edges { node { title } } pageInfo { hasNextPage endCursor } } }`;
    interface List {
      totalCount: number;
      edges: { node: { title: string } }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    }
    const list = (variables: object): Promise<List> => read(LIST, variables, viewer) as Promise<List>;
    const titles: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { totalCount, edges, pageInfo } = await list({ first: 2, after });
      expect(totalCount).toBe(5);
      titles.push(...edges.map(({ node }) => node.title));
      ({ endCursor: after, hasNextPage: more } = pageInfo);
    }
    expect(titles).toEqual(['Todo 5', 'Todo 4', 'Todo 3', 'Todo 2', 'Todo 1']);
    const matching = async (filter: object): Promise<number> => (await list({ filter })).totalCount;
    expect(await matching({ overdue: true })).toBe(3);
    expect(await matching({ overdue: false })).toBe(2);
    expect(await matching({ dueBefore: '2022-06-01T00:00:00Z' })).toBe(2);
    expect(await matching({ status: ['DONE', 'OPEN'] })).toBe(5);
    expect(await matching({ assigneeId: viewer.userId })).toBe(0);
  });

  it('shows of another person only the todos that the viewer may see', async () => {
    const assignee = testViewer({ workspaceId });
    neighbors.userIds.push(assignee.userId);
    await create({ assigneeId: assignee.userId, meetingId: meeting(colleague) });
    await create({ assigneeId: assignee.userId });
    const OF_USER = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { todos { totalCount } } } }`;
    const r = [{ __typename: 'User', id: assignee.userId }];
    const counts = [];
    for (const viewer of [assignee, organizer, colleague, stranger, foreigner]) {
      const [user] = (await read(OF_USER, { r }, viewer)) as [{ todos: { totalCount: number } }];
      counts.push(user.todos.totalCount);
    }
    expect(counts).toEqual([2, 2, 1, 0, 0]);
  });

  it('asks the database as often for many meetings as for one, and once', async () => {
    const ids = [meeting(), meeting(), meeting(), meeting()];
    for (const meetingId of ids)
      for (const title of ['one', 'two', 'three']) await create({ meetingId, title });
    const cost = async (meetingIds: string[]): Promise<number> => {
      const r = meetingIds.map((id) => ({ __typename: 'Meeting', id, closed: true }));
      const queries = await recorded.during(/FROM "?todo\b/, async () => {
        for (const entity of (await read(OF_MEETING, { r })) as object[]) {
          expect(entity).toMatchObject({
            progress: { total: 3 },
            todos: { totalCount: 3, edges: [{ node: { title: 'three' } }, { node: { title: 'two' } }] },
          });
        }
      });
      return queries.length;
    };
    expect([await cost(ids.slice(0, 1)), await cost(ids.slice(1)), await cost(ids)]).toEqual([3, 3, 0]);
  });

  it('resolves references of todos and action items and histories without one query per id', async () => {
    const ids: string[] = [];
    for (const title of ['x', 'y', 'z']) ids.push((await create({ title })).todo?.id ?? '');
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) {
      ... on Todo { title history { field } } ... on ActionItem { todo { id } } } }`;
    const r = ids.flatMap((id) => [
      { __typename: 'Todo', id },
      { __typename: 'ActionItem', id },
    ]);
    expect(await recorded.during(/FROM "todo/, () => read(query, { r }))).toHaveLength(3);
  });

  it('refuses an anonymous viewer and a request without the signature of the gateway', async () => {
    const { errors } = await test.execute(null, '{ todos { totalCount } }');
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
    const body = JSON.stringify({ query: '{ todos { totalCount } }' });
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${test.service.url}/graphql`, { method: 'POST', headers, body });
    expect(response.status).toBe(401);
  });

  it('has no difference between its entities and its migrations', async () => {
    const dataSource = await createDataSource(test.databaseUrl).initialize();
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    await dataSource.destroy();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });
});
