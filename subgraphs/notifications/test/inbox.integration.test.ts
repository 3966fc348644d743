import type { UserViewer, Viewer } from '@hoerok/shared/auth';
import {
  type EventContract,
  meetingCancelled,
  meetingCreated,
  meetingEnded,
  type MeetingState,
  notificationCreated,
} from '@hoerok/shared/contracts';
import {
  answerSubscription,
  readEvents,
  recordQueries,
  startTestService,
  type TestService,
  testViewer,
} from '@hoerok/shared/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { environment } from '../src/config.ts';
import { createDataSource } from '../src/data-source.ts';
import { notificationsService } from '../src/service.ts';
import { expectTold, kindsOf, publish as tell, readInbox, type ToldEvent } from './inbox-reader.ts';
import { meetingOf } from './told-events.ts';

const recorded = recordQueries(notificationsService);

describe('the inbox of a user', () => {
  let test: TestService;
  let organizer: UserViewer;
  let colleague: UserViewer;
  let third: UserViewer;

  beforeAll(async () => {
    test = await startTestService(environment, recorded.definition);
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });
  beforeEach(() => {
    organizer = testViewer();
    colleague = testViewer({ workspaceId: organizer.workspaceId });
    third = testViewer({ workspaceId: organizer.workspaceId });
  });

  const publish = <C extends EventContract>(
    contract: C,
    payload: ToldEvent<C>['payload'],
    options: { readonly actor?: UserViewer; readonly id?: string } = {},
  ): Promise<void> => tell(test, { contract, payload, workspaceId: organizer.workspaceId, ...options });
  const told = (user: UserViewer, ...kinds: string[]): Promise<void> => expectTold(test, user, ...kinds);
  const schedule = async (overrides: object = {}): Promise<MeetingState> => {
    const meeting = meetingOf([organizer, colleague], overrides);
    await publish(meetingCreated, meeting, { actor: organizer });
    await told(colleague, 'MEETING_CREATED');
    return meeting;
  };

  it('tells of a new notification in an event on the subject of its recipient, fit for the subscription', async () => {
    await schedule();
    const aggregate = { aggregate: 'notification', aggregateId: colleague.userId };
    const { workspaceId } = organizer;
    const address = { service: 'notifications', workspaceId, ...aggregate, event: 'created' };
    const [payload = {}] = await readEvents(test.namespace, address, 1);
    const [edge] = (await readInbox(test, colleague)).edges;
    expect(notificationCreated.schema.parse(payload)).toMatchObject({ recipientId: colleague.userId });
    const document = 'subscription { notificationReceived { id kind } }';
    const field = 'notificationReceived';
    expect(await answerSubscription(notificationsService.schema, document, { field, payload })).toEqual({
      id: edge?.node.id,
      kind: 'MEETING_CREATED',
    });
  });

  it('writes in the language of the meeting unless another is asked for', async () => {
    const meeting = await schedule({ title: '주간 회의', language: 'ko' });
    await publish(meetingCancelled, { ...meeting, revision: 2, status: 'CANCELED' }, { actor: organizer });
    await told(colleague, 'MEETING_CANCELED', 'MEETING_CREATED');
    const titles = async (args: object): Promise<string[]> =>
      (await readInbox(test, colleague, { args })).edges.map(({ node }) => node.title);
    expect(await titles({})).toEqual(['‘주간 회의’가 취소되었습니다', '‘주간 회의’에 초대되었습니다']);
    expect(await titles({ language: 'en' })).toEqual([
      '“주간 회의” is canceled',
      'You are invited to “주간 회의”',
    ]);
  });

  it('writes in the language that its reader prefers', async () => {
    const prefer = `mutation ($input: NotificationPreferencesInput!) {
      setNotificationPreferences(input: $input) { userErrors { code } } }`;
    const { errors } = await test.execute(colleague, prefer, { input: { language: 'en' } });
    expect(errors).toBeUndefined();
    await schedule({ title: '주간 회의', language: 'ko' });
    expect((await readInbox(test, colleague)).edges[0]?.node.title).toBe('You are invited to “주간 회의”');
  });

  it('marks notifications of the viewer as read, and nobody else’s', async () => {
    const meeting = await schedule();
    await publish(meetingEnded, { ...meeting, revision: 2 });
    await told(organizer, 'MEETING_ENDED');
    await told(colleague, 'MEETING_ENDED', 'MEETING_CREATED');
    const mine = (await readInbox(test, colleague)).edges[0]?.node.id;
    const other = (await readInbox(test, organizer)).edges[0]?.node.id;
    const MARK = `mutation ($ids: [ID!]!) { markRead(ids: $ids) {
      notifications { id readAt } unreadCount userErrors { code path } } }`;
    const mark = async (ids: (string | undefined)[]): Promise<unknown> =>
      (await test.execute(colleague, MARK, { ids })).data?.['markRead'];
    const refused = { notifications: [], unreadCount: 2 };
    expect(await mark([mine, other])).toEqual({
      ...refused,
      userErrors: [{ code: 'NOT_FOUND', path: ['ids'] }],
    });
    expect(await mark([])).toEqual({ ...refused, userErrors: [{ code: 'BAD_INPUT', path: ['ids'] }] });
    const marked = await mark([mine]);
    expect(marked).toMatchObject({ notifications: [{ id: mine }], unreadCount: 1, userErrors: [] });
    expect(await mark([mine])).toEqual(marked);
    expect((await readInbox(test, colleague, { args: { unreadOnly: true } })).edges).toHaveLength(1);
    const all = async (): Promise<unknown> =>
      (await test.execute(colleague, 'mutation { markAllRead { markedCount userErrors { code } } }')).data;
    expect(await all()).toEqual({ markAllRead: { markedCount: 1, userErrors: [] } });
    expect(await all()).toEqual({ markAllRead: { markedCount: 0, userErrors: [] } });
    expect(await readInbox(test, colleague)).toMatchObject({ totalCount: 2, unreadCount: 0 });
    expect(await readInbox(test, organizer)).toMatchObject({ unreadCount: 1 });
  });

  it('lists notifications page by page', async () => {
    const meeting = await schedule();
    await publish(meetingEnded, { ...meeting, revision: 2 });
    await publish(meetingCancelled, { ...meeting, revision: 3 });
    await told(colleague, 'MEETING_CANCELED', 'MEETING_ENDED', 'MEETING_CREATED');
    const first = await readInbox(test, colleague, { args: { first: 2 } });
    expect(first).toMatchObject({ totalCount: 3, unreadCount: 3, pageInfo: { hasNextPage: true } });
    const second = await readInbox(test, colleague, { args: { first: 2, after: first.pageInfo.endCursor } });
    expect(second).toMatchObject({ pageInfo: { hasNextPage: false } });
    expect([...first.edges, ...second.edges].map(({ node }) => node.kind)).toEqual(
      await kindsOf(test, colleague),
    );
  });

  it('shows a notification to its recipient only, also to no administrator', async () => {
    await schedule();
    const id = (await readInbox(test, colleague)).edges[0]?.node.id;
    const administrator = testViewer({ workspaceId: organizer.workspaceId, role: 'ADMIN' });
    const moved = testViewer({ userId: colleague.userId });
    const one = 'query ($id: ID!) { notification(id: $id) { id } }';
    const read = async (viewer: Viewer | null): Promise<unknown> =>
      (await test.execute(viewer, one, { id })).data?.['notification'];
    expect(await read(colleague)).toEqual({ id });
    for (const viewer of [organizer, administrator, moved, third, null])
      expect(await read(viewer)).toBeNull();
    const nothing = { totalCount: 0, unreadCount: 0, edges: [] };
    for (const viewer of [organizer, administrator, moved, third]) {
      expect(await readInbox(test, colleague, { viewer })).toMatchObject(nothing);
    }
    const { errors } = await test.execute(null, 'mutation { markAllRead { markedCount } }');
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('asks the database once for many references and once for each number of a page', async () => {
    const meeting = await schedule();
    await publish(meetingEnded, { ...meeting, revision: 2 });
    await told(colleague, 'MEETING_ENDED', 'MEETING_CREATED');
    const cost = async (document: string, r: object[]): Promise<number> => {
      const queries = await recorded.during(/FROM "notification"/, async () => {
        const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ${document} } }`;
        expect((await test.execute(colleague, query, { r })).errors).toBeUndefined();
      });
      return queries.length;
    };
    const { edges } = await readInbox(test, colleague);
    const references = edges.map(({ node }) => ({ __typename: 'Notification', id: node.id }));
    expect(await cost('... on Notification { title }', references)).toBe(1);
    const users = [organizer, colleague, third].map(({ userId: id }) => ({ __typename: 'User', id }));
    const page = '... on User { notifications(first: 5) { unreadCount edges { node { title } } } }';
    expect(await cost(page, users)).toBe(2);
  });

  it('refuses a request without the signature of the gateway', async () => {
    const body = JSON.stringify({ query: '{ notification(id: "1") { id } }' });
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${test.service.url}/graphql`, { method: 'POST', headers, body });
    expect(response.status).toBe(401);
  });

  it('has no difference between its entities and its migrations', async () => {
    const dataSource = await createDataSource(test.databaseUrl).initialize();
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    await dataSource.destroy();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });
});
