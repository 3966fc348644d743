import { randomUUID } from 'node:crypto';
import { hashApiKey, isApiKey, signRequest, type UserViewer, type Viewer } from '@hoerok/shared/auth';
import { readEvents, TEST_SIGNING_KEY } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataSource } from '../src/data-source.ts';
import { DOCUMENTS, PASSWORD, startUsers, type UsersUnderTest } from './people.ts';

const LIST = '{ apiKeys { id name prefix scopes expiresAt lastUsedAt } }';
const GATEWAY: Viewer = { kind: 'service', service: 'gateway', workspaceId: 'any', onBehalfOf: null };
const PATH = '/internal/api-keys';

let users: UsersUnderTest;
beforeAll(async () => {
  users = await startUsers();
});
afterAll(async () => await users[Symbol.asyncDispose]());

const create = (viewer: UserViewer, input: object = {}) =>
  users.run('createApiKey', { name: 'Export', scopes: ['READ'], ...input }, viewer);
const list = async (viewer: UserViewer): Promise<object[]> =>
  (await users.test.execute(viewer, LIST)).data?.['apiKeys'] as object[];

/** Asks whom a key stands for, as a gateway does. */
async function ask(
  secret: string,
  { viewer = GATEWAY, headers }: { viewer?: Viewer | null; headers?: Record<string, string> } = {},
): Promise<{ status: number; body: unknown }> {
  const body = JSON.stringify({ hash: hashApiKey(secret) });
  const signing = { key: TEST_SIGNING_KEY, viewer, nowMs: Date.now(), nonce: randomUUID() };
  const signed = headers ?? signRequest({ method: 'POST', path: PATH, body }, signing);
  const response = await fetch(new URL(PATH, users.test.service.url), {
    method: 'POST',
    body,
    headers: signed,
  });
  return { status: response.status, body: await response.json() };
}

