import type { UserViewer } from '@hoerok/shared/auth';
import { meetingDeleted, taskCancelRequested, transcriptCreated } from '@hoerok/shared/contracts';
import type { GatewayClient } from '@hoerok/shared/graphql';
import { connectMessaging, qualify, streamNames } from '@hoerok/shared/messaging';
import {
  answerSubscription,
  publishEvent,
  startTestService,
  type TestService,
  testServers,
  testViewer,
  until,
} from '@hoerok/shared/testing';
import type { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { environment } from '../src/config.ts';
import { createDataSource } from '../src/data-source.ts';
import { meetingsService } from '../src/service.ts';
import { createMeetingEraser } from '../src/services/erase-meeting.ts';
import { type Keepers, startKeepers } from './keepers.ts';

const organizer = testViewer();
const { workspaceId } = organizer;
const colleague = testViewer({ workspaceId });
const manager = testViewer({ workspaceId, role: 'MANAGER' });
const admin = testViewer({ workspaceId, role: 'ADMIN' });
const stranger = testViewer({ workspaceId });
const foreigner = testViewer({ role: 'ADMIN' });

const gateway: GatewayClient = {
  query: async ({ variables, data }) => {
    const ids = variables['ids'] as string[];
    return data.parse({ users: { edges: ids.map((id) => ({ node: { id } })) } });
  },
  ready: async () => undefined,
};

const CREATE = `mutation ($input: CreateMeetingInput!) { createMeeting(input: $input) { meeting { id } userErrors { code path } } }`;
const DELETE = `mutation ($id: ID!) { deleteMeeting(id: $id) {
  task { id kind status requestedBy { id } meeting { id } } userErrors { code message path } } }`;
const STEP = (name: string): string =>
  `mutation ($id: ID!) { ${name}(id: $id) { meeting { status } userErrors { code } } }`;
const READ = `query ($id: ID!) { meeting(id: $id) { id viewerCan { delete } transcriptReadyAt } meetings(first: 100) { totalCount edges { node { id } } } }`;

interface Deletion {
  readonly task: { readonly id: string; readonly [field: string]: unknown } | null;
  readonly userErrors: readonly { readonly code: string }[];
}

describe('the deletion of a meeting', () => {
  let test: TestService;
  let database: DataSource;
  let keepers: Keepers;

  beforeAll(async () => {
    test = await startTestService(environment, meetingsService, { adapters: { gateway } });
    database = await createDataSource(test.databaseUrl).initialize();
    keepers = await startKeepers(test.namespace);
  });
  afterEach(async () => {
    keepers.refused = null;
    await keepers.resume();
  });
  afterAll(async () => {
    await keepers[Symbol.asyncDispose]();
    await database.destroy();
    await test[Symbol.asyncDispose]();
  });

  const run = async <T>(document: string, variables: object, viewer: UserViewer): Promise<T> => {
    const { data, errors } = await test.execute(viewer, document, variables);
    expect(errors).toBeUndefined();
    return Object.values(data ?? {})[0] as T;
  };
  const create = async (extra: object = {}): Promise<string> => {
    const input = {
      title: 'Release sync',
      scheduledStart: '2026-03-04T10:00:00+09:00',
      timeZone: 'Asia/Seoul',
      agenda: ['One', 'Two'],
      participants: [{ userId: colleague.userId }],
      ...extra,
    };
    return (await run<{ meeting: { id: string } }>(CREATE, { input }, organizer)).meeting.id;
  };
  const remove = (id: string, viewer = organizer): Promise<Deletion> => run(DELETE, { id }, viewer);
  const codeOf = ({ userErrors: [error] }: Deletion): string | undefined => error?.code;
  /** By its id and in the list, which are two queries: `partly` is what stands between two moments. */
  const seen = async (id: string, viewer = organizer): Promise<'everywhere' | 'nowhere' | 'partly'> => {
    const { data } = await test.execute(viewer, READ, { id });
    const { edges } = (data ?? {})['meetings'] as { edges: { node: { id: string } }[] };
    const listed = edges.some(({ node }) => node.id === id);
    if ((data?.['meeting'] !== null) !== listed) return 'partly';
    return listed ? 'everywhere' : 'nowhere';
  };
  const stateOf = async (taskId: string | undefined): Promise<string | undefined> => {
    const rows: { state: string }[] = await database.query('SELECT state FROM task WHERE id = $1', [taskId]);
    return rows[0]?.state;
  };
  const ended = async ({ task }: Deletion): Promise<string> =>
    until('the deletion has ended', async () => {
      const state = await stateOf(task?.id);
      return state !== 'PROCESSING' && state !== undefined ? state : undefined;
    });
  const hidden = (id: string): Promise<unknown> =>
    until('the meeting is hidden', async () => (await seen(id)) === 'nowhere');

  it('hides it in every service, deletes it in every service, and its own rows last', async () => {
    const id = await create();
    const begun = await remove(id);
    expect(begun).toMatchObject({
      task: { kind: 'MEETING_DELETION', requestedBy: { id: organizer.userId } },
      userErrors: [],
    });
    expect(await ended(begun)).toBe('COMPLETED');
    const services = ['transcripts', 'ai', 'todos', 'notifications'];
    const asked = keepers.askedFor(begun.task?.id);
    expect(asked.slice(0, 4).toSorted()).toEqual(services.map((one) => `${one} DO hide-meeting`).toSorted());
    expect(asked.slice(4).toSorted()).toEqual(services.map((one) => `${one} DO purge-meeting`).toSorted());
    for (const table of ['meeting', 'participant', 'agenda_item']) {
      const column = table === 'meeting' ? 'id' : 'meeting_id';
      expect(await database.query(`SELECT 1 FROM ${table} WHERE ${column} = $1`, [id])).toEqual([]);
    }
    expect(codeOf(await remove(id))).toBe('NOT_FOUND');
    await expectTold(test, id);
  });

  it('is for its organizer and for ADMIN alone', async () => {
    const id = await create();
    expect(codeOf(await remove(id, manager))).toBe('FORBIDDEN');
    expect(codeOf(await remove(id, colleague))).toBe('FORBIDDEN');
    expect(codeOf(await remove(id, stranger))).toBe('NOT_FOUND');
    expect(codeOf(await remove(id, foreigner))).toBe('NOT_FOUND');
    const may = async (viewer: UserViewer): Promise<unknown> =>
      (await test.execute(viewer, READ, { id })).data?.['meeting'];
    expect(await may(manager)).toMatchObject({ viewerCan: { delete: false } });
    expect(await may(admin)).toMatchObject({ viewerCan: { delete: true } });
    expect(await ended(await remove(id, admin))).toBe('COMPLETED');
  });

  it('is refused while the meeting is LIVE', async () => {
    const id = await create();
    await run(STEP('startMeeting'), { id }, organizer);
    expect(codeOf(await remove(id))).toBe('WRONG_STATE');
    const eraser = createMeetingEraser(() => new Date());
    const hiding = database.transaction((tx) => eraser.hide(tx, { workspaceId, meetingId: id }));
    await expect(hiding).rejects.toMatchObject({ code: 'WRONG_STATE' });
    expect(await seen(id)).toBe('everywhere');
    await run(STEP('endMeeting'), { id }, organizer);
    expect(await ended(await remove(id))).toBe('COMPLETED');
  });

  it('shows it to nobody while it is under way, lets nobody change it, and is one task however often it is asked for', async () => {
    const id = await create({ clientMutationId: 'gone' });
    keepers.pause();
    const [first, second] = await Promise.all([remove(id), remove(id)]);
    expect(second.task?.id).toBe(first.task?.id);
    await hidden(id);
    for (const viewer of [organizer, admin, manager, colleague])
      expect(await seen(id, viewer)).toBe('nowhere');
    for (const step of ['startMeeting', 'cancelMeeting']) {
      const { userErrors } = await run<Deletion>(STEP(step), { id }, organizer);
      expect(userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    }
    const input = { title: 'Again', scheduledStart: '2026-03-04T10:00:00Z', timeZone: 'UTC' };
    const recreated = await run<Deletion>(
      CREATE,
      { input: { ...input, clientMutationId: 'gone' } },
      organizer,
    );
    expect(recreated.userErrors).toMatchObject([{ code: 'WRONG_STATE', path: ['clientMutationId'] }]);
    const again = await remove(id);
    expect(again.task).toMatchObject({ id: first.task?.id, meeting: null });
    expect((await remove(id, admin)).task?.id).toBe(first.task?.id);
    expect(codeOf(await remove(id, manager))).toBe('NOT_FOUND');
    await keepers.resume();
    expect(await ended(first)).toBe('COMPLETED');
  });

  it('shows it everywhere again when a service cannot hide its part, and can be asked for again', async () => {
    const id = await create();
    keepers.refused = 'todos DO hide-meeting';
    const failed = await remove(id);
    expect(await ended(failed)).toBe('FAILED');
    expect(await seen(id, colleague)).toBe('everywhere');
    const asked = keepers.askedFor(failed.task?.id);
    const undone = asked.filter((deed) => deed.includes('UNDO'));
    expect(undone.toSorted()).toEqual(
      ['ai', 'notifications', 'transcripts'].map((one) => `${one} UNDO hide-meeting`),
    );
    expect(asked.some((deed) => deed.includes('purge'))).toBe(false);
    keepers.refused = null;
    const second = await remove(id);
    expect(second.task?.id).not.toBe(failed.task?.id);
    expect(await ended(second)).toBe('COMPLETED');
  });

  it('can be cancelled while it hides, and loses nothing of what was told meanwhile', async () => {
    const id = await create();
    keepers.pause();
    const begun = await remove(id);
    await hidden(id);
    const transcript = { __typename: 'Transcript', id: 't-1', revision: 1, meetingId: id } as const;
    await publishEvent(test.namespace, transcriptCreated, {
      workspaceId,
      aggregateId: 't-1',
      payload: { ...transcript, language: 'en', wordCount: 1, durationMs: 1 },
    });
    const taskId = begun.task?.id ?? '';
    await publishEvent(test.namespace, taskCancelRequested, {
      workspaceId,
      aggregateId: taskId,
      payload: { taskId, owner: 'meetings' },
    });
    await until('the deletion turns back', async () => {
      const sql = `SELECT 1 FROM saga WHERE id = $1 AND state = 'COMPENSATING'`;
      return ((await database.query(sql, [taskId])) as unknown[]).length === 1;
    });
    await keepers.resume();
    expect(await ended(begun)).toBe('CANCELLED');
    expect(await seen(id)).toBe('everywhere');
    await until('the transcript is noted', async () => {
      const { data } = await test.execute(organizer, READ, { id });
      return ((data ?? {})['meeting'] as { transcriptReadyAt: string | null }).transcriptReadyAt !== null;
    });
  });
});

async function expectTold(test: TestService, id: string): Promise<void> {
  const url = testServers().natsUrl;
  const messaging = await connectMessaging({ url, name: 'test', namespace: test.namespace });
  const subject = qualify(test.namespace, `evt.meetings.${workspaceId}.meeting.${id}.deleted`);
  const message = await until('the event is in the stream', async () => {
    const found = await messaging.manager.streams
      .getMessage(streamNames(test.namespace, 'meetings').events, { last_by_subj: subject })
      .catch(() => null);
    return found ?? undefined;
  });
  expect(message.header.get('x-actor-id')).toBe(organizer.userId);
  const payload = meetingDeleted.schema.parse(message.json());
  expect(payload).toMatchObject({ __typename: 'Meeting', id });
  const document =
    'subscription { meetingEvents(meetingId: "m") { kind revision meeting { title } actor { id } } }';
  const field = 'meetingEvents';
  expect(await answerSubscription(meetingsService.schema, document, { field, payload })).toEqual({
    kind: 'DELETED',
    revision: expect.any(Number),
    meeting: null,
    actor: { id: organizer.userId },
  });
  await messaging.connection.close();
}
