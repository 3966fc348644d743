import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { signRequest, verifyRequest } from '@hoerok/shared/auth';
import { TEST_SIGNING_KEY, until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post } from './fixture-clients.ts';
import { compose } from './fixture-graph.ts';
import { type Fixture, startFixture } from './fixture-gateway.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture({ SUBGRAPH_TIMEOUT_MS: '300', REQUEST_BYTES: '4096' });
});
afterAll(async () => await fixture[Symbol.asyncDispose]());

const graphql = () => `${fixture.gateway.url}/graphql`;
const send = async (body: string, headers: Record<string, string> = {}) =>
  await fetch(graphql(), {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
const codeOf = async (response: Response) =>
  ((await response.json()) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code;

describe('an HTTP request', () => {
  it('that is too large, no JSON, a batch, or forgeable from another page is refused', async () => {
    expect((await send(JSON.stringify({ query: `{ me { id } } #${'x'.repeat(5_000)}` }))).status).toBe(413);
    expect((await send('{"query":')).status).toBe(400);
    expect((await send('[{"query":"{ me { id } }"}]')).status).toBe(400);
    expect((await send('{"query":"{ me { id } }"}', { 'content-type': 'text/plain' })).status).toBe(400);
    expect((await fetch(`${graphql()}?query={me{id}}`)).status).toBe(400);
  });

  it('to change something by GET is refused', async () => {
    const query = encodeURIComponent('mutation { touch(id: "1") { id } }');
    const response = await fetch(`${graphql()}?query=${query}`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    expect(response.status).toBe(405);
  });

  it('with a subscription is told where to go', async () => {
    const { status, body } = await post(fixture.gateway.url, {
      query: 'subscription { myTaskUpdated { id } }',
    });
    expect(status).toBe(406);
    expect(body.errors?.[0]?.message).toContain('text/event-stream');
  });

  it('may name a persisted query by its hash once it is known', async () => {
    const query = '{ me { name } }';
    const extensions = {
      persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') },
    };
    expect(await codeOf(await send(JSON.stringify({ extensions })))).toBe('PERSISTED_QUERY_NOT_FOUND');
    await send(JSON.stringify({ query, extensions }));
    expect(await (await send(JSON.stringify({ extensions }))).json()).toEqual({
      data: { me: { name: 'User u1' } },
    });
  });

  it('is named by its own id or by a new one', async () => {
    const own = await send('{"query":"{ me { id } }"}', { 'x-request-id': 'my-request-1' });
    expect(own.headers.get('x-request-id')).toBe('my-request-1');
    expect(fixture.graph.users.asked.at(-1)?.headers['x-request-id']).toBe('my-request-1');
    const odd = await send('{"query":"{ me { id } }"}', { 'x-request-id': 'a b <c>' });
    expect(odd.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
  });

  it('of a page is readable for allowed origins only', async () => {
    const gateway = await fixture.start({ CORS_ORIGINS: 'https://app.example' });
    const allowed = async (origin: string) =>
      (await fetch(`${gateway.url}/graphql`, { method: 'OPTIONS', headers: { origin } })).headers.get(
        'access-control-allow-origin',
      );
    expect(await allowed('https://app.example')).toBe('https://app.example');
    for (const origin of ['null', 'https://app.example.evil', 'https://xapp.example', 'http://app.example']) {
      expect(await allowed(origin)).toBeNull();
    }
    await gateway.close();
  });
});

describe('a request to a subgraph', () => {
  it('is signed over exactly what is sent, for the viewer, whatever the client claims', async () => {
    const token = await fixture.issuer.token({ role: 'GUEST' });
    const forged = { 'x-hoerok-viewer': 'e30', 'x-user-id': 'admin', authorization: `Bearer ${token}` };
    await post(fixture.gateway.url, { query: '{ me { id } }' }, forged);
    const asked = fixture.graph.users.asked.at(-1);
    const { headers = {}, path = '', body = '' } = asked ?? {};
    const context = { keys: [TEST_SIGNING_KEY], headers, nowMs: Date.now() };
    expect(verifyRequest({ method: 'POST', path, body }, context)).toMatchObject({
      userId: 'u1',
      role: 'GUEST',
    });
    expect(headers['x-user-id']).toBeUndefined();
    expect(headers.authorization).toBeUndefined();
  });

  it('carries the authorization header of the client where tokens are not verified here', async () => {
    const gateway = await fixture.start({
      JWKS_URL: undefined as unknown as string,
      INTERNAL_SIGNING_KEYS: '',
    });
    await post(
      gateway.url,
      { query: '{ me { id } }' },
      { authorization: 'Basic abc', 'x-hoerok-viewer': 'e30' },
    );
    const headers = fixture.graph.users.asked.at(-1)?.headers ?? {};
    expect(headers.authorization).toBe('Basic abc');
    expect(headers['x-hoerok-viewer']).toBeUndefined();
    await gateway.close();
  });

  it('that is never answered ends at the deadline, and the rest of the answer comes', async () => {
    fixture.graph.meetings.intercept = async () => await new Promise(() => undefined);
    const { body } = await post(fixture.gateway.url, { query: '{ me { id } meeting(id: "1") { title } }' });
    fixture.graph.meetings.intercept = null;
    expect(body.data).toEqual({ me: { id: 'u1' }, meeting: null });
    expect(body.errors?.map((error) => error.extensions?.['code'])).toEqual(['TIMEOUT']);
  });

  it('is given up when the client leaves', async () => {
    const cancelled = (): number =>
      fixture.log.filter((line) => line.includes('cancelled') || line.includes('aborted')).length;
    const before = cancelled();
    const { meetings } = fixture.graph;
    meetings.asked.length = 0;
    meetings.intercept = async () => await new Promise(() => undefined);
    const client = new AbortController();
    const request = fetch(graphql(), {
      method: 'POST',
      signal: client.signal,
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ meeting(id: \\"1\\") { title } }"}',
    });
    await until('the subgraph is asked', () => meetings.asked.length === 1);
    client.abort();
    await expect(request).rejects.toThrow('aborted');
    await until('the fetch is given up', () => cancelled() > before);
    meetings.intercept = null;
  });
});

describe('a failure of a subgraph', () => {
  const secrets = /127\.0\.0\.1|ECONNREFUSED|select \*|at Object\.|stack|users|<html|serviceName/;
  const failures: readonly [string, { status?: number; body: string }][] = [
    [
      'thrown',
      {
        body: JSON.stringify({
          data: null,
          errors: [
            {
              message: 'select * from users',
              extensions: { code: 'INTERNAL_SERVER_ERROR', stacktrace: ['at Object.x'] },
            },
          ],
        }),
      },
    ],
    [
      'without a code',
      {
        body: JSON.stringify({
          data: { me: null },
          errors: [{ message: 'connect ECONNREFUSED 127.0.0.1:5432' }],
        }),
      },
    ],
    ['a page', { status: 500, body: '<html>users</html>' }],
    ['half an answer', { body: '{"data": {' }],
    ['no GraphQL', { body: '{"hello": "users"}' }],
  ];

  it.each(failures)('%s tells the client nothing but a code and the request id', async (_what, reply) => {
    fixture.graph.users.intercept = async () => reply;
    const { body } = await post(fixture.gateway.url, { query: '{ me { id } }' });
    fixture.graph.users.intercept = null;
    expect(body.data).toEqual({ me: null });
    expect(body.errors?.[0]?.extensions?.['code']).toEqual(expect.any(String));
    expect(JSON.stringify(body)).not.toMatch(secrets);
  });

  it('with a code of ours is passed on with what belongs to it', async () => {
    const error = {
      message: 'Too many.',
      path: ['me'],
      extensions: { code: 'QUEUE_FULL', retryAfterSeconds: 3, stacktrace: ['x'] },
    };
    fixture.graph.users.intercept = async () => ({
      body: JSON.stringify({ data: { me: null }, errors: [error] }),
    });
    const { body } = await post(fixture.gateway.url, { query: '{ me { id } }' });
    fixture.graph.users.intercept = null;
    expect(body.errors).toEqual([
      { message: 'Too many.', path: ['me'], extensions: { code: 'QUEUE_FULL', retryAfterSeconds: 3 } },
    ]);
  });

  it('that is gone altogether shows in readiness and in its own fields only', async () => {
    const gone = { name: 'gone', url: 'http://127.0.0.1:9/graphql', sdl: 'type Query { gone: Int }' };
    const { users, file } = { ...fixture.graph, file: fixture.file };
    const before = await readFile(file, 'utf8');
    await writeFile(file, compose([users, gone]));
    const ask = async () => (await post(fixture.gateway.url, { query: '{ me { id } gone }' })).body;
    const body = await until('the new supergraph is served', async () => {
      const answer = await ask();
      return answer.data === undefined ? undefined : answer;
    });
    expect(body).toMatchObject({
      data: { me: { id: 'u1' }, gone: null },
      errors: [{ extensions: { code: 'UNAVAILABLE' } }],
    });
    expect(JSON.stringify(body)).not.toMatch(secrets);
    const readiness = await fetch(`${fixture.gateway.url}/health/readiness`);
    expect(readiness.status).toBe(200);
    expect(await readiness.json()).toMatchObject({
      status: 'ready',
      dependencies: {
        nats: { status: 'up' },
        'subgraph users': { status: 'up' },
        'subgraph gone': { status: 'down' },
      },
    });
    await writeFile(file, before);
    await until(
      'the old supergraph is served',
      async () => (await post(fixture.gateway.url, { query: '{ meeting(id: "1") { id } }' })).status === 200,
    );
  });
});

describe('an identity', () => {
  const ask = async (authorization: string) => {
    const { status, body } = await post(fixture.gateway.url, { query: '{ me { id } }' }, { authorization });
    return [status, body.errors?.[0]?.extensions?.['code'], body.errors?.[0]?.message];
  };

  it('that has expired is told apart from one that is not valid', async () => {
    const expired = await fixture.issuer.token({ seconds: -60 });
    expect(await ask(`Bearer ${expired}`)).toEqual([
      401,
      'UNAUTHENTICATED',
      'The access token has expired; refresh it.',
    ]);
    expect(await ask('Bearer x.y.z')).toEqual([401, 'UNAUTHENTICATED', 'The access token is not valid.']);
    expect((await ask('Basic abc')).slice(0, 2)).toEqual([401, 'UNAUTHENTICATED']);
  });

  it("cannot be told while the keys are out of reach, which is not the client's fault", async () => {
    const gateway = await fixture.start({ JWKS_URL: 'http://127.0.0.1:9/jwks' });
    const authorization = `Bearer ${await fixture.issuer.token()}`;
    const { status, body } = await post(gateway.url, { query: '{ me { id } }' }, { authorization });
    expect([status, body.errors?.[0]?.extensions?.['code']]).toEqual([503, 'UNAVAILABLE']);
    await gateway.close();
  });

  it('needs the right issuer, audience, type and claims', async () => {
    const wrong = [
      { payload: { iss: 'other' } },
      { payload: { aud: 'other' } },
      { payload: { nbf: Math.floor(Date.now() / 1000) + 600 } },
      { typ: 'JWT' },
      { role: 'OWNER' },
    ];
    for (const claims of wrong) {
      const token = await fixture.issuer.token(claims);
      expect((await ask(`Bearer ${token}`)).slice(0, 2)).toEqual([401, 'UNAUTHENTICATED']);
    }
    const [, payload] = (await fixture.issuer.token()).split('.');
    const unsigned = `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${payload}.`;
    expect((await ask(`Bearer ${unsigned}`)).slice(0, 2)).toEqual([401, 'UNAUTHENTICATED']);
  });

  it('of one of our services is taken from its signature, of a person it is not', async () => {
    const body = JSON.stringify({ query: '{ me { id } }' });
    const service = { kind: 'service', service: 'ai', workspaceId: 'w1', onBehalfOf: null } as const;
    const person = { kind: 'user', userId: 'u1', workspaceId: 'w1', role: 'ADMIN', sessionId: 's' } as const;
    const signed = (viewer: typeof service | typeof person, key = TEST_SIGNING_KEY) =>
      signRequest(
        { method: 'POST', path: '/graphql', body },
        { key, viewer, nowMs: Date.now(), nonce: randomUUID() },
      );
    expect((await send(body, signed(service))).status).toBe(200);
    const viewer = String(fixture.graph.users.asked.at(-1)?.headers['x-hoerok-viewer']);
    expect(JSON.parse(Buffer.from(viewer, 'base64url').toString())).toEqual(service);
    expect((await send(body, signed(person))).status).toBe(401);
    expect((await send(body, signed(service, 'another-key-of-at-least-32-characters!'))).status).toBe(401);
  });
});

describe('the supergraph file', () => {
  it('that changes for the worse is refused and the old one keeps serving', async () => {
    const before = await readFile(fixture.file, 'utf8');
    await writeFile(fixture.file, before.slice(0, 2_000));
    await until('the refusal is logged', () => fixture.log.some((line) => line.includes('is refused')));
    expect((await post(fixture.gateway.url, { query: '{ me { id } }' })).body).toEqual({
      data: { me: { id: 'u1' } },
    });
    await writeFile(fixture.file, before);
  });

  it('that is broken from the start is a clear error', async () => {
    const broken = `${fixture.file}.broken`;
    await writeFile(broken, 'type Query { a: Int }');
    await expect(fixture.start({ SUPERGRAPH_FILE: broken })).rejects.toMatchObject({
      code: 'BAD_CONFIGURATION',
    });
    await expect(fixture.start({ SUPERGRAPH_FILE: `${fixture.file}.none` })).rejects.toThrow(
      /cannot be read/,
    );
  });
});

describe('the pages', () => {
  it('of GraphiQL come from here alone, and Sandbox knows where subscriptions go', async () => {
    const page = await (await fetch(`${fixture.gateway.url}/graphiql`)).text();
    const links = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path);
    expect(links).toHaveLength(4);
    expect(page).not.toMatch(/https?:\/\//);
    for (const path of links) expect((await fetch(`${fixture.gateway.url}${path}`)).status).toBe(200);
    const sandbox = await fetch(`${fixture.gateway.url}/`, { headers: { accept: 'text/html' } });
    expect(await sandbox.text()).toContain('initialSubscriptionEndpoint');
  });

  it('and introspection are not there in production', async () => {
    const INTERNAL_SIGNING_KEYS = randomBytes(24).toString('hex');
    const gateway = await fixture.start({ NODE_ENV: 'production', INTERNAL_SIGNING_KEYS });
    for (const path of ['/', '/graphiql', '/graphiql/react.js']) {
      expect((await fetch(`${gateway.url}${path}`, { redirect: 'manual' })).status).toBe(404);
    }
    expect((await fetch(`${gateway.url}/graphql`, { headers: { accept: 'text/html' } })).status).toBe(400);
    const { status } = await post(gateway.url, { query: '{ __schema { types { name } } }' });
    expect(status).toBe(400);
    expect(await (await fetch(`${gateway.url}/health`)).json()).toEqual({ status: 'pass' });
    await gateway.close();
  });
});
