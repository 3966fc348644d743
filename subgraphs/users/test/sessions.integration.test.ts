import { createPublicKey } from 'node:crypto';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataSource } from '../src/data-source.ts';
import { DOCUMENTS, newSigningKey, PASSWORD, signedIn, startUsers, type UsersUnderTest } from './people.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

describe('accounts and sessions', () => {
  const previousKey = newSigningKey();
  let users: UsersUnderTest;

  beforeAll(async () => {
    const previous = createPublicKey(previousKey).export({ type: 'spki', format: 'pem' }).toString();
    users = await startUsers({ TOKEN_PREVIOUS_PUBLIC_KEYS: previous.replaceAll('\n', '\\n') });
  });
  afterAll(async () => {
    await users[Symbol.asyncDispose]();
  });

  const signIn = (email: string, password = PASSWORD) => users.run('signIn', { email, password });
  const refresh = (refreshToken: string) => users.run('refreshSession', { refreshToken });
  const register = (input: object) =>
    users.run('register', { input: { password: PASSWORD, name: 'Somebody', ...input } });

  it('registers a workspace with its ADMIN, who then signs in whatever the case of the address', async () => {
    const registered = await register({
      email: 'Min.Seo@Example.com',
      workspaceName: 'Blue House',
      locale: 'ko',
    });
    expect(registered).toMatchObject({
      userErrors: [],
      user: { email: 'min.seo@example.com', role: 'ADMIN', active: true, locale: 'ko', timeZone: 'UTC' },
    });
    const again = signedIn(await signIn('MIN.SEO@example.com'));
    expect(again.viewer.userId).toBe(registered.user?.id);
    const { data } = await users.test.execute(again.viewer, '{ viewer { id email } workspace { name } }');
    expect(data).toEqual({
      viewer: { id: registered.user?.id, email: 'min.seo@example.com' },
      workspace: { name: 'Blue House' },
    });
  });

  it('refuses an address that has an account and stores nothing of the attempt', async () => {
    const { email } = await users.admin();
    const taken = await register({ email: email.toUpperCase(), workspaceName: 'Never founded' });
    expect(taken).toMatchObject({
      user: null,
      accessToken: null,
      userErrors: [{ code: 'CONFLICT', path: ['email'] }],
    });
    const dataSource = await createDataSource(users.test.databaseUrl).initialize();
    const founded: unknown = await dataSource.query("SELECT 1 FROM workspace WHERE name = 'Never founded'");
    await dataSource.destroy();
    expect(founded).toEqual([]);
  });

  it.each([
    ['a password of nine characters', { email: 'a@example.com', password: '123456789' }, 'password'],
    ['a password beyond 200 characters', { email: 'a@example.com', password: 'x'.repeat(201) }, 'password'],
    ['something that is no address', { email: 'nobody' }, 'email'],
    ['no address and no invitation', {}, 'email'],
    ['a time zone of another planet', { email: 'a@example.com', timeZone: 'Mars/Olympus' }, 'timeZone'],
    ['a name with a line break', { email: 'a@example.com', name: 'A\nB' }, 'name'],
  ])('answers %s with the path of the field', async (_what, input, field) => {
    const { user, userErrors } = await register(input);
    expect(user).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'BAD_INPUT', path: [field] }]);
  });

  it('signs access tokens that verify against the served key set', async () => {
    const { viewer, accessToken } = await users.admin();
    const address = new URL('/.well-known/jwks.json', users.test.service.url);
    const { payload } = await jwtVerify(accessToken, createRemoteJWKSet(address), {
      algorithms: ['EdDSA'],
      typ: 'at+jwt',
      issuer: 'hoerok',
      audience: 'hoerok',
      currentDate: users.now(),
    });
    expect(payload).toMatchObject({
      sub: viewer.userId,
      ws: viewer.workspaceId,
      role: 'ADMIN',
      sid: viewer.sessionId,
      jti: expect.any(String) as string,
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(15 * 60);
  });

  it('C2: serves the signing key first, other keys after it, and nothing private', async () => {
    const { accessToken } = await users.admin();
    const response = await fetch(new URL('/.well-known/jwks.json', users.test.service.url));
    expect(response.headers.get('cache-control')).toBe('public, max-age=60');
    const { keys } = (await response.json()) as { keys: Record<string, string>[] };
    expect(keys).toHaveLength(2);
    expect(keys[0]?.['kid']).toBe(decodeProtectedHeader(accessToken).kid);
    for (const key of keys)
      expect(Object.keys(key).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
  });

  it('gives one answer to a wrong password, an unknown address and a deactivated account', async () => {
    const admin = await users.admin();
    const gone = await users.member(admin);
    await users.run('deactivateUser', { userId: gone.viewer.userId }, admin.viewer);
    const answers = [
      await signIn(admin.email, 'wrong horse battery'),
      await signIn('nobody@example.com'),
      await signIn(gone.email),
    ];
    expect(answers[0]?.userErrors).toMatchObject([{ code: 'WRONG_CREDENTIALS', path: null }]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  it('stops after ten failed sign-ins of one address and says when to come back', async () => {
    const { email } = await users.admin();
    const failures = await Promise.all(
      Array.from({ length: 12 }, () => signIn(email, 'wrong horse battery')),
    );
    const counted = Map.groupBy(failures, ({ userErrors }) => userErrors[0]?.code);
    expect(counted.get('WRONG_CREDENTIALS')).toHaveLength(10);
    expect(counted.get('TOO_MANY_ATTEMPTS')).toHaveLength(2);
    const until = new Date(users.now().getTime() + 15 * MINUTE_MS).toISOString();
    const [blocked] = (await signIn(email)).userErrors;
    expect(blocked).toMatchObject({ code: 'TOO_MANY_ATTEMPTS', path: ['email'] });
    expect(blocked?.message).toContain(until);
    users.advance(15 * MINUTE_MS);
    expect((await signIn(email)).userErrors).toEqual([]);
  });

  it('counts failures anew after a sign-in that succeeded', async () => {
    const { email } = await users.admin();
    for (let round = 0; round < 2; round += 1) {
      for (let failure = 0; failure < 6; failure += 1) await signIn(email, 'wrong horse battery');
      expect((await signIn(email)).userErrors).toEqual([]);
    }
  });

  it('gives a new pair for each refresh token, within the same session', async () => {
    const first = await users.admin();
    users.advance(20 * MINUTE_MS);
    const second = signedIn(await refresh(first.refreshToken));
    expect(second.viewer).toEqual(first.viewer);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(decodeJwt(second.accessToken).exp).toBe(Math.floor(users.now().getTime() / 1_000) + 15 * 60);
    users.advance(29 * DAY_MS);
    const third = signedIn(await refresh(second.refreshToken));
    users.advance(30 * DAY_MS);
    expect((await refresh(third.refreshToken)).userErrors).toMatchObject([{ code: 'SESSION_REVOKED' }]);
  });

  it('C3: ends the whole session when a spent refresh token comes back', async () => {
    const stolen = await users.admin();
    const other = signedIn(await signIn(stolen.email));
    const current = signedIn(await refresh(stolen.refreshToken));
    users.advance(10_001);
    expect((await refresh(stolen.refreshToken)).userErrors).toMatchObject([{ code: 'SESSION_REVOKED' }]);
    expect((await refresh(current.refreshToken)).userErrors).toMatchObject([{ code: 'SESSION_REVOKED' }]);
    expect((await refresh(other.refreshToken)).userErrors).toEqual([]);
  });

  it('gives one of two tabs that refresh at once the new pair and tells the other to wait for it', async () => {
    const { refreshToken } = await users.admin();
    const answers = await Promise.all([refresh(refreshToken), refresh(refreshToken)]);
    const winner = answers.find(({ userErrors }) => userErrors.length === 0);
    const loser = answers.find(({ userErrors }) => userErrors.length > 0);
    expect(loser).toMatchObject({
      accessToken: null,
      refreshToken: null,
      userErrors: [{ code: 'CONFLICT' }],
    });
    expect((await refresh(winner?.refreshToken ?? '')).userErrors).toEqual([]);
  });

  it('refuses a refresh token that nobody was given', async () => {
    expect((await refresh('guess')).userErrors).toMatchObject([
      { code: 'SESSION_REVOKED', path: ['refreshToken'] },
    ]);
  });

  it('ends a session on sign-out and leaves the others of the person', async () => {
    const first = await users.admin();
    const second = signedIn(await signIn(first.email));
    const { data } = await users.test.execute(first.viewer, DOCUMENTS.signOut);
    expect(data?.['signOut']).toEqual({ signedOut: true, userErrors: [] });
    expect((await refresh(first.refreshToken)).userErrors).toMatchObject([{ code: 'SESSION_REVOKED' }]);
    expect((await refresh(second.refreshToken)).userErrors).toEqual([]);
  });

  it('stores no password and no token as it was given', async () => {
    const admin = await users.admin();
    const { token } = await users.run(
      'inviteUser',
      { email: 'invited@example.com', role: 'GUEST' },
      admin.viewer,
    );
    const dataSource = await createDataSource(users.test.databaseUrl).initialize();
    const dump: unknown = await dataSource.query(`
      SELECT row_to_json(c)::text FROM credential c UNION ALL SELECT row_to_json(t)::text FROM refresh_token t
      UNION ALL SELECT row_to_json(i)::text FROM invitation i UNION ALL SELECT payload FROM outbox UNION ALL SELECT payload FROM outbox_published`);
    await dataSource.destroy();
    for (const secret of [PASSWORD, admin.refreshToken, admin.accessToken, String(token)])
      expect(JSON.stringify(dump)).not.toContain(secret);
  });
});
