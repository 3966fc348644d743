import type { UserViewer } from '@hoerok/shared/auth';
import { readEvents, startTestService, type TestService, testViewer } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environment } from '../src/config.ts';
import { createDataSource } from '../src/data-source.ts';
import { visibleTodos } from '../src/repositories/visible-todos.ts';
import { todosService } from '../src/service.ts';
import { createNeighbors, meetingOf } from './neighbors.ts';

const viewer = testViewer();
const { workspaceId } = viewer;
const colleague = testViewer({ workspaceId });
const stranger = testViewer({ workspaceId });
const neighbors = createNeighbors(viewer, colleague, stranger);

const TODO = 'id status revision remindBefore assignee { id } history { field from to }';
const CREATE = `mutation ($input: CreateTodoInput!) { createTodo(input: $input) { todo { ${TODO} } userErrors { code path } } }`;
const UPDATE = `mutation ($input: UpdateTodoInput!) { updateTodo(input: $input) { todo { ${TODO} } userErrors { code path } } }`;
const ASSIGN = `mutation ($id: ID!, $userId: ID) { assignTodo(id: $id, userId: $userId) { todo { ${TODO} } userErrors { code path } } }`;
const MANY = `mutation ($ids: [ID!]!, $change: TodoChangeInput!) {
  updateTodos(ids: $ids, change: $change) { todos { ${TODO} } userErrors { code path } } }`;
const DELETE = `mutation ($id: ID!) { deleteTodo(id: $id) { todoId userErrors { code path } } }`;

interface Todo {
  readonly id: string;
  readonly status: string;
  readonly remindBefore: number[];
  readonly history: object[];
}
interface Payload {
  readonly todo: Todo | null;
  readonly todos: Todo[];
  readonly todoId: string | null;
  readonly userErrors: { readonly code: string; readonly path: string[] | null }[];
}

