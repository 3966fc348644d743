import { meetingEnded } from '@hoerok/shared/contracts';
import type { GatewayClient } from '@hoerok/shared/graphql';
import { connectMessaging, qualify, streamNames } from '@hoerok/shared/messaging';
import { startTestService, type TestService, testServers, testViewer, until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environment } from '../src/config.ts';
import { createDataSource } from '../src/data-source.ts';
import { meetingsService } from '../src/service.ts';

const organizer = testViewer();
const colleague = testViewer({ workspaceId: organizer.workspaceId });
const stranger = testViewer({ workspaceId: organizer.workspaceId });
const foreigner = testViewer({ role: 'ADMIN' });

/** Stands in for the users domain behind the gateway: knows the two colleagues. */
const gateway: GatewayClient = {
  ready: async () => undefined,
  query: async ({ variables, data }) => {
    const ids = (variables['ids'] as string[]).filter((id) =>
      [organizer.userId, colleague.userId].includes(id),
    );
    return data.parse({ users: { edges: ids.map((id) => ({ node: { id } })) } });
  },
};

const CREATE = `mutation ($input: CreateMeetingInput!) {
  createMeeting(input: $input) {
    meeting { id title status revision agenda { title } organizer { id } scheduledEnd closed viewerCan { edit start end }
      participants(first: 10) { totalCount edges { node { displayName role user { id } } } } }
    userErrors { code message path }
  }
}`;
const STEP = (name: string): string =>
  `mutation ($id: ID!) { ${name}(id: $id) { meeting { id status revision closed } userErrors { code message } } }`;

interface Payload {
  meeting: { id: string; status: string; revision: number; [field: string]: unknown } | null;
  userErrors: { code: string; message: string; path?: string[] | null }[];
}

