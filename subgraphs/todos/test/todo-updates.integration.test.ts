import {
  answerSubscription,
  readEvents,
  startTestService,
  type TestService,
  testViewer,
} from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environment } from '../src/config.ts';
import { todosService } from '../src/service.ts';
import { createNeighbors, meetingOf } from './neighbors.ts';

const organizer = testViewer();
const { workspaceId } = organizer;
const colleague = testViewer({ workspaceId });
const third = testViewer({ workspaceId });
const neighbors = createNeighbors(organizer, colleague, third);

const CREATE = `mutation ($input: CreateTodoInput!) { createTodo(input: $input) { todo { id } userErrors { code } } }`;
const UPDATE = `mutation ($input: UpdateTodoInput!) { updateTodo(input: $input) { todo { id } userErrors { code } } }`;
const ASSIGN = `mutation ($id: ID!, $userId: ID!) { assignTodo(id: $id, userId: $userId) { todo { id } userErrors { code } } }`;
const COMPLETE = `mutation ($id: ID!) { completeTodo(id: $id) { todo { id } userErrors { code } } }`;
const SELECTION = '{ __typename kind changed todoId revision todo { id } actor { id } }';
const WATCH = {
  todoUpdates: `subscription { todoUpdates(meetingId: "m") ${SELECTION} }`,
  myTodoUpdated: `subscription { myTodoUpdated ${SELECTION} }`,
};

describe('the updates of a todo', () => {
  let test: TestService;
  beforeAll(async () => {
    test = await startTestService(environment, todosService, { adapters: { gateway: neighbors.gateway } });
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  const run = async (document: string, variables: object, viewer = organizer): Promise<string> => {
    const answer = await test.execute(viewer, document, variables);
    expect(answer.errors).toBeUndefined();
    const [payload] = Object.values(answer.data ?? {}) as { todo: { id: string }; userErrors: object[] }[];
    expect(payload?.userErrors).toEqual([]);
    return payload?.todo.id ?? '';
  };
  const told = (id: string, count: number): Promise<object[]> => {
    const address = { service: 'todos', workspaceId, aggregate: 'todo', aggregateId: id, event: 'changed' };
    return readEvents(test.namespace, address, count);
  };

  it.each(['todoUpdates', 'myTodoUpdated'] as const)(
    'answer %s: one for each change of any field',
    async (field) => {
      const id = await run(CREATE, { input: { title: 'Send the draft' } });
      await run(UPDATE, { input: { id, expectedRevision: 1, title: 'Send the offer', priority: 'HIGH' } });
      await run(ASSIGN, { id, userId: colleague.userId });
      await run(COMPLETE, { id }, colleague);
      // What changes nothing is not told.
      await run(COMPLETE, { id }, colleague);
      await run(UPDATE, { input: { id, expectedRevision: 4, status: 'OPEN' } });
      const update = (revision: number, changed: string[], actor = organizer): object => ({
        __typename: 'TodoUpdate',
        kind: revision === 1 ? 'CREATED' : 'CHANGED',
        changed,
        todoId: id,
        revision,
        todo: { id },
        actor: { id: actor.userId },
      });
      const answer = (payload: object): Promise<unknown> =>
        answerSubscription(todosService.schema, WATCH[field], { field, payload });
      expect(await Promise.all((await told(id, 5)).map(answer))).toEqual([
        update(1, []),
        update(2, ['title', 'priority']),
        update(3, ['assignee']),
        update(4, ['status'], colleague),
        update(5, ['status']),
      ]);
    },
  );

  it('say which meeting it is of, and whom it concerns: who lost it as well, once', async () => {
    const meeting = meetingOf(organizer, colleague, third);
    neighbors.meetings.set(meeting.id, meeting);
    const input = { title: 'Send the draft', meetingId: meeting.id, assigneeId: colleague.userId };
    const id = await run(CREATE, { input });
    await run(ASSIGN, { id, userId: third.userId });
    await run(COMPLETE, { id }, third);
    const meetingId = meeting.id;
    expect(await told(id, 3)).toMatchObject([
      { meetingId, watchers: [organizer.userId, colleague.userId] },
      { meetingId, watchers: [organizer.userId, third.userId, colleague.userId] },
      { meetingId, watchers: [organizer.userId, third.userId] },
    ]);
  });

  it('concern a person who gave a todo to themselves once', async () => {
    const id = await run(CREATE, { input: { title: 'Send the draft', assigneeId: organizer.userId } });
    expect(await told(id, 1)).toMatchObject([{ meetingId: null, watchers: [organizer.userId] }]);
  });
});
