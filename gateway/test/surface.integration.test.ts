import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Gateway } from '../src/server.ts';
import { post, type Result } from './fixture-clients.ts';
import { type Fixture, startFixture } from './fixture-gateway.ts';
import { openSocket } from './fixture-socket.ts';

const AUDIT_TOKEN = randomBytes(24).toString('hex');
const INTERNAL_SIGNING_KEYS = randomBytes(24).toString('hex');
const ORIGIN = 'https://app.example';

let fixture: Fixture;
let gateway: Gateway;
beforeAll(async () => {
  fixture = await startFixture();
  const environment = {
    NODE_ENV: 'production',
    INTERNAL_SIGNING_KEYS,
    AUDIT_ROLE: 'ADMIN',
    AUDIT_TOKEN,
    CORS_ORIGINS: ORIGIN,
  };
  gateway = await fixture.start(environment);
});
afterAll(async () => await fixture[Symbol.asyncDispose]());

const bearer = async (role: string): Promise<{ authorization: string }> => ({
  authorization: `Bearer ${await fixture.issuer.token({ role })}`,
});
const codeOf = (body: Result): unknown => body.errors?.[0]?.extensions?.['code'];

async function askSocket(query: string, init: object = {}): Promise<Result> {
  const { init: begin, subscribe, messages, socket } = await openSocket(gateway.url);
  await begin(init);
  subscribe('1', query);
  await until('it is answered', () => messages.some(({ id }) => id === '1'));
  socket.close();
  const message = messages.find(({ id }) => id === '1');
  return message?.type === 'error'
    ? { errors: message.payload as NonNullable<Result['errors']> }
    : (message?.payload as Result);
}

describe('C15: introspection', () => {
  it.each([
    '{ __schema { types { name } } }',
    '{ __type(name: "User") { name } }',
    '{ ...F } fragment F on Query { s: __schema { types { name } } }',
  ])('is off for users over HTTP and WebSocket: %s', async (query) => {
    for (const headers of [{}, await bearer('MEMBER'), { 'x-audit-token': 'wrong' }]) {
      const { status, body } = await post(gateway.url, { query }, headers);
      expect([status, codeOf(body)]).toEqual([400, 'INTROSPECTION_DISABLED']);
    }
    const stream = await post(gateway.url, { query }, { accept: 'text/event-stream' });
    expect(stream.status).toBe(400);
    expect(codeOf(await askSocket(query, await bearer('MEMBER')))).toBe('INTROSPECTION_DISABLED');
  });

  it('is on for auditors, by role or token, and that opens it for nobody else', async () => {
    const query = '{ __type(name: "User") { name } }';
    const answer = { __type: { name: 'User' } };
    for (const headers of [await bearer('ADMIN'), { 'x-audit-token': AUDIT_TOKEN }]) {
      expect((await post(gateway.url, { query }, headers)).body.data).toEqual(answer);
    }
    expect((await askSocket(query, await bearer('ADMIN'))).data).toEqual(answer);
    expect((await askSocket(query, { 'x-audit-token': AUDIT_TOKEN })).data).toEqual(answer);
    expect((await post(gateway.url, { query })).status).toBe(400);
    expect(codeOf(await askSocket(query))).toBe('INTROSPECTION_DISABLED');
  });

  it('knows nothing of federation', async () => {
    const { body } = await post(gateway.url, {
      query: '{ _service { sdl } _entities(representations: []) { __typename } }',
    });
    expect(codeOf(body)).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(await readFile(fixture.file, 'utf8')).toContain('join__');
    const { body: types } = await post(
      gateway.url,
      { query: '{ __schema { types { name } directives { name } } }' },
      { 'x-audit-token': AUDIT_TOKEN },
    );
    expect(JSON.stringify(types)).not.toMatch(/join__|_Service|_Entity|link__|eventStream/);
  });
});

describe('C16: a mistake', () => {
  it.each([
    '{ mee { id } }',
    '{ me { nam } }',
    '{ me(i: 1) { id } }',
    '{ ... on Usr { id } }',
    'query ($x: Strin) { me { id } }',
    'mutation { touc(id: 1) { id } }',
    '{ meeting(idd: "1") { id } }',
  ])('gets no suggestion over HTTP or WebSocket: %s', async (query) => {
    const { status, body } = await post(gateway.url, { query });
    expect(status).toBe(400);
    for (const answer of [body, await askSocket(query)]) {
      expect(answer.errors?.length).toBeGreaterThan(0);
      expect(JSON.stringify(answer)).not.toMatch(/did you mean/i);
    }
  });
});

