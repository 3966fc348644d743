import { readEvents } from '@hoerok/shared/testing';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DOCUMENTS, PASSWORD, type SignedIn, signedIn, startUsers, type UsersUnderTest } from './people.ts';

const NEW_PASSWORD = 'another battery staple';

let users: UsersUnderTest;
beforeAll(async () => {
  users = await startUsers();
});
afterAll(async () => await users[Symbol.asyncDispose]());

const signIn = (email: string, password = PASSWORD) => users.run('signIn', { email, password });
const refresh = (refreshToken: string) => users.run('refreshSession', { refreshToken });
const changePassword = ({ viewer }: SignedIn, currentPassword = PASSWORD, newPassword = NEW_PASSWORD) =>
  users.run('changePassword', { currentPassword, newPassword }, viewer);
const revisionIn = (accessToken: string): unknown => decodeJwt(accessToken)['rev'];

/** What gateways are told of one session or user. */
async function told(whom: SignedIn, aggregateId: string, count = 1): Promise<object[]> {
  const address = {
    service: 'users',
    workspaceId: whom.viewer.workspaceId,
    aggregate: 'access',
    aggregateId,
  };
  return await readEvents(users.test.namespace, address, count);
}

const accessEndsAt = (): string => new Date(users.now().getTime() + 900_000).toISOString();

describe('C3: gateways are told of access that ends before its time', () => {
  it('when a person signs out, once, with the last moment that a token of the session would count', async () => {
    const admin = await users.admin();
    for (let time = 0; time < 2; time += 1) await users.test.execute(admin.viewer, DOCUMENTS.signOut);
    const { userId, sessionId } = admin.viewer;
    expect(await told(admin, sessionId)).toEqual([
      { userId, sessionId, revision: null, accessEndsAt: accessEndsAt() },
    ]);
  });

  it('when a spent refresh token comes back: its whole family has ended', async () => {
    const stolen = await users.admin();
    const current = signedIn(await refresh(stolen.refreshToken));
    users.advance(10_001);
    await refresh(stolen.refreshToken);
    await refresh(current.refreshToken);
    const { userId, sessionId } = stolen.viewer;
    expect(await told(stolen, sessionId)).toMatchObject([{ userId, sessionId, revision: null }]);
  });

  it('when a role changes or an account ends: everything that was granted before', async () => {
    const admin = await users.admin();
    const member = await users.member(admin);
    const { userId } = member.viewer;
    await users.run('setUserRole', { userId, role: 'GUEST' }, admin.viewer);
    const guest = signedIn(await refresh(member.refreshToken));
    expect([guest.viewer.role, revisionIn(member.accessToken), revisionIn(guest.accessToken)]).toEqual([
      'GUEST',
      1,
      2,
    ]);
    await users.run('deactivateUser', { userId }, admin.viewer);
    expect((await refresh(guest.refreshToken)).userErrors).toMatchObject([{ code: 'SESSION_REVOKED' }]);
    expect(await told(member, userId, 2)).toEqual([
      { userId, sessionId: null, revision: 2, accessEndsAt: accessEndsAt() },
      { userId, sessionId: null, revision: 3, accessEndsAt: accessEndsAt() },
    ]);
  });

  it('when a password changes: every session ends but the one that begins with the change', async () => {
    const admin = await users.admin();
    const elsewhere = signedIn(await signIn(admin.email));
    const changed = signedIn(await changePassword(admin));
    expect(changed.viewer.sessionId).not.toBe(admin.viewer.sessionId);
    for (const { refreshToken } of [admin, elsewhere])
      expect((await refresh(refreshToken)).userErrors).toMatchObject([{ code: 'SESSION_REVOKED' }]);
    expect(await told(admin, admin.viewer.userId)).toMatchObject([{ sessionId: null, revision: 2 }]);
    expect([revisionIn(elsewhere.accessToken), revisionIn(changed.accessToken)]).toEqual([1, 2]);
    expect((await signIn(admin.email)).userErrors).toMatchObject([{ code: 'WRONG_CREDENTIALS' }]);
    expect((await signIn(admin.email, NEW_PASSWORD)).userErrors).toEqual([]);
    expect((await refresh(changed.refreshToken)).userErrors).toEqual([]);
  });
});

describe('a change of the password', () => {
  it('needs the current one, and a wrong one counts as a sign-in that failed', async () => {
    const admin = await users.admin();
    for (let failure = 0; failure < 10; failure += 1) {
      expect((await changePassword(admin, 'wrong horse battery')).userErrors).toMatchObject([
        { code: 'WRONG_CREDENTIALS', path: ['currentPassword'] },
      ]);
    }
    expect((await changePassword(admin)).userErrors).toMatchObject([{ code: 'TOO_MANY_ATTEMPTS' }]);
    expect((await signIn(admin.email)).userErrors).toMatchObject([{ code: 'TOO_MANY_ATTEMPTS' }]);
    expect((await refresh(admin.refreshToken)).userErrors).toEqual([]);
  });

  it('takes no password that a registration would not take', async () => {
    const admin = await users.admin();
    expect((await changePassword(admin, PASSWORD, 'short')).userErrors).toMatchObject([
      { code: 'BAD_INPUT', path: ['newPassword'] },
    ]);
  });
});

describe('C13: many sign-ins in one request', () => {
  it('count one by one: of twenty with wrong passwords ten are tried', async () => {
    const { email } = await users.admin();
    const aliases = Array.from(
      { length: 20 },
      (_, index) =>
        `a${index}: signIn(email: "${email}", password: "wrong horse ${index}") { userErrors { code } }`,
    );
    const { data } = await users.test.execute(null, `mutation { ${aliases.join(' ')} }`);
    const codes = Object.values(data ?? {}).map(
      (answer) => (answer as { userErrors: readonly { code: string }[] }).userErrors[0]?.code,
    );
    expect(Map.groupBy(codes, (code) => code).get('WRONG_CREDENTIALS')).toHaveLength(10);
    expect(Map.groupBy(codes, (code) => code).get('TOO_MANY_ATTEMPTS')).toHaveLength(10);
    expect((await signIn(email)).userErrors).toMatchObject([{ code: 'TOO_MANY_ATTEMPTS' }]);
  });
});
