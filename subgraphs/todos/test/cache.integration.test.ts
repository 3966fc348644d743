import type { UserViewer, Viewer } from '@hoerok/shared/auth';
import { actionItemAccepted, meetingUpdated } from '@hoerok/shared/contracts';
import {
  publishEvent,
  requestDeletionStep,
  startTestService,
  type TestService,
  testViewer,
  until,
} from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environment } from '../src/config.ts';
import { createDataSource } from '../src/data-source.ts';
import { todosService } from '../src/service.ts';
import { createNeighbors, meetingOf } from './neighbors.ts';

const organizer = testViewer();
const { workspaceId } = organizer;
const colleague = testViewer({ workspaceId });
const assignee = testViewer({ workspaceId });
const neighbors = createNeighbors(organizer, colleague, assignee);

const MEETING = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Meeting {
  todos(first: 20) { totalCount edges { node { id title status overdue } } }
  progress { total done overdue percent } } } }`;
const OF_SOURCE = `query ($r: [_Any!]!) { _entities(representations: $r) {
  ... on ActionItem { todo { id title status } } } }`;

interface Seen {
  readonly todos: {
    readonly totalCount: number;
    readonly edges: readonly { readonly node: { readonly id: string; readonly title: string } }[];
  };
  readonly progress: object;
}

describe('what the todos service keeps in the cache', () => {
  let here: TestService;
  let there: TestService;

  beforeAll(async () => {
    const adapters = { gateway: neighbors.gateway };
    here = await startTestService(environment, todosService, { adapters });
    // Another process of the same service.
    const same = { NAMESPACE: here.namespace, DATABASE_URL: here.databaseUrl };
    there = await startTestService(environment, todosService, { adapters, environment: same });
  });
  afterAll(async () => {
    await there[Symbol.asyncDispose]();
    await here[Symbol.asyncDispose]();
  });

  const meeting = (...people: readonly UserViewer[]) => {
    const held = meetingOf(organizer, ...people);
    neighbors.meetings.set(held.id, held);
    return held;
  };
  const entity = async (document: string, reference: object, viewer: Viewer): Promise<unknown> => {
    const answer = await there.execute(viewer, document, { r: [reference] });
    expect(answer.errors).toBeUndefined();
    return ((answer.data?.['_entities'] ?? []) as unknown[])[0];
  };
  const seen = async (id: string, viewer: Viewer = organizer): Promise<Seen> =>
    (await entity(MEETING, { __typename: 'Meeting', id, closed: false }, viewer)) as Seen;
  const titles = async (id: string, viewer: Viewer = organizer): Promise<string[]> =>
    (await seen(id, viewer)).todos.edges.map(({ node }) => node.title);
  const write = async (
    document: string,
    variables: object = {},
  ): Promise<{ readonly todo: { readonly id: string } }> => {
    const answer = await here.execute(organizer, document, variables);
    expect(answer.errors).toBeUndefined();
    const [payload] = Object.values(answer.data ?? {}) as [{ userErrors: unknown[]; todo: { id: string } }];
    expect(payload.userErrors).toEqual([]);
    return payload;
  };
  const create = async (meetingId: string, extra: object = {}): Promise<string> => {
    const document = `mutation ($input: CreateTodoInput!) {
      createTodo(input: $input) { todo { id } userErrors { code message } } }`;
    const { todo } = await write(document, { input: { meetingId, title: 'Send the draft', ...extra } });
    return todo.id;
  };
  const change = (name: string, args: string): Promise<unknown> =>
    write(`mutation { ${name}(${args}) { todo { id } userErrors { code message } } }`);

  it('shows every change to the next reader, in another process, at once', async () => {
    const { id } = meeting();
    expect(await seen(id)).toMatchObject({ todos: { totalCount: 0 }, progress: { total: 0 } });
    const first = await create(id);
    const second = await create(id, { title: 'Book the room' });
    expect(await titles(id)).toEqual(['Book the room', 'Send the draft']);
    expect(await seen(id)).toMatchObject({ todos: { totalCount: 2 }, progress: { total: 2, done: 0 } });
    await change('updateTodo', `input: { id: "${first}", expectedRevision: 1, title: "Send it" }`);
    expect(await titles(id)).toEqual(['Book the room', 'Send it']);
    await change('completeTodo', `id: "${second}"`);
    expect(await seen(id)).toMatchObject({ progress: { total: 2, done: 1, percent: 50 } });
    await write(`mutation { deleteTodo(id: "${second}") { userErrors { code } } }`);
    expect(await titles(id)).toEqual(['Send it']);
    expect(await seen(id)).toMatchObject({ todos: { totalCount: 1 }, progress: { total: 1, done: 0 } });
  });

  it('tells by the clock what is late, not by the time it was cached', async () => {
    const { id } = meeting();
    const dueAt = new Date(Date.now() + 700);
    await create(id, { dueAt });
    expect(await seen(id)).toMatchObject({ progress: { overdue: 0 } });
    const late = { todos: { edges: [{ node: { overdue: true } }] }, progress: { overdue: 1 } };
    await until('it is late', () => Date.now() > dueAt.getTime());
    expect(await seen(id)).toMatchObject(late);
  });

  it('shows of a meeting that somebody does not see the todos that are theirs, and no other', async () => {
    const { id } = meeting();
    await create(id);
    await create(id, { title: 'Yours', assigneeId: assignee.userId });
    expect(await titles(id)).toEqual(['Yours', 'Send the draft']);
    expect(await titles(id, assignee)).toEqual(['Yours']);
    expect(await titles(id, colleague)).toEqual([]);
    expect(await seen(id, assignee)).toMatchObject({ todos: { totalCount: 1 }, progress: { total: 1 } });
    expect(await titles(id)).toEqual(['Yours', 'Send the draft']);
  });

  it('lets somebody see the todos of a meeting as long as they take part', async () => {
    const held = meeting(colleague);
    await create(held.id);
    expect(await titles(held.id, colleague)).toEqual(['Send the draft']);
    const payload = { ...held, revision: 2, participantUserIds: [organizer.userId] };
    await publishEvent(here.namespace, meetingUpdated, { workspaceId, aggregateId: held.id, payload });
    await until('they see none', async () => (await titles(held.id, colleague)).length === 0);
    expect(await titles(held.id)).toEqual(['Send the draft']);
  });

  it('shows the todo of an action item as soon as it is made, and until its meeting is hidden', async () => {
    const held = meeting();
    const id = `a-${held.id}`;
    const reference = { __typename: 'ActionItem', id };
    expect(await entity(OF_SOURCE, reference, organizer)).toMatchObject({ todo: null });
    await publishEvent(here.namespace, actionItemAccepted, {
      workspaceId,
      aggregateId: id,
      payload: {
        __typename: 'ActionItem',
        id,
        revision: 1,
        minutesId: 'minutes',
        meetingId: held.id,
        text: 'Check the numbers',
        assigneeId: null,
        dueAt: null,
        acceptedById: organizer.userId,
      },
    });
    await publishEvent(here.namespace, meetingUpdated, {
      workspaceId,
      aggregateId: held.id,
      payload: { ...held, revision: 2 },
    });
    await until('the todo is there', async () => {
      const item = (await entity(OF_SOURCE, reference, organizer)) as { todo: object | null };
      return item.todo !== null;
    });
    expect(await titles(held.id)).toEqual(['Check the numbers']);
    const database = await createDataSource(here.databaseUrl).initialize();
    const service = { name: 'todos', namespace: here.namespace, database };
    const key = { workspaceId, meetingId: held.id };
    await requestDeletionStep(service, 'hide', key);
    expect(await titles(held.id)).toEqual([]);
    expect(await entity(OF_SOURCE, reference, organizer)).toMatchObject({ todo: null });
    await requestDeletionStep(service, 'show', key);
    expect(await titles(held.id)).toEqual(['Check the numbers']);
    await database.destroy();
  });
});
