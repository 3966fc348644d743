import { randomUUID } from 'node:crypto';
import type { UserViewer } from '@hoerok/shared/auth';
import { actionItemAccepted, type EventPayload } from '@hoerok/shared/contracts';
import {
  publishEvent,
  readEvents,
  requestDeletionStep,
  startTestService,
  type TestService,
  testNamespace,
  testViewer,
  until,
} from '@hoerok/shared/testing';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environment } from '../src/config.ts';
import { createDataSource } from '../src/data-source.ts';
import { todosService } from '../src/service.ts';
import { remindOfDueTodos } from '../src/services/remind-of-due-todos.ts';
import { createNeighbors, meetingOf } from './neighbors.ts';

const organizer = testViewer();
const { workspaceId } = organizer;
const colleague = testViewer({ workspaceId });
const manager = testViewer({ workspaceId, role: 'MANAGER' });
const neighbors = createNeighbors(organizer, colleague, manager);

const CREATE = `mutation ($input: CreateTodoInput!) { createTodo(input: $input) { todo { id } userErrors { code path } } }`;
const ALL = `query ($meetingId: ID) { todos(first: 50, filter: { meetingId: $meetingId }) {
  totalCount edges { node { id title source { id } meeting { id } } } } }`;
const COMPLETE = `mutation ($id: ID!) { completeTodo(id: $id) { userErrors { code } } }`;

interface Listed {
  readonly id: string;
  readonly source: { id: string } | null;
  readonly meeting: { id: string } | null;
}