describe('C17: a page of another site', () => {
  const graphql = (search = ''): string => `${gateway.url}/graphql${search}`;
  const operation = JSON.stringify({ query: '{ me { id } }' });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain; application/json',
    'text/json',
  ])('cannot send an operation as %s', async (type) => {
    const response = await fetch(graphql(), {
      method: 'POST',
      headers: { 'content-type': type },
      body: operation,
    });
    expect(response.status).toBe(400);
  });

  it('cannot send one without a content type, or by GET, without a header that pages may not set', async () => {
    expect(
      (await fetch(graphql(), { method: 'POST', body: new Uint8Array(Buffer.from(operation)) })).status,
    ).toBe(400);
    expect((await fetch(graphql('?query={me{id}}'))).status).toBe(400);
    const headers = { 'apollo-require-preflight': '1' };
    expect((await fetch(graphql('?query={me{id}}'), { headers })).status).toBe(200);
  });

  it.each(['application/json', 'text/event-stream', 'multipart/mixed;subscriptionSpec=1.0'])(
    'or anybody else cannot change a thing by GET: accept %s',
    async (accept) => {
      const before = fixture.graph.tasks.asked.length;
      const mutation = encodeURIComponent('mutation { touch(id: "1") { id } }');
      const headers = { accept, 'apollo-require-preflight': '1' };
      const response = await fetch(graphql(`?query=${mutation}`), { headers });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
      expect(fixture.graph.tasks.asked.length).toBe(before);
    },
  );

  it('gets no cookie to send along', async () => {
    expect((await post(gateway.url, { query: '{ me { id } }' })).headers.get('set-cookie')).toBeNull();
  });
});

describe('C18: an answer', () => {
  it.each([
    'null',
    'https://app.example.evil',
    'https://xapp.example',
    'http://app.example',
    'https://app.example:8443',
    'https://APP.example',
    'https://app.example/',
  ])('is not readable for %s', async (origin) => {
    for (const method of ['OPTIONS', 'POST']) {
      const response = await fetch(`${gateway.url}/graphql`, {
        method,
        headers: { origin, 'content-type': 'application/json' },
        ...(method === 'POST' ? { body: '{"query":"{ me { id } }"}' } : {}),
      });
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('is readable for the allowed page alone, without credentials', async () => {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'OPTIONS',
      headers: { origin: ORIGIN },
    });
    expect(response.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    expect(response.headers.get('vary')).toContain('origin');
  });
});

describe('C19: a socket', () => {
  it.each([
    'null',
    'https://app.example.evil',
    'https://evil.example',
    'https://app.example@evil.example',
    'http://app.example',
    '',
  ])('of a foreign page is refused: %s', async (origin) => {
    await expect(openSocket(gateway.url, { headers: { origin } })).rejects.toThrow('403');
  });

  it('of an allowed page, of our own page and of a program is opened', async () => {
    for (const options of [{ origin: ORIGIN }, { origin: gateway.url }, {}]) {
      const { socket } = await openSocket(gateway.url, options);
      expect(socket.readyState).toBe(WebSocket.OPEN);
      socket.close();
    }
  });

  it('is nobody by a cookie alone', async () => {
    const { authorization } = await bearer('ADMIN');
    const cookie = `authorization=${authorization}; token=${authorization.slice('Bearer '.length)}`;
    const { init, subscribe, messages, socket } = await openSocket(gateway.url, { headers: { cookie } });
    await init();
    subscribe('1', 'subscription { myTaskUpdated { id } }');
    await until('it is refused', () => messages.some(({ id }) => id === '1'));
    expect(JSON.stringify(messages)).toContain('UNAUTHENTICATED');
    socket.close();
  });
});

describe('C20: sockets', () => {
  it('of one address are counted before they say who they are', async () => {
    const small = await fixture.start({ CONNECTIONS_PER_ADDRESS: '2' });
    const [first, second] = [await openSocket(small.url), await openSocket(small.url)];
    await expect(openSocket(small.url)).rejects.toThrow('429');
    first.socket.close();
    await until('there is room again', async () =>
      openSocket(small.url).then(
        ({ socket }) => (socket.close(), true),
        () => false,
      ),
    );
    second.socket.close();
    await small.close();
  });

  it('take messages of the configured size and not a byte more', async () => {
    const small = await fixture.start({ SOCKET_MESSAGE_BYTES: '2048' });
    const { init, send, messages, closed } = await openSocket(small.url);
    await init();
    const padded = (bytes: number): object => {
      const message = {
        id: '1',
        type: 'subscribe',
        payload: { query: '{ me { id } }', extensions: { pad: '' } },
      };
      message.payload.extensions.pad = 'x'.repeat(bytes - JSON.stringify(message).length);
      return message;
    };
    send(padded(2_048));
    await until('it is answered', () => messages.some(({ type }) => type === 'complete'));
    send(padded(2_049));
    expect((await closed)[0]).toBe(1009);
    await small.close();
  });
});
