import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataSource } from '../src/data-source.ts';
import { createMeetingEraser } from '../src/services/erase-meeting.ts';
import { expireShares } from '../src/services/expire-shares.ts';
import {
  colleague,
  KNOWN_EMAIL,
  manager,
  organizer,
  reader,
  type Scene,
  startScene,
  stranger,
} from './sharing-scene.ts';

const CAN = `query ($id: ID!) { meeting(id: $id) { viewerCan {
  edit importTranscript uploadRecording delete verify comment share } sharedWithViewer { access sharedBy { id } } } }`;
const SHARES = `query ($id: ID!, $first: Int, $after: String) { meeting(id: $id) {
  shares(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
    edges { node { id email access user { id } } } }
  shareHistory { kind access email actor { id } user { id } } } }`;
const LIST = `query ($filter: MeetingFilter) { meetings(first: 50, filter: $filter) { totalCount edges { node { id } } } }`;
const UPDATE = `mutation ($id: ID!) { updateMeeting(input: { id: $id, expectedRevision: 1, title: "x" }) { userErrors { code } } }`;
const HOUR_MS = 3_600_000;

const inHours = (hours: number): string => new Date(Date.now() + hours * HOUR_MS).toISOString();

describe('sharing a meeting', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene();
  });
  afterAll(async () => {
    await scene[Symbol.asyncDispose]();
  });

  const share = async (meetingId: string, extra: object = {}, viewer = organizer) =>
    await scene.shares(
      'shareMeeting',
      { input: { meetingId, userId: reader.userId, access: 'READ', ...extra } },
      viewer,
    );
  const sql = async (text: string, values: unknown[]): Promise<void> => {
    const client = new pg.Client({ connectionString: scene.test.databaseUrl });
    await client.connect();
    await client.query(text, values);
    await client.end();
  };

  it('lets a person see it who does not take part, and nobody else, and change nothing', async () => {
    const { id } = await scene.hold();
    expect(await scene.sees(reader, id)).toBe(false);
    const { share: made, userErrors, url } = await share(id, { message: '회의록을 봐 주세요' });
    expect(userErrors).toEqual([]);
    expect(url).toBeNull();
    expect(made).toMatchObject({
      access: 'READ',
      live: true,
      expiresAt: null,
      message: '회의록을 봐 주세요',
      user: { id: reader.userId },
      sharedBy: { id: organizer.userId },
    });
    expect(await scene.sees(reader, id)).toBe(true);
    expect(await scene.sees(stranger, id)).toBe(false);
    const { updateMeeting } = await scene.data(reader, UPDATE, { id });
    expect(updateMeeting).toMatchObject({ userErrors: [{ code: 'FORBIDDEN' }] });
  });

  it('says what the holder may do, by what the share gives', async () => {
    const { id } = await scene.hold();
    const may = async (access: string) => {
      await share(id, { access });
      return (await scene.data(reader, CAN, { id }))['meeting'];
    };
    const nothing = {
      edit: false,
      importTranscript: false,
      uploadRecording: false,
      delete: false,
      share: false,
    };
    const sharedWithViewer = { access: 'READ', sharedBy: { id: organizer.userId } };
    expect(await may('READ')).toEqual({
      viewerCan: { ...nothing, verify: false, comment: false },
      sharedWithViewer,
    });
    expect(await may('COMMENT')).toMatchObject({ viewerCan: { verify: false, comment: true } });
    expect(await may('VERIFY')).toMatchObject({ viewerCan: { ...nothing, verify: true, comment: true } });
    expect((await scene.data(organizer, CAN, { id }))['meeting']).toEqual({
      viewerCan: {
        edit: true,
        importTranscript: true,
        uploadRecording: true,
        delete: true,
        verify: true,
        comment: true,
        share: true,
      },
      sharedWithViewer: null,
    });
  });

  it('is for the organizer, MANAGER and ADMIN; for who sees the meeting FORBIDDEN, for others NOT_FOUND', async () => {
    const { id } = await scene.hold();
    const { share: made } = await share(id, {}, manager);
    expect(made).not.toBeNull();
    const refusals = async (viewer: typeof organizer): Promise<unknown[]> => {
      const input = { shareId: made?.id, access: 'VERIFY' };
      const answers = [
        await share(id, {}, viewer),
        await scene.shares('changeShare', { input }, viewer),
        await scene.shares('revokeShare', { shareId: made?.id }, viewer),
      ];
      return answers.map(({ userErrors }) => userErrors[0]?.code);
    };
    expect(await refusals(colleague)).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
    expect(await refusals(reader)).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
    expect(await refusals(stranger)).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
    for (const viewer of [colleague, reader]) {
      const { meeting } = await scene.data(viewer, SHARES, { id });
      expect(meeting).toEqual({ shares: null, shareHistory: null });
    }
  });

  it('keeps one share for each person, however it is named and however often', async () => {
    const { id } = await scene.hold();
    const first = await share(id);
    const second = await share(id, { userId: null, email: KNOWN_EMAIL.toUpperCase(), access: 'VERIFY' });
    expect(second.share).toMatchObject({ id: first.share?.id, access: 'VERIFY', email: null });
    expect(second.token).toBeNull();
    const outsider = { userId: null, email: 'out@partner.example' };
    const links = [await share(id, outsider), await share(id, outsider)];
    expect(new Set(links.map(({ token }) => token)).size).toBe(1);
    expect((await scene.data(organizer, SHARES, { id }))['meeting']).toMatchObject({
      shares: { totalCount: 2 },
    });
  });

  it('refuses who takes part, two names or none, an end that is over, and strangers to the workspace', async () => {
    const { id } = await scene.hold();
    const codes = async (extra: object): Promise<unknown> => (await share(id, extra)).userErrors[0];
    expect(await codes({ userId: colleague.userId })).toMatchObject({ code: 'CONFLICT' });
    expect(await codes({ userId: organizer.userId })).toMatchObject({ code: 'CONFLICT' });
    expect(await codes({ email: KNOWN_EMAIL })).toMatchObject({ code: 'BAD_INPUT', path: ['userId'] });
    expect(await codes({ userId: null })).toMatchObject({ code: 'BAD_INPUT' });
    expect(await codes({ userId: 'nobody' })).toMatchObject({ code: 'BAD_INPUT', path: ['userId'] });
    expect(await codes({ expiresAt: '2020-01-01T00:00:00Z' })).toMatchObject({ path: ['expiresAt'] });
    expect(await codes({ userId: null, email: 'no address' })).toMatchObject({ path: ['email'] });
    expect((await scene.data(organizer, SHARES, { id }))['meeting']).toMatchObject({
      shares: { totalCount: 0 },
      shareHistory: [],
    });
  });

  it('lists what is shared with the viewer, alone or beside the rest', async () => {
    const { id } = await scene.hold();
    await share(id);
    const list = async (viewer: typeof organizer, filter: object): Promise<string[]> => {
      const { meetings } = (await scene.data(viewer, LIST, { filter })) as {
        meetings: { edges: { node: { id: string } }[] };
      };
      return meetings.edges.map(({ node }) => node.id);
    };
    expect(await list(reader, {})).toContain(id);
    expect(await list(reader, { sharedWithMe: true })).toContain(id);
    expect(await list(reader, { sharedWithMe: false })).not.toContain(id);
    expect(await list(colleague, { sharedWithMe: true })).not.toContain(id);
    expect(await list(manager, { sharedWithMe: false })).toContain(id);
    expect(await list(stranger, {})).not.toContain(id);
    expect(await list(reader, { participantId: colleague.userId })).toContain(id);
    expect(await list(reader, { participantId: reader.userId })).not.toContain(id);
  });

  it('tells the other services who may see it, and of the share without an address', async () => {
    const { id } = await scene.hold();
    const made = await share(id, { access: 'COMMENT' });
    const link = await share(id, { userId: null, email: 'out@partner.example' });
    await scene.shares('revokeShare', { shareId: made.share?.id });
    const people = [organizer.userId, colleague.userId];
    const held = { userId: reader.userId, access: 'COMMENT', expiresAt: null };
    expect(await scene.told('meeting', id, 4)).toMatchObject([
      { shares: [], audienceUserIds: people },
      { kind: 'UPDATED', shares: [held], audienceUserIds: [...people, reader.userId] },
      { shares: [held], audienceUserIds: [...people, reader.userId] },
      { revision: 4, shares: [], audienceUserIds: people, participantUserIds: people },
    ]);
    const [told] = await scene.told('share', String(link.share?.id), 1);
    expect(told).toEqual({
      __typename: 'MeetingShare',
      id: link.share?.id,
      meetingId: id,
      userId: null,
      access: 'READ',
      sharedById: organizer.userId,
    });
    expect(JSON.stringify(await scene.told('meeting', id, 4))).not.toMatch(/partner\.example|s1\./);
  });

  it('ends with its revocation for good: shared again it is another share', async () => {
    const { id } = await scene.hold();
    const first = await share(id);
    const revoked = await scene.shares('revokeShare', { shareId: first.share?.id });
    expect(revoked.userErrors).toEqual([]);
    expect(await scene.sees(reader, id)).toBe(false);
    const again = await scene.shares('revokeShare', { shareId: first.share?.id });
    expect(again.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await share(id)).share?.id).not.toBe(first.share?.id);
  });

  it('ends at the moment that was set, and watchers are told once', async () => {
    const { id } = await scene.hold();
    const made = await share(id, { expiresAt: inHours(1) });
    await sql(`UPDATE meeting_share SET expires_at = now() - interval '1 second' WHERE id = $1`, [
      made.share?.id,
    ]);
    const dataSource = await createDataSource(scene.test.databaseUrl).initialize();
    await dataSource.transaction((tx) => expireShares(tx, new Date()));
    await dataSource.transaction((tx) => expireShares(tx, new Date()));
    await dataSource.destroy();
    const events = await scene.told('meeting', id, 3);
    expect(events).toHaveLength(3);
    expect(events.at(-1)).toMatchObject({
      kind: 'UPDATED',
      actor: null,
      audienceUserIds: [organizer.userId, colleague.userId],
    });
    const list = (await scene.data(reader, LIST, { filter: {} }))['meetings'] as { edges: object[] };
    expect(list.edges).not.toContainEqual({ node: { id } });
    const { meeting } = await scene.data(organizer, SHARES, { id });
    expect((meeting as { shareHistory: object[] }).shareHistory).toMatchObject([
      { kind: 'EXPIRED', actor: null },
      { kind: 'SHARED' },
    ]);
    const later = { input: { shareId: made.share?.id, expiresAt: inHours(2) } };
    expect((await scene.shares('changeShare', later)).share).toMatchObject({ live: true });
    expect(await scene.sees(reader, id)).toBe(true);
  });

  it('shows its history to who may share: who, with whom, what, the newest first', async () => {
    const { id } = await scene.hold();
    const made = await share(id);
    await scene.shares('changeShare', { input: { shareId: made.share?.id, access: 'VERIFY' } }, manager);
    await scene.shares('revokeShare', { shareId: made.share?.id });
    const { meeting } = await scene.data(organizer, SHARES, { id });
    const user = { id: reader.userId };
    const byOrganizer = { actor: { id: organizer.userId }, user, email: null };
    expect((meeting as { shareHistory: object[] }).shareHistory).toEqual([
      { kind: 'REVOKED', access: 'VERIFY', ...byOrganizer },
      { kind: 'CHANGED', access: 'VERIFY', actor: { id: manager.userId }, user, email: null },
      { kind: 'SHARED', access: 'READ', ...byOrganizer },
    ]);
  });

  it('is read with as many queries for many meetings as for one', async () => {
    const asked = `query ($first: Int!) { meetings(first: $first) { edges { node { viewerCan { share verify }
      sharedWithViewer { id } shares { totalCount } shareHistory { kind } } } } }`;
    const ids = [await scene.hold(), await scene.hold(), await scene.hold()].map(({ id }) => id);
    for (const id of ids) await share(id);
    const cost = async (first: number): Promise<number> =>
      (await scene.queriesDuring(() => scene.data(organizer, asked, { first }))).length;
    // The second time both find the same in the cache.
    await cost(1);
    await cost(3);
    expect(await cost(3)).toBe(await cost(1));
  });

  it('leaves nothing behind when the meeting is erased', async () => {
    const { id } = await scene.hold();
    await share(id, { userId: null, email: 'gone@partner.example', message: 'unmistakable words' });
    const dataSource = await createDataSource(scene.test.databaseUrl).initialize();
    const key = { workspaceId: organizer.workspaceId, meetingId: id };
    await dataSource.transaction((tx) => createMeetingEraser(() => new Date()).purge(tx, key, null));
    const left: { shares: number; changes: number }[] = await dataSource.query(
      `SELECT (SELECT count(*)::int FROM meeting_share WHERE meeting_id = $1) AS shares,
         (SELECT count(*)::int FROM share_change WHERE meeting_id = $1) AS changes`,
      [id],
    );
    await dataSource.destroy();
    expect(left).toEqual([{ shares: 0, changes: 0 }]);
  });

  it('leaves a record of who did what in the audit trail, without addresses', async () => {
    const { id } = await scene.hold();
    const made = await share(id, { userId: null, email: 'audited@partner.example' });
    await scene.shares('changeShare', { input: { shareId: made.share?.id, access: 'COMMENT' } });
    await share(id, {}, colleague);
    await scene.shares('revokeShare', { shareId: made.share?.id });
    const dataSource = await createDataSource(scene.test.databaseUrl).initialize();
    const rows: object[] = await dataSource.query(
      `SELECT actor, action, object_ids, outcome, code FROM audit_record
       WHERE object_ids && $1 AND action <> 'createMeeting' ORDER BY id`,
      [[id, made.share?.id]],
    );
    await dataSource.destroy();
    const mine = { actor: `user:${organizer.userId}`, outcome: 'DONE', code: null };
    expect(rows).toEqual([
      { ...mine, action: 'shareMeeting', object_ids: [id] },
      { ...mine, action: 'changeShare', object_ids: [made.share?.id] },
      {
        actor: `user:${colleague.userId}`,
        action: 'shareMeeting',
        object_ids: [id, reader.userId],
        outcome: 'DENIED',
        code: 'FORBIDDEN',
      },
      { ...mine, action: 'revokeShare', object_ids: [made.share?.id] },
    ]);
  });

  it('is listed page by page without gap or repetition', async () => {
    const { id } = await scene.hold();
    for (const name of ['a', 'b', 'c']) await share(id, { userId: null, email: `${name}@partner.example` });
    const page = async (after: string | null) => {
      const { meeting } = (await scene.data(organizer, SHARES, { id, first: 2, after })) as {
        meeting: {
          shares: {
            edges: { node: { email: string } }[];
            pageInfo: { endCursor: string; hasNextPage: boolean };
          };
        };
      };
      return meeting.shares;
    };
    const first = await page(null);
    const second = await page(first.pageInfo.endCursor);
    expect([...first.edges, ...second.edges].map(({ node }) => node.email)).toEqual(
      ['a', 'b', 'c'].map((name) => `${name}@partner.example`),
    );
    expect([first, second].map(({ pageInfo }) => pageInfo.hasNextPage)).toEqual([true, false]);
  });
});
