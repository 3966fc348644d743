import type { Viewer } from '@hoerok/shared/auth';
import { type MeetingState, meetingUpdated } from '@hoerok/shared/contracts';
import { publishEvent, startTestService, type TestService, testViewer, until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environment } from '../src/config.ts';
import { todosService } from '../src/service.ts';
import { createNeighbors, meetingOf } from './neighbors.ts';

const organizer = testViewer();
const { workspaceId } = organizer;
const reader = testViewer({ workspaceId });
const guest = testViewer({ workspaceId, role: 'GUEST' });
const neighbors = createNeighbors(organizer, reader, guest);

const CREATE = `mutation ($input: CreateTodoInput!) { createTodo(input: $input) { todo { id } userErrors { code } } }`;
const IMPORT = `mutation ($ids: [ID!]!) { createTodosFromActionItems(actionItemIds: $ids) { userErrors { code } } }`;
const COMPLETE = `mutation ($id: ID!) { completeTodo(id: $id) { userErrors { code } } }`;
const LIST = '{ todos { edges { node { id } } } }';

describe('the todos of a meeting that is shared', () => {
  let test: TestService;
  beforeAll(async () => {
    test = await startTestService(environment, todosService, { adapters: { gateway: neighbors.gateway } });
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  const run = async (viewer: Viewer, document: string, variables: object = {}): Promise<unknown> => {
    const answer = await test.execute(viewer, document, variables);
    expect(answer.errors).toBeUndefined();
    return Object.values(answer.data ?? {})[0];
  };
  const listOf = async (viewer: Viewer): Promise<string[]> => {
    const { edges } = (await run(viewer, LIST)) as { edges: { node: { id: string } }[] };
    return edges.map(({ node }) => node.id);
  };
  const tell = (state: MeetingState): Promise<unknown> =>
    publishEvent(test.namespace, meetingUpdated, { workspaceId, aggregateId: state.id, payload: state });
  /** A meeting with one todo, shared with the reader until `expiresAt`. */
  const hold = async (expiresAt: string | null) => {
    const meeting = meetingOf(organizer);
    neighbors.meetings.set(meeting.id, meeting);
    const created = (await run(organizer, CREATE, {
      input: { title: 'Send the draft', meetingId: meeting.id },
    })) as { todo: { id: string } };
    const shares = [{ userId: reader.userId, access: 'VERIFY' as const, expiresAt }];
    await tell({ ...meeting, revision: 2, shares });
    return { meeting, todoId: created.todo.id };
  };

  it('are seen by who it is shared with until the share is revoked, and changed by them never', async () => {
    const { meeting, todoId } = await hold(null);
    await until('the reader sees the todo', async () => (await listOf(reader)).includes(todoId) || undefined);
    const item = {
      id: `a-${meeting.id}`,
      text: 'Book the room',
      dueAt: null,
      suggestedAssignee: null,
      meeting: { id: meeting.id },
    };
    neighbors.actionItems.set(item.id, item);
    const refused = { userErrors: [{ code: 'FORBIDDEN' }] };
    const input = { title: 'Mine', meetingId: meeting.id };
    expect(await run(reader, CREATE, { input })).toMatchObject(refused);
    expect(await run(reader, IMPORT, { ids: [item.id] })).toMatchObject(refused);
    expect(await run(reader, COMPLETE, { id: todoId })).toMatchObject(refused);
    await tell({ ...meeting, revision: 3, shares: [] });
    await until(
      'the reader sees it no more',
      async () => !(await listOf(reader)).includes(todoId) || undefined,
    );
    expect(await run(reader, CREATE, { input })).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
  });

  it('are hidden again from the moment that the share has run out, before anybody is told', async () => {
    const { meeting, todoId } = await hold('2020-01-01T00:00:00.000Z');
    const witness = await hold(null);
    await until(
      'later news are known',
      async () => (await listOf(reader)).includes(witness.todoId) || undefined,
    );
    expect(await listOf(reader)).not.toContain(todoId);
    const input = { title: 'Mine', meetingId: meeting.id };
    expect(await run(reader, CREATE, { input })).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
  });

  it('are written by a GUEST who takes part in it, who writes none outside of meetings', async () => {
    const meeting = meetingOf(organizer, guest);
    neighbors.meetings.set(meeting.id, meeting);
    const input = { title: 'Mine', meetingId: meeting.id };
    expect(await run(guest, CREATE, { input })).toMatchObject({ userErrors: [] });
    const refused = { todo: null, userErrors: [{ code: 'FORBIDDEN' }] };
    expect(await run(guest, CREATE, { input: { title: 'Mine' } })).toMatchObject(refused);
  });
});
