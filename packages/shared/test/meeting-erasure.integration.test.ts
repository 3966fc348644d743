import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CreateMeetingAccess1700000000001,
  CreateMeetingErasure1700000000005,
  createMeetingAccess,
  createMeetingEraser,
  holdMeeting,
  type MeetingAccess,
  type MeetingEraser,
  type MeetingKey,
} from '../src/access/index.ts';
import { createDataSource } from '../src/database/index.ts';
import type { GatewayClient } from '../src/graphql/index.ts';
import type { Messaging } from '../src/messaging/index.ts';
import { createTestDatabase, type TestDatabase, testViewer, until } from '../src/testing/index.ts';

const viewer = testViewer();

const open = (url: string): DataSource =>
  createDataSource({
    url,
    entities: [],
    migrations: [CreateMeetingAccess1700000000001, CreateMeetingErasure1700000000005],
  });

/** The meetings domain: answers every meeting it is asked for, when it is let. */
function createMeetings(): { gateway: GatewayClient; asked: string[]; answering: Promise<unknown> } {
  const meetings = {
    asked: [] as string[],
    answering: Promise.resolve() as Promise<unknown>,
    gateway: {
      query: async ({ variables, data }) => {
        meetings.asked.push(variables['id'] as string);
        await meetings.answering;
        return data.parse({
          meeting: {
            __typename: 'Meeting',
            id: variables['id'],
            revision: 1,
            title: 'Release sync',
            status: 'ENDED',
            language: 'en',
            timeZone: 'UTC',
            scheduledStart: '2026-03-04T01:00:00.000Z',
            startedAt: null,
            endedAt: null,
            verificationPolicy: 'NONE',
            organizer: { id: viewer.userId },
            participants: { edges: [] },
          },
        });
      },
      ready: async () => undefined,
    } satisfies GatewayClient as GatewayClient,
  };
  return meetings;
}

describe('the erasure of a meeting in a service', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let access: MeetingAccess;
  const meetings = createMeetings();
  /** Without tasks nothing is said to workers. */
  const eraser: MeetingEraser = createMeetingEraser({
    service: 'tested',
    messaging: {} as Messaging,
    tasks: [],
    deleteRows: async () => undefined,
  });

  beforeAll(async () => {
    database = await createTestDatabase(open);
    dataSource = await open(database.url).initialize();
    access = createMeetingAccess({ dataSource, gateway: meetings.gateway });
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database[Symbol.asyncDispose]();
  });

  const newMeeting = (): MeetingKey => ({ workspaceId: viewer.workspaceId, meetingId: randomUUID() });
  const transact = <T>(work: (tx: EntityManager) => Promise<T>): Promise<T> => dataSource.transaction(work);
  const standing = ({ meetingId }: MeetingKey): Promise<string> =>
    transact((tx) => holdMeeting(tx, meetingId));
  const sees = async ({ meetingId }: MeetingKey): Promise<boolean> =>
    (await access.visible(viewer, [meetingId])).has(meetingId);
  const isKept = async ({ meetingId }: MeetingKey): Promise<boolean> => {
    const sql = 'SELECT 1 FROM meeting_access WHERE meeting_id = $1';
    return ((await dataSource.query(sql, [meetingId])) as unknown[]).length > 0;
  };
  const somebodyWaits = (): Promise<unknown> =>
    until('somebody waits for a lock', async () => {
      const sql = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
      return ((await dataSource.query(sql)) as unknown[]).length > 0;
    });

  it('goes from there over hidden to erased and never back from there', async () => {
    const meeting = newMeeting();
    expect(await standing(meeting)).toBe('THERE');
    for (const _twice of [1, 2]) await transact((tx) => eraser.hide(tx, meeting));
    expect(await standing(meeting)).toBe('HIDDEN');
    for (const _twice of [1, 2]) await transact((tx) => eraser.show(tx, meeting));
    expect(await standing(meeting)).toBe('THERE');
    for (const _twice of [1, 2]) await transact((tx) => eraser.purge(tx, meeting, null));
    expect(await standing(meeting)).toBe('ERASED');
    await transact((tx) => eraser.hide(tx, meeting));
    await transact((tx) => eraser.show(tx, meeting));
    expect(await standing(meeting)).toBe('ERASED');
  });

  it('waits for those who write what belongs to the meeting, and tells those who come after it', async () => {
    const meeting = newMeeting();
    const order: string[] = [];
    const held = Promise.withResolvers<void>();
    const written = Promise.withResolvers<void>();
    const writing = transact(async (tx) => {
      expect(await holdMeeting(tx, meeting.meetingId)).toBe('THERE');
      held.resolve();
      await written.promise;
      order.push('written');
    });
    await held.promise;
    const erasing = transact((tx) => eraser.purge(tx, meeting, null)).then(() => order.push('erased'));
    await somebodyWaits();
    const late = standing(meeting);
    written.resolve();
    await Promise.all([writing, erasing]);
    expect(order).toEqual(['written', 'erased']);
    expect(await late).toBe('ERASED');
  });

  it('shows a hidden meeting to nobody and does not ask the meetings domain for it', async () => {
    const meeting = newMeeting();
    expect(await sees(meeting)).toBe(true);
    await transact((tx) => eraser.hide(tx, meeting));
    meetings.asked.length = 0;
    expect(await sees(meeting)).toBe(false);
    expect(meetings.asked).toEqual([]);
    await transact((tx) => eraser.show(tx, meeting));
    expect(await sees(meeting)).toBe(true);
    await transact((tx) => eraser.purge(tx, meeting, null));
    expect(await sees(meeting)).toBe(false);
    expect(meetings.asked).toEqual([]);
  });

  it('keeps nothing of a meeting whose answer was on its way when it was erased', async () => {
    const meeting = newMeeting();
    const answer = Promise.withResolvers<void>();
    meetings.answering = answer.promise;
    const looking = sees(meeting);
    await until('the meetings domain is asked', () => meetings.asked.includes(meeting.meetingId));
    await transact((tx) => eraser.purge(tx, meeting, null));
    answer.resolve();
    expect(await looking).toBe(false);
    expect(await isKept(meeting)).toBe(false);
  });
});