describe('changes of todos', () => {
  let test: TestService;
  beforeAll(async () => {
    test = await startTestService(environment, todosService, { adapters: { gateway: neighbors.gateway } });
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  const run = async (document: string, variables: object, who: UserViewer = viewer): Promise<Payload> => {
    const { data, errors } = await test.execute(who, document, variables);
    expect(errors).toBeUndefined();
    return Object.values(data ?? {})[0] as Payload;
  };
  const create = async (input: object = {}, who: UserViewer = viewer): Promise<string> =>
    (await run(CREATE, { input: { title: 'Send the draft', ...input } }, who)).todo?.id ?? '';
  const there = async (id: string): Promise<boolean> =>
    (await test.execute(viewer, `{ todo(id: "${id}") { id } }`)).data?.['todo'] !== null;

  it('take a todo from who has it, and keep that in its history', async () => {
    const id = await create({ assigneeId: colleague.userId });
    const { todo } = await run(ASSIGN, { id, userId: null });
    expect(todo).toMatchObject({ assignee: null, revision: 2 });
    expect(todo?.history).toEqual([{ field: 'assignee', from: colleague.userId, to: null }]);
  });

  it('set when its assignee is reminded, each time once and the longest first', async () => {
    const id = await create();
    const { todo } = await run(UPDATE, { input: { id, expectedRevision: 1, remindBefore: [1, 72, 1] } });
    expect(todo).toMatchObject({ remindBefore: [72, 1], revision: 2 });
    expect(todo?.history).toEqual([{ field: 'remindBefore', from: '24', to: '72, 1' }]);
    for (const remindBefore of [[-1], [721], [1, 2, 3, 4, 5, 6]]) {
      const { userErrors } = await run(UPDATE, { input: { id, expectedRevision: 2, remindBefore } });
      expect(userErrors).toMatchObject([{ code: 'BAD_INPUT' }]);
      expect(userErrors[0]?.path?.[0]).toBe('remindBefore');
    }
  });

  it('leave the newest five hundred in what is read of a history, however many there were', async () => {
    const id = await create();
    const database = await createDataSource(test.databaseUrl).initialize();
    await database.query(
      `INSERT INTO todo_change (todo_id, revision, field, value_after, actor_id, at)
       SELECT $1, n, 'title', n::text, $2, now() FROM generate_series(2, 700) n`,
      [id, viewer.userId],
    );
    const changes = await visibleTodos(database.manager, viewer, new Date()).history([id, await create()]);
    expect([changes.length, changes[0]?.revision, changes.at(-1)?.revision]).toEqual([500, 700, 201]);
    await database.destroy();
  });

  it('change many alike, each by itself', async () => {
    const mine = [await create(), await create()];
    const canceled = await create();
    await run(UPDATE, { input: { id: canceled, expectedRevision: 1, status: 'CANCELED' } });
    const hidden = await create({}, stranger);
    const ids = [mine[0], 'missing', canceled, hidden, mine[1], mine[0]];
    const change = { status: 'DONE', assigneeId: colleague.userId };
    const { todos, userErrors } = await run(MANY, { ids, change });
    expect(todos.map(({ id, status }) => [id, status])).toEqual(mine.map((id) => [id, 'DONE']));
    expect(userErrors).toEqual([
      { code: 'NOT_FOUND', path: ['ids', '1'] },
      { code: 'WRONG_STATE', path: ['ids', '2'] },
      { code: 'NOT_FOUND', path: ['ids', '3'] },
    ]);
    const again = await run(MANY, { ids: mine, change });
    expect(again.todos).toEqual(todos);
  });

  it('change none of many when the change itself is wrong', async () => {
    const ids = [await create()];
    const refused = [
      await run(MANY, { ids, change: { assigneeId: 'nobody' } }),
      await run(MANY, { ids, change: { title: '' } }),
      await run(MANY, { ids: [], change: {} }),
      await run(MANY, { ids: Array.from({ length: 101 }, String), change: {} }),
    ];
    expect(refused.map(({ userErrors: [error] }) => [error?.code, error?.path])).toEqual([
      ['BAD_INPUT', ['change', 'assigneeId']],
      ['BAD_INPUT', ['change', 'title']],
      ['BAD_INPUT', ['ids']],
      ['BAD_INPUT', ['ids']],
    ]);
  });

  it('delete a todo with its history and tell of it without its words', async () => {
    const id = await create({ assigneeId: colleague.userId });
    await run(UPDATE, { input: { id, expectedRevision: 1, priority: 'HIGH' } });
    expect(await run(DELETE, { id })).toEqual({ todoId: id, userErrors: [] });
    expect(await there(id)).toBe(false);
    expect((await run(DELETE, { id })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const address = { service: 'todos', workspaceId, aggregate: 'todo', aggregateId: id, event: 'changed' };
    expect((await readEvents(test.namespace, address, 3)).at(-1)).toMatchObject({
      kind: 'DELETED',
      title: '',
      revision: 3,
      actor: { id: viewer.userId },
      watchers: [viewer.userId, colleague.userId],
    });
  });

  it('let creator and organizer delete, not the assignee nor who only sees it', async () => {
    const meeting = meetingOf(viewer, colleague, stranger);
    neighbors.meetings.set(meeting.id, meeting);
    const id = await create({ meetingId: meeting.id, assigneeId: stranger.userId }, colleague);
    const outsider = testViewer({ workspaceId });
    for (const [who, code] of [
      [stranger, 'FORBIDDEN'],
      [outsider, 'NOT_FOUND'],
      [testViewer({ role: 'ADMIN' }), 'NOT_FOUND'],
    ] as const)
      expect((await run(DELETE, { id }, who)).userErrors).toMatchObject([{ code }]);
    expect((await run(DELETE, { id }, viewer)).todoId).toBe(id);
  });

  it('let a todo be made again of an action item whose todo was deleted', async () => {
    const meeting = meetingOf(viewer);
    neighbors.meetings.set(meeting.id, meeting);
    const item = { id: `a-${meeting.id}`, text: 'Ask', dueAt: null, suggestedAssignee: null, meeting };
    neighbors.actionItems.set(item.id, item);
    const IMPORT = `mutation ($ids: [ID!]!) { createTodosFromActionItems(actionItemIds: $ids) { todos { ${TODO} } userErrors { code } } }`;
    const first = (await run(IMPORT, { ids: [item.id] })).todos[0]?.id;
    await run(DELETE, { id: first });
    const second = (await run(IMPORT, { ids: [item.id] })).todos[0]?.id;
    expect(second).not.toBe(first);
    expect(await there(second ?? '')).toBe(true);
  });
});
