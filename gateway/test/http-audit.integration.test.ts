import { randomBytes } from 'node:crypto';
import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fixture, startFixture } from './fixture-gateway.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(async () => await fixture[Symbol.asyncDispose]());

const AUDITOR = {
  NODE_ENV: 'production',
  INTERNAL_SIGNING_KEYS: randomBytes(24).toString('hex'),
  AUDIT_TOKEN: randomBytes(24).toString('hex'),
  CORS_ORIGINS: 'https://app.example',
};

/**
 * What is recommended or allowed, and not done: an operation that is refused before it runs is answered with 400 whatever
 * the client accepts (572B, FDE2, 7B9B; a scanner or a proxy need not read the body), and `extensions` that are no object
 * are ignored as Apollo Server ignores them (58B1, 58B2).
 */
const NOT_DONE = ['58B1', '58B2', '572B', 'FDE2', '7B9B'];

describe('the audit of graphql-http', () => {
  it.each([
    ['in development', {}],
    ['in production', AUDITOR],
  ])('finds nothing that GraphQL over HTTP requires and the gateway lacks, %s', async (_, environment) => {
    const { url } = await fixture.start(environment);
    const headers = {
      'apollo-require-preflight': 'true',
      authorization: `Bearer ${await fixture.issuer.token({ role: 'MEMBER' })}`,
      'x-audit-token': AUDITOR.AUDIT_TOKEN,
    };
    const asAuditor: typeof fetch = async (input, init) =>
      await fetch(input, { ...init, headers: { ...(init?.headers as Record<string, string>), ...headers } });
    const audits = serverAudits({ url: `${url}/graphql`, fetchFn: asAuditor });
    // Twice: what has been asked before takes another way through the gateway.
    for (let round = 1; round <= 2; round += 1) {
      const found = [];
      for (const audit of audits) found.push(await audit.fn());
      const missed = found.filter(({ status }) => status !== 'ok');
      expect(missed.filter(({ status }) => status === 'error')).toEqual([]);
      expect(missed.map(({ id }) => id)).toEqual(NOT_DONE);
    }
  });
});

it('answers only a visitor with the explorer at /, and sends a misdirected request to /graphql', async () => {
  const { url } = await fixture.start({});
  const visit = await fetch(url, { redirect: 'manual' });
  expect([visit.status, visit.headers.get('location')]).toEqual([302, '/graphql']);
  const request = await fetch(url, { method: 'POST', body: '{"query":"{ __typename }"}' });
  expect([request.status, await request.text()]).toEqual([404, expect.stringContaining('/graphql')]);
});
