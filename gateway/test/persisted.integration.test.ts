import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { signRequest } from '@hoerok/shared/auth';
import { until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Gateway } from '../src/server.ts';
import { type Operation, post, type Result } from './fixture-clients.ts';
import { type Fixture, startFixture } from './fixture-gateway.ts';
import { openSocket, type SocketMessage } from './fixture-socket.ts';

const AUDIT_TOKEN = randomBytes(24).toString('hex');
const INTERNAL_SIGNING_KEYS = randomBytes(24).toString('hex');
const ME = 'query Me { me { id name } }\n';
const TOUCH = 'mutation Touch { touch(id: "1") { id } }\n';
const MINE = 'subscription Mine { myTaskUpdated { id } }\n';
const WEB = 'query Web { me { name } }\n';
const GONE = 'query Gone { noSuchField }\n';

const idOf = (body: string): string => createHash('sha256').update(body).digest('hex');
const entry = (type: string, body: string, more = {}): object => ({
  id: idOf(body),
  name: /\w+ (\w+)/.exec(body)?.[1] ?? '',
  type,
  body,
  ...more,
});
const named = (body: string, hash = idOf(body)): Pick<Operation, 'extensions'> => ({
  extensions: { persistedQuery: { version: 1, sha256Hash: hash } },
});

let fixture: Fixture;
let gateway: Gateway;
let token: string;
beforeAll(async () => {
  fixture = await startFixture();
  token = await fixture.issuer.token();
  const file = `${fixture.file}.manifest.json`;
  const operations = [
    entry('query', ME),
    entry('mutation', TOUCH),
    entry('subscription', MINE),
    entry('query', WEB, { clientName: 'web' }),
    entry('query', GONE),
  ];
  await writeFile(
    file,
    JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }),
  );
  const environment = {
    NODE_ENV: 'production',
    INTERNAL_SIGNING_KEYS,
    PERSISTED_OPERATIONS_FILE: file,
    AUDIT_TOKEN,
  };
  gateway = await fixture.start(environment);
});
afterAll(async () => await fixture[Symbol.asyncDispose]());

const codeOf = ({ errors }: Result): unknown => errors?.[0]?.extensions?.['code'];

async function ask(operation: Partial<Operation>, headers: Record<string, string> = {}): Promise<unknown[]> {
  const { status, body } = await post(gateway.url, operation, headers);
  return [status, codeOf(body) ?? body.data];
}

async function askSocket(payload: object): Promise<readonly SocketMessage[]> {
  const { init, send, messages, socket } = await openSocket(gateway.url);
  await init({ authorization: `Bearer ${token}` });
  send({ id: '1', type: 'subscribe', payload });
  await until('it is answered', () => messages.some(({ type }) => type === 'error' || type === 'complete'));
  socket.close();
  return messages.filter(({ id }) => id === '1');
}

const ANSWER = { me: { id: 'u1', name: 'User u1' } };

