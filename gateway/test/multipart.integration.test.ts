import { until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { subscribeMultipart } from './fixture-clients.ts';
import { type Fixture, startFixture } from './fixture-gateway.ts';

const WATCH = 'subscription ($id: ID!) { taskUpdated(id: $id) { id revision } }';

let fixture: Fixture;
let token: string;
beforeAll(async () => {
  fixture = await startFixture({ KEEPALIVE_MS: '50' });
  token = await fixture.issuer.token();
});
afterAll(async () => await fixture[Symbol.asyncDispose]());

const ask = async (accept: string, query: string) =>
  await fetch(`${fixture.gateway.url}/graphql`, {
    method: 'POST',
    headers: { accept, 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables: { id: 'form' } }),
  });

describe('a multipart response', () => {
  it('has the form that Apollo describes, whichever way the client writes the specification', async () => {
    await fixture.publish({ id: 'form', revision: 1, status: 'COMPLETED' });
    for (const accept of [
      'multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json',
      'multipart/mixed; boundary="graphql"; subscriptionSpec="1.0", application/json',
    ]) {
      const response = await ask(accept, WATCH);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe(
        'multipart/mixed;boundary="graphql";subscriptionSpec="1.0"',
      );
      expect(await response.text()).toMatch(
        /^\r\n--graphql\r\ncontent-type: application\/json\r\n\r\n\{"payload":\{"data":\{"taskUpdated":\{"id":"form","revision":1\}\},"extensions":\{[^}]*\}\}\}\r\n--graphql--\r\n$/,
      );
    }
  });

  it('is not what a client gets that accepts multipart for something else', async () => {
    expect((await ask('multipart/mixed;deferSpec=20220824,application/json', WATCH)).status).toBe(406);
    const query = await ask('multipart/mixed;deferSpec=20220824,application/json', '{ me { id } }');
    expect(await query.json()).toEqual({ data: { me: { id: 'u1' } } });
  });

  it('says in heartbeats that it is alive', async () => {
    await fixture.publish({ id: 'quiet', revision: 1 });
    const subscriber = subscribeMultipart(
      fixture.gateway.url,
      { query: WATCH, variables: { id: 'quiet' } },
      token,
    );
    const isHeartbeat = (message: object): boolean => Object.keys(message).length === 0;
    await until('heartbeats come', () => subscriber.messages.filter(isHeartbeat).length > 2);
    expect(subscriber.results).toHaveLength(1);
    subscriber.stop();
    await until('the subject is released', () => fixture.gateway.interest() === 0);
  });

  it('ends with an error of its own when the token does', async () => {
    await fixture.publish({ id: 'token', revision: 1 });
    const shortLived = await fixture.issuer.token({ seconds: 2 });
    const operation = { query: WATCH, variables: { id: 'token' } };
    const subscriber = subscribeMultipart(fixture.gateway.url, operation, shortLived);
    await expect(subscriber.completed).rejects.toEqual({
      payload: null,
      errors: [
        { message: 'The access token has expired; refresh it.', extensions: { code: 'UNAUTHENTICATED' } },
      ],
    });
    expect(subscriber.results).toHaveLength(1);
  });

  it('ends with an error that asks to come back when the gateway stops', async () => {
    const gateway = await fixture.start();
    await fixture.publish({ id: 'stop', revision: 1 });
    const operation = { query: WATCH, variables: { id: 'stop' } };
    const subscriber = subscribeMultipart(gateway.url, operation, token);
    await subscriber.until((results) => results.length === 1);
    await gateway.close();
    await expect(subscriber.completed).rejects.toMatchObject({
      payload: null,
      errors: [{ extensions: { code: 'UNAVAILABLE', retryable: true } }],
    });
  });
});
