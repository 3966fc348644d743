import { randomUUID } from 'node:crypto';
import { signRequest, type UserViewer } from '@hoerok/shared/auth';
import { userCreated, userUpdated } from '@hoerok/shared/contracts';
import { connectMessaging, qualify, streamNames } from '@hoerok/shared/messaging';
import { publishEvent, TEST_SIGNING_KEY, testServers, until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataSource } from '../src/data-source.ts';
import { DOCUMENTS, PASSWORD, type SignedIn, signedIn, startUsers, type UsersUnderTest } from './people.ts';

const WEEK_MS = 7 * 24 * 3_600_000;
const USERS = `query ($first: Int, $after: String, $last: Int, $before: String, $filter: UserFilter) {
  users(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
    totalCount edges { node { id name email } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
const ENTITIES = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on User { id email } } }`;

interface UserPage {
  readonly totalCount: number;
  readonly edges: { readonly node: { id: string; name: string; email: string | null } }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string;
    readonly endCursor: string;
  };
}

describe('the people of a workspace', () => {
  let users: UsersUnderTest;

  beforeAll(async () => {
    users = await startUsers();
  });
  afterAll(async () => {
    await users[Symbol.asyncDispose]();
  });

  const read = async (
    viewer: SignedIn['viewer'] | null,
    id: string,
  ): Promise<Record<string, unknown> | null> => {
    const { data } = await users.test.execute(
      viewer,
      'query ($id: ID!) { user(id: $id) { id name email role title } }',
      { id },
    );
    return (data?.['user'] ?? null) as Record<string, unknown> | null;
  };
  const list = async (
    viewer: Parameters<typeof users.test.execute>[0],
    variables: object,
  ): Promise<UserPage> => {
    const { data, errors } = await users.test.execute(viewer, USERS, variables);
    expect(errors).toBeUndefined();
    return data?.['users'] as UserPage;
  };
  const lastEvent = async (person: UserViewer, event: string): Promise<unknown> => {
    const { test } = users;
    const messaging = await connectMessaging({
      url: testServers().natsUrl,
      name: 'test',
      namespace: test.namespace,
    });
    const subject = qualify(test.namespace, `evt.users.${person.workspaceId}.user.${person.userId}.${event}`);
    const message = await until(`the event ${event} is in the stream`, async () => {
      const { events } = streamNames(test.namespace, 'users');
      return (
        (await messaging.manager.streams.getMessage(events, { last_by_subj: subject }).catch(() => null)) ??
        undefined
      );
    });
    await messaging.connection.close();
    return message.json();
  };

  it('lets an invited person join once, with the invited role and address', async () => {
    const admin = await users.admin();
    const invite = { email: 'Jung.Ha@Example.com', role: 'MANAGER', name: 'Jung Ha' };
    const invited = await users.run('inviteUser', invite, admin.viewer);
    expect(invited).toMatchObject({
      userErrors: [],
      invitation: { email: 'jung.ha@example.com', role: 'MANAGER', invitedBy: { id: admin.viewer.userId } },
    });
    const input = { invitationToken: invited.token, password: PASSWORD, name: 'Jung Ha' };
    const attempts = await Promise.all([users.run('register', { input }), users.run('register', { input })]);
    const joined = attempts.find(({ userErrors }) => userErrors.length === 0);
    expect(joined?.user).toMatchObject({ email: 'jung.ha@example.com', role: 'MANAGER' });
    expect(signedIn(joined ?? { userErrors: [] }).viewer.workspaceId).toBe(admin.viewer.workspaceId);
    const refused = attempts.find(({ userErrors }) => userErrors.length > 0);
    expect(refused?.userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['invitationToken'] }]);
  });

  it('refuses an invitation that is over, was replaced, or is for another address', async () => {
    const admin = await users.admin();
    const invite = async (email: string): Promise<unknown> =>
      (await users.run('inviteUser', { email, role: 'MEMBER' }, admin.viewer)).token;
    const join = async (invitationToken: unknown, extra: object = {}) =>
      (
        await users.run('register', {
          input: { invitationToken, password: PASSWORD, name: 'Late', ...extra },
        })
      ).userErrors;
    const replaced = await invite('late@example.com');
    const open = await invite('late@example.com');
    expect(await join(replaced)).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(await join(open, { email: 'else@example.com' })).toMatchObject([
      { code: 'BAD_INPUT', path: ['email'] },
    ]);
    users.advance(WEEK_MS);
    expect(await join(open)).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  it('lets ADMIN and MANAGER invite, but only an ADMIN another ADMIN', async () => {
    const admin = await users.admin();
    const manager = await users.member(admin, 'MANAGER');
    const member = await users.member(admin);
    const invite = async (by: SignedIn, role: string) =>
      (await users.run('inviteUser', { email: `new-${role.toLowerCase()}@example.com`, role }, by.viewer))
        .userErrors;
    expect(await invite(admin, 'ADMIN')).toEqual([]);
    expect(await invite(manager, 'MEMBER')).toEqual([]);
    expect(await invite(manager, 'ADMIN')).toMatchObject([{ code: 'FORBIDDEN', path: ['role'] }]);
    expect(await invite(member, 'GUEST')).toMatchObject([{ code: 'FORBIDDEN' }]);
    const known = await users.run('inviteUser', { email: member.email, role: 'GUEST' }, admin.viewer);
    expect(known).toMatchObject({
      invitation: null,
      token: null,
      userErrors: [{ code: 'CONFLICT', path: ['email'] }],
    });
  });

  it('takes back the open invitations of somebody who loses a role', async () => {
    const admin = await users.admin();
    const manager = await users.member(admin, 'MANAGER');
    const { token } = await users.run(
      'inviteUser',
      { email: 'friend@example.com', role: 'MANAGER' },
      manager.viewer,
    );
    await users.run('setUserRole', { userId: manager.viewer.userId, role: 'MEMBER' }, admin.viewer);
    const input = { invitationToken: token, password: PASSWORD, name: 'Friend' };
    expect((await users.run('register', { input })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  it('lets an ADMIN make an account that can sign in at once, and nobody else', async () => {
    const admin = await users.admin();
    const input = {
      email: 'made@example.com',
      name: 'Made',
      password: PASSWORD,
      aliases: ['M.', 'M.', '메이드'],
    };
    const made = await users.run('createUser', { input }, admin.viewer);
    expect(made).toMatchObject({ userErrors: [], user: { role: 'MEMBER', aliases: ['M.', '메이드'] } });
    const member = signedIn(await users.run('signIn', { email: input.email, password: PASSWORD }));
    const again = await users.run(
      'createUser',
      { input: { ...input, email: 'more@example.com' } },
      member.viewer,
    );
    expect(again).toMatchObject({ user: null, userErrors: [{ code: 'FORBIDDEN' }] });
    const many = { ...input, aliases: Array.from({ length: 21 }, (_, index) => `alias ${index}`) };
    const tooMany = await users.run('createUser', { input: many }, admin.viewer);
    expect(tooMany.userErrors).toMatchObject([{ code: 'BAD_INPUT', path: ['aliases'] }]);
  });

  it('keeps its last ADMIN, also when two of them demote each other at once', async () => {
    const admin = await users.admin();
    const alone = { userId: admin.viewer.userId, role: 'MEMBER' };
    expect((await users.run('setUserRole', alone, admin.viewer)).userErrors).toMatchObject([
      { code: 'CONFLICT' },
    ]);
    expect((await users.run('deactivateUser', alone, admin.viewer)).userErrors).toMatchObject([
      { code: 'CONFLICT' },
    ]);
    const second = await users.member(admin, 'ADMIN');
    const demote = (by: SignedIn, whom: SignedIn) =>
      users.run('setUserRole', { userId: whom.viewer.userId, role: 'MEMBER' }, by.viewer);
    const answers = await Promise.all([demote(admin, second), demote(second, admin)]);
    expect(answers.map(({ userErrors }) => userErrors[0]?.code ?? 'done').toSorted()).toEqual([
      'FORBIDDEN',
      'done',
    ]);
  });

  it('ends the sessions of somebody who is deactivated and refuses the tokens that are left', async () => {
    const admin = await users.admin();
    const { viewer, email, refreshToken } = await users.member(admin, 'ADMIN');
    const deactivate = () => users.run('deactivateUser', { userId: viewer.userId }, admin.viewer);
    expect((await deactivate()).user).toMatchObject({ active: false });
    expect((await deactivate()).userErrors).toEqual([]);
    expect((await users.run('refreshSession', { refreshToken })).userErrors).toMatchObject([
      { code: 'SESSION_REVOKED' },
    ]);
    expect((await users.run('signIn', { email, password: PASSWORD })).userErrors).toMatchObject([
      { code: 'WRONG_CREDENTIALS' },
    ]);
    const { errors } = await users.test.execute(viewer, DOCUMENTS.setUserRole, {
      userId: admin.viewer.userId,
      role: 'GUEST',
    });
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  it('gives a new role with the next token, and counts it over people at once', async () => {
    const admin = await users.admin();
    const member = await users.member(admin);
    await users.run('setUserRole', { userId: member.viewer.userId, role: 'MANAGER' }, admin.viewer);
    const invite = { email: 'by-new-manager@example.com', role: 'MEMBER' };
    expect((await users.run('inviteUser', invite, member.viewer)).userErrors).toEqual([]);
    const refreshed = signedIn(await users.run('refreshSession', { refreshToken: member.refreshToken }));
    expect(refreshed.viewer.role).toBe('MANAGER');
  });

  it('shows a change of a profile at once, though the profile was cached', async () => {
    const admin = await users.admin();
    const member = await users.member(admin);
    const id = member.viewer.userId;
    expect(await read(admin.viewer, id)).toMatchObject({ title: null });
    const reads = await users.queriesDuring(/FROM "user_account"/, () => read(admin.viewer, id));
    expect(reads).toEqual([]);
    const input = { title: 'Chair', aliases: ['The chair'], name: null };
    const updated = await users.run('updateProfile', { input }, member.viewer);
    expect(updated.user).toMatchObject({ title: 'Chair', aliases: ['The chair'] });
    expect(await read(admin.viewer, id)).toMatchObject({ title: 'Chair' });
    await users.run('updateProfile', { input: { title: null } }, member.viewer);
    expect(await read(admin.viewer, id)).toMatchObject({ title: null });
    const wrong = await users.run(
      'updateProfile',
      { input: { avatarUrl: 'http://example.com/a.png' } },
      member.viewer,
    );
    expect(wrong).toMatchObject({ user: null, userErrors: [{ code: 'BAD_INPUT', path: ['avatarUrl'] }] });
  });

  it('drops a cached profile when its event comes, however often that is', async () => {
    const admin = await users.admin();
    const { userId, workspaceId } = admin.viewer;
    await read(admin.viewer, userId);
    const dataSource = await createDataSource(users.test.databaseUrl).initialize();
    await dataSource.query("UPDATE user_account SET title = 'Behind the cache' WHERE id = $1", [userId]);
    expect(await read(admin.viewer, userId)).toMatchObject({ title: null });
    const payload = { __typename: 'User' as const, id: userId, revision: 2 };
    for (let delivery = 0; delivery < 2; delivery += 1)
      await publishEvent(users.test.namespace, userUpdated, {
        id: 'same',
        workspaceId,
        aggregateId: userId,
        payload,
      });
    await until(
      'the profile is read anew',
      async () => (await read(admin.viewer, userId))?.['title'] !== null,
    );
    const handled: unknown = await dataSource.query(
      "SELECT count(*)::int AS n FROM inbox WHERE message_id = 'same'",
    );
    expect(handled).toEqual([{ n: 1 }]);
    await dataSource.destroy();
  });

  it('tells of new and of changed people in events that fit their contracts', async () => {
    const admin = await users.admin();
    const { viewer } = await users.member(admin);
    expect(userCreated.schema.parse(await lastEvent(viewer, 'created'))).toMatchObject({ revision: 1 });
    await users.run('setUserRole', { userId: viewer.userId, role: 'GUEST' }, admin.viewer);
    expect(userUpdated.schema.parse(await lastEvent(viewer, 'updated'))).toMatchObject({
      id: viewer.userId,
      revision: 2,
    });
  });

  it('is invisible from another workspace and to nobody signed in', async () => {
    const admin = await users.admin();
    const stranger = await users.admin();
    expect(await read(admin.viewer, admin.viewer.userId)).not.toBeNull();
    expect(await read(stranger.viewer, admin.viewer.userId)).toBeNull();
    expect(await read(null, admin.viewer.userId)).toBeNull();
    expect((await list(stranger.viewer, { filter: { ids: [admin.viewer.userId] } })).totalCount).toBe(0);
    const foreign = { userId: admin.viewer.userId, role: 'GUEST' };
    for (const field of ['setUserRole', 'deactivateUser'] as const)
      expect((await users.run(field, foreign, stranger.viewer)).userErrors).toMatchObject([
        { code: 'NOT_FOUND', path: ['userId'] },
      ]);
    const anonymous = await users.test.execute(null, '{ viewer { id } workspace { id } }');
    expect(anonymous.data).toEqual({ viewer: null, workspace: null });
    const listed = await users.test.execute(null, USERS);
    expect(listed.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  it('shows a GUEST the names of the others, and no address but its own', async () => {
    const admin = await users.admin();
    const guest = await users.member(admin, 'GUEST');
    const ids = [admin.viewer.userId, guest.viewer.userId];
    const emails = (await list(guest.viewer, { filter: { ids } })).edges.map(({ node }) => [
      node.id,
      node.email,
    ]);
    expect(Object.fromEntries(emails)).toEqual({
      [admin.viewer.userId]: null,
      [guest.viewer.userId]: guest.email,
    });
    const [beforeAt = ''] = admin.email.split('@');
    expect((await list(guest.viewer, { filter: { text: beforeAt } })).totalCount).toBe(0);
    expect((await list(admin.viewer, { filter: { text: beforeAt } })).totalCount).toBe(1);
  });

  it('does not let a GUEST walk through the directory: nobody but those it has ids of', async () => {
    const admin = await users.admin();
    const guest = await users.member(admin, 'GUEST');
    const ids = (await list(guest.viewer, {})).edges.map(({ node }) => node.id);
    expect(ids).toEqual([guest.viewer.userId]);
    expect((await list(guest.viewer, { filter: { text: 'Somebody' } })).totalCount).toBe(1);
  });

  it('is listed by name, page by page without gap or repetition, and filtered', async () => {
    const admin = await users.admin();
    for (const name of ['Daehyun', 'Ara', 'Chul', 'Bora']) {
      const email = `${name.toLowerCase()}@list.example.com`;
      const input = { name, email, password: PASSWORD, aliases: [`${name} (100%)`] };
      await users.run('createUser', { input }, admin.viewer);
    }
    const names: string[] = [];
    let after: string | null = null;
    do {
      const page: UserPage = await list(admin.viewer, { first: 2, after, filter: { role: 'MEMBER' } });
      expect(page.totalCount).toBe(4);
      names.push(...page.edges.map(({ node }) => node.name));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(names).toEqual(['Ara', 'Bora', 'Chul', 'Daehyun']);
    const filter = { role: 'MEMBER' };
    const end = await list(admin.viewer, { last: 3, filter });
    expect(end.edges.map(({ node }) => node.name)).toEqual(['Bora', 'Chul', 'Daehyun']);
    expect(end.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const start = await list(admin.viewer, { last: 3, before: end.pageInfo.startCursor, filter });
    expect(start.edges.map(({ node }) => node.name)).toEqual(['Ara']);
    expect(start.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const found = await list(admin.viewer, { filter: { text: 'chul (100%', active: true } });
    expect(found.edges.map(({ node }) => node.name)).toEqual(['Chul']);
    const service = { kind: 'service', service: 'ai', onBehalfOf: null } as const;
    const { workspaceId } = admin.viewer;
    expect((await list({ ...service, workspaceId }, { first: 500 })).totalCount).toBe(5);
  });

  it('resolves the references of ten people with one query', async () => {
    const admin = await users.admin();
    const members = await Promise.all(Array.from({ length: 10 }, () => users.member(admin)));
    const representations = members.map(({ viewer }) => ({ __typename: 'User', id: viewer.userId }));
    const expected = members.map(({ viewer, email }) => ({ id: viewer.userId, email }));
    const queries = await users.queriesDuring(/FROM "user_account"/, async () => {
      const { data } = await users.test.execute(admin.viewer, ENTITIES, { representations });
      expect(data?.['_entities']).toEqual(expected);
    });
    expect(queries).toHaveLength(1);
  });

  it('refuses a request without the signature of the gateway', async () => {
    const response = await fetch(`${users.test.service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ viewer { id } }' }),
    });
    expect(response.status).toBe(401);
  });

  it('C28: serves a signed request once and refuses its copy', async () => {
    const body = JSON.stringify({ query: '{ viewer { id } }' });
    const signing = { key: TEST_SIGNING_KEY, viewer: null, nowMs: Date.now(), nonce: randomUUID() };
    const signed = signRequest({ method: 'POST', path: '/graphql', body }, signing);
    const headers = { 'content-type': 'application/json', ...signed };
    const send = async (): Promise<number> =>
      (await fetch(`${users.test.service.url}/graphql`, { method: 'POST', headers, body })).status;
    expect([await send(), await send()]).toEqual([200, 401]);
  });

  it('has no difference between its entities and its migrations', async () => {
    const dataSource = await createDataSource(users.test.databaseUrl).initialize();
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    await dataSource.destroy();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });
});