describe('the meetings subgraph', () => {
  let test: TestService;

  beforeAll(async () => {
    test = await startTestService(environment, meetingsService, { adapters: { gateway } });
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  const run = async (
    field: string,
    document: string,
    variables: object,
    viewer = organizer,
  ): Promise<Payload> => {
    const answer = await test.execute(viewer, document, variables);
    expect(answer.errors).toBeUndefined();
    return answer.data?.[field] as Payload;
  };
  const create = (extra: object = {}): Promise<Payload> =>
    run('createMeeting', CREATE, {
      input: {
        title: 'Release sync',
        scheduledStart: '2026-03-04T10:00:00+09:00',
        timeZone: 'Asia/Seoul',
        ...extra,
      },
    });

  it('creates a meeting from a template with the organizer as first participant', async () => {
    const { meeting, userErrors } = await create({
      templateId: 'template-decision',
      participants: [{ userId: colleague.userId }, { displayName: 'Guest of the vendor', role: 'OPTIONAL' }],
    });
    expect(userErrors).toEqual([]);
    expect(meeting).toMatchObject({
      status: 'SCHEDULED',
      revision: 1,
      scheduledEnd: '2026-03-04T02:00:00.000Z',
      organizer: { id: organizer.userId },
      viewerCan: { edit: true, start: true },
      participants: { totalCount: 3 },
    });
    expect(meeting?.['agenda']).toHaveLength(4);
  });

  it('gives the same meeting for the same clientMutationId', async () => {
    const first = await create({ clientMutationId: 'once' });
    const second = await create({ clientMutationId: 'once' });
    expect(second.meeting?.id).toBe(first.meeting?.id);
  });

  it('answers wrong input with the path of the field and stores nothing', async () => {
    const before = await test.execute(organizer, '{ meetings { totalCount } }');
    const { meeting, userErrors } = await create({ timeZone: 'Mars/Olympus' });
    expect(meeting).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'BAD_INPUT', path: ['timeZone'] }]);
    const unknown = await create({ participants: [{ userId: 'nobody' }] });
    expect(unknown.userErrors).toMatchObject([{ code: 'BAD_INPUT' }]);
    expect((await test.execute(organizer, '{ meetings { totalCount } }')).data).toEqual(before.data);
  });

  it('takes no action items for accepted until its organizer says so', async () => {
    const read = async (id: unknown): Promise<unknown> => {
      const { data } = await test.execute(
        organizer,
        'query ($id: ID!) { meeting(id: $id) { autoAcceptActionItems } }',
        { id },
      );
      return data?.['meeting'];
    };
    const id = (await create()).meeting?.id;
    expect(await read(id)).toEqual({ autoAcceptActionItems: false });
    const update =
      'mutation ($input: UpdateMeetingInput!) { updateMeeting(input: $input) { userErrors { code } } }';
    const change = (input: object, viewer = organizer): Promise<Payload> =>
      run('updateMeeting', update, { input: { id, ...input } }, viewer);
    expect(await change({ expectedRevision: 1, autoAcceptActionItems: true })).toEqual({ userErrors: [] });
    expect(await change({ expectedRevision: 2, title: 'Another title' })).toEqual({ userErrors: [] });
    expect(await read(id)).toEqual({ autoAcceptActionItems: true });
    expect(await read((await create({ autoAcceptActionItems: true })).meeting?.id)).toEqual({
      autoAcceptActionItems: true,
    });
  });

  it('walks from scheduled over live to ended and refuses the way back', async () => {
    const id = (await create()).meeting?.id;
    expect((await run('startMeeting', STEP('startMeeting'), { id })).meeting?.status).toBe('LIVE');
    const ended = await run('endMeeting', STEP('endMeeting'), { id });
    expect(ended.meeting).toMatchObject({ status: 'ENDED', closed: true, revision: 3 });
    const again = await run('endMeeting', STEP('endMeeting'), { id });
    expect(again.meeting?.revision).toBe(3);
    const { userErrors } = await run('startMeeting', STEP('startMeeting'), { id });
    expect(userErrors).toMatchObject([{ code: 'WRONG_STATE' }]);
  });

  it('ends a meeting that was held without being started, as it was planned, and none that is still to come', async () => {
    const times = 'query ($id: ID!) { meeting(id: $id) { status startedAt endedAt viewerCan { end } } }';
    const read = async (id: unknown): Promise<unknown> =>
      (await test.execute(organizer, times, { id })).data?.['meeting'];
    const start = '2020-03-04T01:00:00.000Z';
    for (const [extra, endedAt] of [
      [{ scheduledEnd: '2020-03-04T02:30:00Z' }, '2020-03-04T02:30:00.000Z'],
      [{}, start],
    ] as const) {
      const id = (await create({ scheduledStart: start, ...extra })).meeting?.id;
      expect(await read(id)).toMatchObject({ status: 'SCHEDULED', viewerCan: { end: true } });
      expect((await run('endMeeting', STEP('endMeeting'), { id })).userErrors).toEqual([]);
      expect(await read(id)).toEqual({
        status: 'ENDED',
        startedAt: start,
        endedAt,
        viewerCan: { end: false },
      });
    }
    const id = (await create({ scheduledStart: '2126-03-04T01:00:00Z' })).meeting?.id;
    expect(await read(id)).toMatchObject({ viewerCan: { end: false } });
    const { userErrors } = await run('endMeeting', STEP('endMeeting'), { id });
    expect(userErrors).toMatchObject([{ code: 'WRONG_STATE' }]);
  });

  it('refuses a change that is based on an old revision', async () => {
    const id = (await create()).meeting?.id;
    const update = `mutation ($input: UpdateMeetingInput!) {
      updateMeeting(input: $input) { meeting { id status revision title } userErrors { code message path } } }`;
    const first = await run('updateMeeting', update, {
      input: { id, expectedRevision: 1, title: 'Renamed' },
    });
    expect(first.meeting).toMatchObject({ title: 'Renamed', revision: 2 });
    const second = await run('updateMeeting', update, { input: { id, expectedRevision: 1, title: 'Late' } });
    expect(second.userErrors).toMatchObject([{ code: 'CONFLICT', path: ['expectedRevision'] }]);
  });

  it('shows a meeting to its participants and to nobody else', async () => {
    const id = (await create({ participants: [{ userId: colleague.userId }] })).meeting?.id;
    const read = async (viewer: typeof organizer): Promise<unknown> =>
      (await test.execute(viewer, 'query ($id: ID!) { meeting(id: $id) { id } }', { id })).data?.['meeting'];
    expect(await read(colleague)).toEqual({ id });
    expect(await read(stranger)).toBeNull();
    expect(await read(foreigner)).toBeNull();
    const asStranger = await run('endMeeting', STEP('endMeeting'), { id }, stranger);
    expect(asStranger.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const asColleague = await run('endMeeting', STEP('endMeeting'), { id }, colleague);
    expect(asColleague.userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
  });

  it('lists meetings page by page without gap or repetition', async () => {
    const viewer = testViewer();
    for (const day of ['01', '02', '03', '04', '05']) {
      const input = { title: `Day ${day}`, scheduledStart: `2026-05-${day}T09:00:00Z`, timeZone: 'UTC' };
      await run('createMeeting', CREATE, { input }, viewer);
    }
    const page = `query ($after: String) { meetings(first: 2, after: $after) {
      totalCount edges { node { title } } pageInfo { hasNextPage endCursor } } }`;
    const titles: string[] = [];
    let after: string | null = null;
    do {
      const { data } = await test.execute(viewer, page, { after });
      const { edges, pageInfo, totalCount } = (data ?? {})['meetings'] as {
        edges: { node: { title: string } }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
        totalCount: number;
      };
      expect(totalCount).toBe(5);
      titles.push(...edges.map(({ node }) => node.title));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    expect(titles).toEqual(['Day 05', 'Day 04', 'Day 03', 'Day 02', 'Day 01']);
  });

  it('goes back through the list from its end', async () => {
    const viewer = testViewer();
    for (const day of ['01', '02', '03', '04', '05']) {
      const input = { title: `Day ${day}`, scheduledStart: `2026-05-${day}T09:00:00Z`, timeZone: 'UTC' };
      await run('createMeeting', CREATE, { input }, viewer);
    }
    const page = `query ($last: Int, $before: String) { meetings(last: $last, before: $before) {
      edges { node { title } } pageInfo { hasPreviousPage startCursor } } }`;
    const pages: string[][] = [];
    for (let before: string | null = null, more = true; more; ) {
      const { data } = await test.execute(viewer, page, { last: 2, before });
      const { edges, pageInfo } = (data ?? {})['meetings'] as {
        edges: { node: { title: string } }[];
        pageInfo: { hasPreviousPage: boolean; startCursor: string };
      };
      pages.push(edges.map(({ node }) => node.title));
      ({ startCursor: before, hasPreviousPage: more } = pageInfo);
    }
    expect(pages).toEqual([['Day 02', 'Day 01'], ['Day 04', 'Day 03'], ['Day 05']]);
    const { errors } = await test.execute(viewer, page, {
      before: Buffer.from('["x","y"]').toString('base64url'),
    });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_INPUT', path: ['before'] });
  });

  it('tells of the end of a meeting in an event that fits its contract', async () => {
    const id = (await create()).meeting?.id;
    await run('startMeeting', STEP('startMeeting'), { id });
    await run('endMeeting', STEP('endMeeting'), { id });
    const messaging = await connectMessaging({
      url: testServers().natsUrl,
      name: 'test',
      namespace: test.namespace,
    });
    const subject = qualify(test.namespace, `evt.meetings.${organizer.workspaceId}.meeting.${id}.ended`);
    const message = await until('the event is in the stream', async () => {
      const found = await messaging.manager.streams
        .getMessage(streamNames(test.namespace, 'meetings').events, { last_by_subj: subject })
        .catch(() => null);
      return found ?? undefined;
    });
    expect(message.header.get('ce-type')).toBe(meetingEnded.type);
    expect(meetingEnded.schema.parse(message.json())).toMatchObject({ id, status: 'ENDED', revision: 3 });
    await messaging.connection.close();
  });

  it('refuses a request without the signature of the gateway', async () => {
    const response = await fetch(`${test.service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ meetings { totalCount } }' }),
    });
    expect(response.status).toBe(401);
  });

  it('has no difference between its entities and its migrations', async () => {
    const dataSource = await createDataSource(test.databaseUrl).initialize();
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    await dataSource.destroy();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });
});
