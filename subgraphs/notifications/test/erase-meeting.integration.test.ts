import { randomUUID } from 'node:crypto';
import type { UserViewer } from '@hoerok/shared/auth';
import {
  type MeetingState,
  meetingCreated,
  meetingUpdated,
  minutesCreated,
  taskChanged,
  todoCreated,
  transcriptCreated,
} from '@hoerok/shared/contracts';
import {
  requestDeletionStep,
  startTestService,
  type TestService,
  testViewer,
  until,
} from '@hoerok/shared/testing';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environment } from '../src/config.ts';
import { createDataSource } from '../src/data-source.ts';
import { notificationsService } from '../src/service.ts';
import { expectTold, kindsOf, publish, readInbox } from './inbox-reader.ts';
import { meetingOf, minutesOf, taskOf, todoOf, transcriptOf } from './told-events.ts';

const MARK_ALL = 'mutation { markAllRead { markedCount } }';
const ONE = 'query ($id: ID!) { notification(id: $id) { id } }';
const TOLD = ['TASK_FAILED', 'TODO_ASSIGNED', 'MINUTES_READY', 'TRANSCRIPT_READY', 'MEETING_CREATED'];

describe('a meeting that is deleted, in notifications', () => {
  let test: TestService;
  let database: DataSource;

  beforeAll(async () => {
    test = await startTestService(environment, notificationsService);
    database = await createDataSource(test.databaseUrl).initialize();
  });
  afterAll(async () => {
    await database.destroy();
    await test[Symbol.asyncDispose]();
  });

  const ask = (step: 'hide' | 'show' | 'purge', { workspaceId, meeting }: Scene): Promise<void> =>
    requestDeletionStep({ name: 'notifications', namespace: test.namespace, database }, step, {
      workspaceId,
      meetingId: meeting.id,
    });

  interface Scene {
    readonly workspaceId: string;
    readonly colleague: UserViewer;
    readonly meeting: MeetingState;
  }

  /** A colleague who has been told of a meeting and of everything that came out of it, one after the other. */
  const told = async (): Promise<Scene> => {
    const organizer = testViewer();
    const { workspaceId } = organizer;
    const colleague = testViewer({ workspaceId });
    const meeting = meetingOf([organizer, colleague]);
    const todo = todoOf({
      createdById: organizer.userId,
      assigneeId: colleague.userId,
      meetingId: meeting.id,
    });
    const task = taskOf({
      status: 'FAILED',
      requestedBy: { __typename: 'User', id: colleague.userId },
      meeting: { __typename: 'Meeting', id: meeting.id },
    });
    const say = (count: number): Promise<void> => expectTold(test, colleague, ...TOLD.slice(-count));
    await publish(test, { contract: meetingCreated, payload: meeting, workspaceId, actor: organizer });
    await say(1);
    await publish(test, { contract: transcriptCreated, payload: transcriptOf(meeting.id), workspaceId });
    await say(2);
    await publish(test, {
      contract: minutesCreated,
      payload: minutesOf(meeting.id, colleague.userId),
      workspaceId,
    });
    await say(3);
    await publish(test, { contract: todoCreated, payload: todo, workspaceId, actor: organizer });
    await say(4);
    await publish(test, { contract: taskChanged('ai'), payload: task, workspaceId });
    await say(5);
    return { workspaceId, colleague, meeting };
  };
  const rowsOf = async ({ meeting }: Scene): Promise<number> => {
    const tables = ['notification', 'invitation', 'meeting_access'];
    const counts = await Promise.all(
      tables.map((table) => database.query(`SELECT 1 FROM ${table} WHERE meeting_id = $1`, [meeting.id])),
    );
    return (counts as unknown[][]).reduce((sum, rows) => sum + rows.length, 0);
  };

  it('is mentioned nowhere while it is hidden, and everywhere again when it is shown', async () => {
    const scene = await told();
    const { colleague, workspaceId } = scene;
    const other = meetingOf([testViewer({ workspaceId }), colleague]);
    await publish(test, { contract: meetingCreated, payload: other, workspaceId });
    await expectTold(test, colleague, 'MEETING_CREATED', ...TOLD);
    const hidden = (await readInbox(test, colleague)).edges[1]?.node.id;
    await ask('hide', scene);
    const { totalCount, unreadCount, edges } = await readInbox(test, colleague);
    expect({ totalCount, unreadCount, left: edges.length }).toEqual({
      totalCount: 1,
      unreadCount: 1,
      left: 1,
    });
    expect((await test.execute(colleague, ONE, { id: hidden })).data).toEqual({ notification: null });
    const { data } = await test.execute(colleague, MARK_ALL);
    expect(data?.['markAllRead']).toEqual({ markedCount: 1 });
    await ask('show', scene);
    const shown = await readInbox(test, colleague);
    expect(shown.edges.map(({ node }) => node.kind)).toEqual(['MEETING_CREATED', ...TOLD]);
    expect(shown.unreadCount).toBe(TOLD.length);
  });

  it('tells who wanted the deletion that it has failed, once the meeting is shown again', async () => {
    const scene = await told();
    const { workspaceId, meeting, colleague } = scene;
    await ask('hide', scene);
    const task = taskOf({
      kind: 'MEETING_DELETION',
      status: 'FAILED',
      requestedBy: { __typename: 'User', id: colleague.userId },
      meeting: { __typename: 'Meeting', id: meeting.id },
    });
    await publish(test, { contract: taskChanged('meetings'), payload: task, workspaceId });
    await ask('show', scene);
    await expectTold(test, colleague, 'TASK_FAILED', ...TOLD);
    const [newest] = (await readInbox(test, colleague)).edges;
    expect(newest?.node.title).toBe('“Release sync” could not be deleted');
  });

  it('leaves nothing behind once it is purged, and other meetings untouched', async () => {
    const neighbor = await told();
    const scene = await told();
    const rows = await rowsOf(scene);
    expect(rows).toBeGreaterThan(TOLD.length);
    await ask('hide', scene);
    await ask('purge', scene);
    await ask('purge', scene);
    expect(await rowsOf(scene)).toBe(0);
    expect(await kindsOf(test, scene.colleague)).toEqual([]);
    expect(await rowsOf(neighbor)).toBe(rows);
  });

  it('is told of no more by events that are late, and buries none of them', async () => {
    const scene = await told();
    const { workspaceId, meeting, colleague } = scene;
    await ask('hide', scene);
    await ask('purge', scene);
    const ids = Array.from({ length: 4 }, () => randomUUID());
    const [first, second, third, fourth] = ids as [string, string, string, string];
    const task = taskOf({
      status: 'FAILED',
      requestedBy: { __typename: 'User', id: colleague.userId },
      meeting: { __typename: 'Meeting', id: meeting.id },
    });
    await publish(test, {
      contract: meetingUpdated,
      payload: { ...meeting, revision: 9 },
      workspaceId,
      id: first,
    });
    await publish(test, {
      contract: transcriptCreated,
      payload: transcriptOf(meeting.id),
      workspaceId,
      id: second,
    });
    await publish(test, {
      contract: minutesCreated,
      payload: minutesOf(meeting.id, colleague.userId),
      workspaceId,
      id: third,
    });
    await publish(test, { contract: taskChanged('ai'), payload: task, workspaceId, id: fourth });
    // The event of a meeting is handled for two purposes: who may see it, and who is told.
    await until('all of them were handled', async () => {
      const sql = 'SELECT 1 FROM inbox WHERE message_id = ANY($1)';
      return ((await database.query(sql, [ids])) as unknown[]).length === 5;
    });
    expect(await rowsOf(scene)).toBe(0);
    expect(await kindsOf(test, colleague)).toEqual([]);
  });
});