describe('a meeting that is deleted, in todos', () => {
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

  const list = async (viewer: UserViewer): Promise<Listed[]> => {
    const { data, errors } = await test.execute(viewer, ALL);
    expect(errors).toBeUndefined();
    const { edges } = (data ?? {})['todos'] as { edges: { node: Listed }[] };
    return edges.map(({ node }) => node);
  };
  const countOf = async (viewer: UserViewer): Promise<number> =>
    ((await test.execute(viewer, ALL)).data?.['todos'] as { totalCount: number } | undefined)?.totalCount ??
    -1;
  const ask = (step: 'hide' | 'show' | 'purge', meetingId: string): Promise<void> =>
    requestDeletionStep({ name: 'todos', namespace: test.namespace, database }, step, {
      workspaceId,
      meetingId,
    });
  const accept = async (
    meetingId: string,
    extra: Partial<EventPayload<typeof actionItemAccepted>> = {},
  ): Promise<{ itemId: string; eventId: string }> => {
    const itemId = `a-${testNamespace()}`;
    const eventId = randomUUID();
    await publishEvent(test.namespace, actionItemAccepted, {
      workspaceId,
      aggregateId: itemId,
      id: eventId,
      payload: {
        __typename: 'ActionItem',
        id: itemId,
        revision: 2,
        meetingId,
        minutesId: 'minutes',
        text: 'Send the offer',
        assigneeId: colleague.userId,
        dueAt: null,
        acceptedById: organizer.userId,
        ...extra,
      },
    });
    return { itemId, eventId };
  };
  const accepted = async (meetingId: string, extra: object = {}): Promise<Listed> => {
    const { itemId } = await accept(meetingId, extra);
    return await until('the todo is there', async () =>
      (await list(manager)).find(({ source }) => source?.id === itemId),
    );
  };
  const handWritten = async (meetingId: string): Promise<string> => {
    const input = { title: 'Book the room', meetingId, assigneeId: colleague.userId };
    const { data } = await test.execute(organizer, CREATE, { input });
    return ((data ?? {})['createTodo'] as { todo: { id: string } }).todo.id;
  };
  const scene = async (): Promise<{ meetingId: string; derived: string; own: string }> => {
    const meeting = meetingOf(organizer, colleague);
    neighbors.meetings.set(meeting.id, meeting);
    const own = await handWritten(meeting.id);
    return { meetingId: meeting.id, own, derived: (await accepted(meeting.id)).id };
  };
  const idsOf = async (viewer: UserViewer): Promise<string[]> => (await list(viewer)).map(({ id }) => id);

  it('hides what came out of it, from assignee and MANAGER too, and leaves what was written by hand', async () => {
    const { meetingId, own, derived } = await scene();
    await ask('hide', meetingId);
    for (const viewer of [organizer, colleague, manager]) {
      expect(await idsOf(viewer)).toContain(own);
      expect(await idsOf(viewer)).not.toContain(derived);
      expect(await countOf(viewer)).toBe((await idsOf(viewer)).length);
    }
    const { data } = await test.execute(colleague, COMPLETE, { id: derived });
    expect(data?.['completeTodo']).toEqual({ userErrors: [{ code: 'NOT_FOUND' }] });
    const input = { title: 'One more', meetingId };
    const refused = await test.execute(organizer, CREATE, { input });
    expect(refused.data?.['createTodo']).toEqual({
      todo: null,
      userErrors: [{ code: 'NOT_FOUND', path: ['meetingId'] }],
    });
    await ask('show', meetingId);
    expect(await idsOf(colleague)).toEqual(expect.arrayContaining([own, derived]));
  });

  it('reminds nobody of a todo that is hidden', async () => {
    const { meetingId } = await scene();
    await accepted(meetingId, { dueAt: '2026-01-01T00:00:00.000Z' });
    await ask('hide', meetingId);
    await database.transaction((tx) => remindOfDueTodos(tx, new Date()));
    const told = `SELECT 1 FROM todo WHERE meeting_id = $1 AND due_at IS NOT NULL AND (next_reminder_at IS NULL OR next_reminder_at > now())`;
    expect(await database.query(told, [meetingId])).toEqual([]);
    await ask('show', meetingId);
    await database.transaction((tx) => remindOfDueTodos(tx, new Date()));
    expect(await database.query(told, [meetingId])).toHaveLength(1);
  });

  it('deletes what came out of it and frees what was written by hand', async () => {
    const neighbor = await scene();
    const { meetingId, own, derived } = await scene();
    await test.execute(colleague, COMPLETE, { id: derived });
    await ask('hide', meetingId);
    await ask('purge', meetingId);
    await ask('purge', meetingId);
    const left = await list(colleague);
    expect(left.find(({ id }) => id === own)).toMatchObject({ meeting: null });
    expect(left.map(({ id }) => id)).toEqual(expect.arrayContaining([neighbor.own, neighbor.derived]));
    for (const sql of ['SELECT 1 FROM todo WHERE id = $1', 'SELECT 1 FROM todo_change WHERE todo_id = $1'])
      expect(await database.query(sql, [derived])).toEqual([]);
    expect(await database.query('SELECT 1 FROM meeting_access WHERE meeting_id = $1', [meetingId])).toEqual(
      [],
    );
  });

  it('tells those who watch a todo that it is gone, without its words, or has no meeting any more', async () => {
    const { meetingId, own, derived } = await scene();
    await ask('hide', meetingId);
    await ask('purge', meetingId);
    await ask('purge', meetingId);
    const told = (aggregateId: string): Promise<object[]> => {
      const address = { service: 'todos', workspaceId, aggregate: 'todo', aggregateId, event: 'changed' };
      return readEvents(test.namespace, address, 2);
    };
    const watchers = [organizer.userId, colleague.userId];
    const event = { revision: 2, actor: null, watchers };
    const [gone, freed] = [(await told(derived))[1], (await told(own))[1]];
    expect(gone).toMatchObject({
      ...event,
      kind: 'DELETED',
      todoId: derived,
      title: '',
      meetingId,
      changed: [],
    });
    const changed = ['meeting'];
    expect(freed).toMatchObject({ ...event, kind: 'CHANGED', todoId: own, meetingId: null, changed });
  });

  it('makes no todo of an acceptance that comes late, and of one in between when all is shown again', async () => {
    const gone = await scene();
    await ask('hide', gone.meetingId);
    await ask('purge', gone.meetingId);
    const late = await accept(gone.meetingId);
    await until('the late acceptance was handled', async () => {
      const handled = 'SELECT 1 FROM inbox WHERE message_id = $1';
      return ((await database.query(handled, [late.eventId])) as unknown[]).length === 1;
    });
    const made = 'SELECT 1 FROM todo WHERE source_id = $1';
    expect(await database.query(made, [late.itemId])).toEqual([]);

    const kept = await scene();
    await ask('hide', kept.meetingId);
    const between = await accept(kept.meetingId);
    await ask('show', kept.meetingId);
    await until('the todo is made', async () => {
      return ((await database.query(made, [between.itemId])) as unknown[]).length === 1;
    });
  });
});