describe('C21: a gateway that takes persisted operations only', () => {
  it('serves one by its id or its very text, over HTTP by POST and GET', async () => {
    expect(await ask(named(ME))).toEqual([200, ANSWER]);
    expect(await ask({ query: ME })).toEqual([200, ANSWER]);
    expect(await ask({ ...named(ME), query: ME })).toEqual([200, ANSWER]);
    expect(await ask({ ...named(ME), operationName: 'Me' })).toEqual([200, ANSWER]);
    const search = new URLSearchParams({ extensions: JSON.stringify(named(ME).extensions) });
    const headers = { 'apollo-require-preflight': '1' };
    const byGet = await fetch(`${gateway.url}/graphql?${search.toString()}`, { headers });
    expect([byGet.status, await byGet.json()]).toEqual([200, { data: ANSWER }]);
  });

  it('changes nothing by GET, not even by an id', async () => {
    for (const accept of ['application/json', 'text/event-stream']) {
      const search = new URLSearchParams({ extensions: JSON.stringify(named(TOUCH).extensions) });
      const headers = { 'apollo-require-preflight': '1', accept };
      expect((await fetch(`${gateway.url}/graphql?${search.toString()}`, { headers })).status).toBe(405);
    }
  });

  it.each([
    ['another text', { query: '{ me { id } }' }, 403, 'QUERY_NOT_IN_SAFELIST'],
    ['the same with a space more', { query: `${ME} ` }, 403, 'QUERY_NOT_IN_SAFELIST'],
    ['a text that does not parse', { query: '{ me {' }, 403, 'QUERY_NOT_IN_SAFELIST'],
    ['an id that is not there', named('x'), 404, 'PERSISTED_QUERY_NOT_IN_LIST'],
    ['the id of one with the text of another', { ...named(ME), query: TOUCH }, 400, 'BAD_REQUEST'],
    ['a registration', { ...named('{ me { id } }'), query: '{ me { id } }' }, 403, 'QUERY_NOT_IN_SAFELIST'],
    ['introspection', { query: '{ __schema { types { name } } }' }, 403, 'QUERY_NOT_IN_SAFELIST'],
    [
      'another version',
      { extensions: { persistedQuery: { version: 2, sha256Hash: idOf(ME) } } },
      400,
      'BAD_REQUEST',
    ],
    [
      'an id that is no text',
      { extensions: { persistedQuery: { version: 1, sha256Hash: ['x'] } } },
      400,
      'BAD_REQUEST',
    ],
  ] as const)('refuses %s on every transport', async (...[, operation, status, code]) => {
    for (const accept of ['application/json', 'text/event-stream', 'multipart/mixed;subscriptionSpec=1.0']) {
      expect(await ask(operation, { accept })).toEqual([status, code]);
    }
    const [message] = await askSocket({ query: '', ...operation });
    expect(message?.type).toBe('error');
    expect(codeOf({ errors: message?.payload as NonNullable<Result['errors']> })).toBe(code);
    expect(await ask(named('{ me { id } }'))).toEqual([404, 'PERSISTED_QUERY_NOT_IN_LIST']);
  });

  it('serves them over a socket', async () => {
    for (const payload of [{ query: ME }, { query: '', ...named(ME) }]) {
      expect((await askSocket(payload))[0]).toMatchObject({ type: 'next', payload: { data: ANSWER } });
    }
    const { init, send, results, socket } = await openSocket(gateway.url);
    await init({ authorization: `Bearer ${token}` });
    send({ id: '1', type: 'subscribe', payload: { query: '', ...named(MINE) } });
    await until('the subscription is open', () => gateway.interest() > 0);
    await fixture.publish({ id: 'persisted', revision: 1 });
    await until('the event is there', () => results('1').length > 0);
    socket.close();
  });

  it('keeps what belongs to one client for that client', async () => {
    const web = { 'apollographql-client-name': 'web' };
    expect(await ask(named(WEB), web)).toEqual([200, { me: { name: 'User u1' } }]);
    expect(await ask(named(WEB))).toEqual([404, 'PERSISTED_QUERY_NOT_IN_LIST']);
    expect(await ask({ query: WEB }, { 'apollographql-client-name': 'other' })).toEqual([
      403,
      'QUERY_NOT_IN_SAFELIST',
    ]);
  });

  it('takes anything from auditors and from our own services', async () => {
    const query = '{ me { id } }';
    expect(await ask({ query }, { 'x-audit-token': AUDIT_TOKEN })).toEqual([200, { me: { id: 'u1' } }]);
    const body = JSON.stringify({ query });
    const viewer = { kind: 'service', service: 'ai', workspaceId: 'w1', onBehalfOf: null } as const;
    const stamp = { key: INTERNAL_SIGNING_KEYS, viewer, nowMs: Date.now(), nonce: randomUUID() };
    const signed = signRequest({ method: 'POST', path: '/graphql', body }, stamp);
    const headers = { 'content-type': 'application/json', ...signed };
    const response = await fetch(`${gateway.url}/graphql`, { method: 'POST', body, headers });
    expect(response.status).toBe(200);
    expect(await ask({ query })).toEqual([403, 'QUERY_NOT_IN_SAFELIST']);
  });

  it('says at its start which operation the supergraph does not know', () => {
    expect(fixture.log.some((line) => line.includes('cannot be planned') && line.includes('"Gone"'))).toBe(
      true,
    );
    expect(fixture.log.some((line) => line.includes('cannot be planned') && line.includes('"Me"'))).toBe(
      false,
    );
  });

  it('does not start with a manifest that is none', async () => {
    const file = `${fixture.file}.broken.json`;
    for (const text of [
      '{',
      '{"format":"other"}',
      JSON.stringify({
        format: 'apollo-persisted-query-manifest',
        version: 1,
        operations: [entry('query', ME), entry('query', ME)],
      }),
    ]) {
      await writeFile(file, text);
      await expect(fixture.start({ PERSISTED_OPERATIONS_FILE: file })).rejects.toMatchObject({
        code: 'BAD_CONFIGURATION',
      });
    }
  });
});

describe('C22: automatic persisted queries', () => {
  it('refuse a wrong hash and keep nothing of it', async () => {
    const { url } = fixture.gateway;
    const poison = { ...named('{ me { id } }'), query: '{ me { name } }' };
    const { status, body } = await post(url, poison);
    expect([status, body.errors?.[0]?.message]).toEqual([400, 'provided sha does not match query']);
    expect(codeOf((await post(url, named('{ me { id } }'))).body)).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  it('keep no more than they may, the latest of them', async () => {
    const small = await fixture.start({ AUTOMATIC_PERSISTED_CHARACTERS: '2000' });
    const texts = Array.from({ length: 50 }, (_, i) => `{ a${i}: me { id } }`);
    for (const query of texts) expect((await post(small.url, { ...named(query), query })).status).toBe(200);
    const codes: unknown[] = [];
    for (const query of texts) codes.push(codeOf((await post(small.url, named(query))).body));
    expect(codes.slice(0, 25)).toEqual(Array(25).fill('PERSISTED_QUERY_NOT_FOUND'));
    expect(codes.slice(-15)).toEqual(Array(15).fill(undefined));
    await small.close();
  });

  it('are not there when they are turned off', async () => {
    const without = await fixture.start({ AUTOMATIC_PERSISTED_CHARACTERS: '0' });
    expect(codeOf((await post(without.url, named(ME))).body)).toBe('PERSISTED_QUERY_NOT_SUPPORTED');
    expect((await post(without.url, { ...named(ME), query: ME })).status).toBe(200);
    expect(codeOf((await post(without.url, named(ME))).body)).toBe('PERSISTED_QUERY_NOT_SUPPORTED');
    await without.close();
  });

  it('are refused when their text is over a limit, and not kept', async () => {
    const query = `{ me { ${'id '.repeat(101)} } }`;
    expect(codeOf((await post(fixture.gateway.url, { ...named(query), query })).body)).toBe(
      'OPERATION_TOO_LARGE',
    );
    expect(codeOf((await post(fixture.gateway.url, named(query))).body)).toBe('PERSISTED_QUERY_NOT_FOUND');
  });
});