describe('API keys', () => {
  it('are shown once, with the person and the scopes that they stand for', async () => {
    const { viewer } = await users.admin();
    const made = await create(viewer, { scopes: ['WRITE'], expiresAt: '2126-01-01T00:00:00Z' });
    const secret = made.secret ?? '';
    expect(made.userErrors).toEqual([]);
    expect(isApiKey(secret)).toBe(true);
    expect(await list(viewer)).toEqual([
      {
        id: made.apiKey?.id,
        name: 'Export',
        prefix: secret.slice(0, 10),
        scopes: ['READ', 'WRITE'],
        expiresAt: '2126-01-01T00:00:00.000Z',
        lastUsedAt: null,
      },
    ]);
    expect(await ask(secret)).toEqual({
      status: 200,
      body: {
        id: made.apiKey?.id,
        userId: viewer.userId,
        workspaceId: viewer.workspaceId,
        role: 'ADMIN',
        revision: 1,
        scopes: ['read', 'write'],
        expiresAt: '2126-01-01T00:00:00.000Z',
      },
    });
    expect(await list(viewer)).toMatchObject([{ lastUsedAt: users.now().toISOString() }]);
  });

  it('are stored as a hash, and found in no table, event or answer again', async () => {
    const { viewer } = await users.admin();
    const secret = (await create(viewer)).secret ?? '';
    const dataSource = await createDataSource(users.test.databaseUrl).initialize();
    const dump: unknown = await dataSource.query(
      'SELECT row_to_json(k)::text FROM api_key k UNION ALL SELECT payload FROM outbox UNION ALL SELECT payload FROM outbox_published',
    );
    await dataSource.destroy();
    expect(JSON.stringify(dump)).not.toContain(secret.slice(10));
    expect(JSON.stringify(dump)).toContain(hashApiKey(secret));
    expect(JSON.stringify(await list(viewer))).not.toContain(secret);
  });

  it('are made by nobody who is a GUEST', async () => {
    const { viewer } = await users.member(await users.admin(), 'GUEST');
    expect(await create(viewer)).toMatchObject({
      secret: null,
      apiKey: null,
      userErrors: [{ code: 'FORBIDDEN' }],
    });
    expect(await list(viewer)).toEqual([]);
  });

  it('end when they are revoked, and gateways are told', async () => {
    const { viewer } = await users.admin();
    const { secret, apiKey } = await create(viewer);
    const id = apiKey?.id ?? '';
    expect(await users.run('revokeApiKey', { id }, viewer)).toMatchObject({ userErrors: [], apiKey: { id } });
    expect(await ask(secret ?? '')).toEqual({ status: 200, body: null });
    expect(await list(viewer)).toEqual([]);
    const address = {
      service: 'users',
      workspaceId: viewer.workspaceId,
      aggregate: 'access',
      aggregateId: id,
    };
    expect(await readEvents(users.test.namespace, address, 1)).toMatchObject([
      { userId: viewer.userId, sessionId: id, revision: null },
    ]);
    const again = await users.run('revokeApiKey', { id }, viewer);
    expect(again).toMatchObject({ apiKey: null, userErrors: [{ code: 'NOT_FOUND', path: ['id'] }] });
  });

  it('end with their time and with the account of their owner, and have its role as it is', async () => {
    const admin = await users.admin();
    const { viewer } = await users.member(admin);
    const brief = await create(viewer, { expiresAt: new Date(users.now().getTime() + 60_000).toISOString() });
    const lasting = (await create(viewer)).secret ?? '';
    users.advance(60_000);
    expect((await ask(brief.secret ?? '')).body).toBeNull();
    await users.run('setUserRole', { userId: viewer.userId, role: 'GUEST' }, admin.viewer);
    expect((await ask(lasting)).body).toMatchObject({ role: 'GUEST', revision: 2 });
    await users.run('deactivateUser', { userId: viewer.userId }, admin.viewer);
    expect((await ask(lasting)).body).toBeNull();
  });

  it("are their owner's alone", async () => {
    const admin = await users.admin();
    const member = await users.member(admin);
    const { apiKey } = await create(member.viewer);
    for (const other of [admin.viewer, (await users.admin()).viewer]) {
      expect(await list(other)).toEqual([]);
      const answer = await users.run('revokeApiKey', { id: apiKey?.id }, other);
      expect(answer).toMatchObject({ apiKey: null, userErrors: [{ code: 'NOT_FOUND' }] });
    }
    expect(await list(member.viewer)).toHaveLength(1);
  });

  it('are refused with wrong input, and beyond fifty', async () => {
    const { viewer } = await users.admin();
    const wrong = async (input: object): Promise<unknown> => (await create(viewer, input)).userErrors[0];
    expect(await wrong({ name: ' ' })).toMatchObject({ code: 'BAD_INPUT', path: ['name'] });
    expect(await wrong({ scopes: [] })).toMatchObject({ code: 'BAD_INPUT', path: ['scopes'] });
    const past = users.now().toISOString();
    expect(await wrong({ expiresAt: past })).toMatchObject({ code: 'BAD_INPUT', path: ['expiresAt'] });
    expect(await list(viewer)).toEqual([]);
    for (let made = 0; made < 50; made += 1) expect((await create(viewer)).userErrors).toEqual([]);
    expect(await wrong({})).toMatchObject({ code: 'CONFLICT' });
  });

  it('may change nothing about people, sessions and keys, whatever their scopes', async () => {
    const { viewer } = await users.admin();
    const { apiKey } = await create(viewer, { scopes: ['WRITE'] });
    const key = {
      ...viewer,
      sessionId: apiKey?.id ?? '',
      apiKeyId: apiKey?.id ?? '',
      scopes: ['read', 'write'],
    };
    const attempts: [keyof typeof DOCUMENTS, object][] = [
      ['createApiKey', { name: 'More', scopes: ['WRITE'] }],
      ['revokeApiKey', { id: apiKey?.id }],
      ['changePassword', { currentPassword: PASSWORD, newPassword: 'taken over by me' }],
      ['signOut', {}],
      ['updateProfile', { input: { name: 'Mallory' } }],
      ['inviteUser', { email: 'mallory@example.com', role: 'ADMIN' }],
      ['createUser', { input: { email: 'mallory@example.com', name: 'Mallory', password: PASSWORD } }],
      ['setUserRole', { userId: viewer.userId, role: 'GUEST' }],
      ['deactivateUser', { userId: viewer.userId }],
    ];
    for (const [field, variables] of attempts) {
      const { errors } = await users.test.execute(key, DOCUMENTS[field], variables);
      expect([field, errors?.[0]?.extensions?.['code']]).toEqual([field, 'FORBIDDEN']);
    }
    expect((await users.test.execute(key, LIST)).errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
    expect((await users.test.execute(key, '{ viewer { id } }')).data).toEqual({
      viewer: { id: viewer.userId },
    });
  });

  it('without the scope WRITE change nothing here either: the subgraph is the second line', async () => {
    const { viewer } = await users.admin();
    const key = { ...viewer, apiKeyId: 'k', scopes: ['read'] };
    const { errors } = await users.test.execute(key, DOCUMENTS.signIn, {
      email: 'a@b.example',
      password: 'x',
    });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' }, message: /lacks the scope WRITE/ }]);
  });
});

describe('the question whom an API key stands for', () => {
  it('is answered to our own services alone, and each signed request once', async () => {
    const admin = await users.admin();
    const secret = (await create(admin.viewer)).secret ?? '';
    expect((await ask(secret, { headers: {} })).status).toBe(401);
    expect((await ask(secret, { viewer: null })).status).toBe(401);
    expect((await ask(secret, { viewer: admin.viewer })).status).toBe(401);
    const body = JSON.stringify({ hash: hashApiKey(secret) });
    const signing = { key: TEST_SIGNING_KEY, viewer: GATEWAY, nowMs: Date.now(), nonce: randomUUID() };
    const headers = signRequest({ method: 'POST', path: PATH, body }, signing);
    expect((await ask(secret, { headers })).status).toBe(200);
    expect((await ask(secret, { headers })).status).toBe(401);
    const elsewhere = signRequest(
      { method: 'POST', path: '/graphql', body },
      { ...signing, nonce: randomUUID() },
    );
    expect((await ask(secret, { headers: elsewhere })).status).toBe(401);
  });
});
