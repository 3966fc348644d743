import { startTestService, type TestService, testViewer } from '@hoerok/shared/testing';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environment } from '../src/config.ts';
import { createDataSource } from '../src/data-source.ts';
import { meetingsService } from '../src/service.ts';

const STATISTICS = `query ($from: DateTime!, $to: DateTime!) { workspaceStatistics(from: $from, to: $to) {
  id from to meetings { held canceled hours participants averageParticipants } } }`;
const ENTITY = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on WorkspaceStatistics { meetings { held } } } }`;
const CREATE = `mutation ($input: CreateMeetingInput!) { createMeeting(input: $input) { meeting { id } userErrors { code } } }`;

const admin = testViewer({ role: 'ADMIN' });
const { workspaceId } = admin;
const march = { from: '2026-03-01T00:00:00.000Z', to: '2026-04-01T00:00:00.000Z' };

describe('the statistics of meetings', () => {
  let test: TestService;
  let database: DataSource;
  beforeAll(async () => {
    test = await startTestService(environment, meetingsService);
    database = await createDataSource(test.databaseUrl).initialize();
  });
  afterAll(async () => {
    await database.destroy();
    await test[Symbol.asyncDispose]();
  });

  /** A meeting with the instants that its row is given, in the name of the past. */
  const hold = async (
    guests: readonly string[],
    columns: Readonly<Record<string, string>>,
  ): Promise<void> => {
    const input = {
      title: 'Sync',
      scheduledStart: march.from,
      timeZone: 'UTC',
      participants: guests.map((email) => ({ email })),
    };
    const { data } = await test.execute(admin, CREATE, { input });
    const { id } = ((data ?? {})['createMeeting'] as { meeting: { id: string } }).meeting;
    const names = Object.keys(columns);
    const set = names.map((name, place) => `${name} = $${place + 2}`).join(', ');
    await database.query(`UPDATE meeting SET ${set} WHERE id = $1`, [id, ...Object.values(columns)]);
  };
  const held = (endedAt: string, startedAt: string): Record<string, string> => {
    return { status: 'ENDED', started_at: startedAt, ended_at: endedAt };
  };

  it('count the meetings that ended in the span, their hours and the people in them', async () => {
    await hold(
      ['a@hoerok.example', 'b@hoerok.example'],
      held('2026-03-10T11:30:00Z', '2026-03-10T10:00:00Z'),
    );
    await hold(['A@hoerok.example'], held('2026-03-31T23:59:59Z', '2026-03-31T23:29:59Z'));
    await hold([], held(march.to, '2026-03-31T23:00:00Z'));
    await hold([], { status: 'CANCELED', canceled_at: march.from });
    await hold([], { ...held('2026-03-12T11:00:00Z', '2026-03-12T10:00:00Z'), deleting_at: march.from });
    const { data, errors } = await test.execute(admin, STATISTICS, march);
    expect(errors).toBeUndefined();
    const statistics = data?.['workspaceStatistics'] as { id: string };
    expect(statistics).toMatchObject({
      ...march,
      meetings: { held: 2, canceled: 1, hours: 2, participants: 3, averageParticipants: 2.5 },
    });
    const r = [{ __typename: 'WorkspaceStatistics', id: statistics.id }];
    const again = await test.execute(admin, ENTITY, { r });
    expect(again.data?.['_entities']).toEqual([{ meetings: { held: 2 } }]);
    const elsewhere = await test.execute(testViewer({ role: 'ADMIN' }), ENTITY, { r });
    expect(elsewhere.data?.['_entities']).toEqual([null]);
  });

  it('are zeros where nothing has happened', async () => {
    const nobody = testViewer({ role: 'MANAGER' });
    const { data } = await test.execute(nobody, STATISTICS, march);
    expect(data?.['workspaceStatistics']).toMatchObject({
      meetings: { held: 0, canceled: 0, hours: 0, participants: 0, averageParticipants: 0 },
    });
  });

  it.each([
    [testViewer({ workspaceId }), march, 'FORBIDDEN'],
    [testViewer({ workspaceId, role: 'GUEST' }), march, 'FORBIDDEN'],
    [null, march, 'UNAUTHENTICATED'],
    [admin, { from: march.to, to: march.from }, 'BAD_INPUT'],
    [admin, { from: '2000-01-01T00:00:00Z', to: march.to }, 'BAD_INPUT'],
  ])('are refused to %j for %j', async (viewer, span, code) => {
    const { errors } = await test.execute(viewer, STATISTICS, span);
    expect(errors?.[0]?.extensions).toMatchObject({ code });
  });
});
