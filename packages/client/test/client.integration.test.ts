import { until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fixture, startFixture } from '../../../gateway/test/fixture-gateway.ts';
import { countSockets, quickClient, read, revisions } from './fixture-client.ts';

let fixture: Fixture;
let token: string;
beforeAll(async () => {
  fixture = await startFixture();
  token = await fixture.issuer.token();
});
afterAll(async () => await fixture[Symbol.asyncDispose]());

describe('execute', () => {
  it('answers the data of a query, with its types', async () => {
    const hoerok = quickClient(fixture.gateway.url, { accessToken: () => token });
    const { me } = await hoerok.execute<{ me: { name: string } }>('{ me { name } }');
    expect(me.name).toBe('User u1');
  });

  it('throws what is wrong with an operation, with code and request id', async () => {
    const hoerok = quickClient(fixture.gateway.url, { accessToken: () => token });
    await expect(hoerok.execute('{ nobody { name } }')).rejects.toMatchObject({
      name: 'HoerokError',
      code: 'GRAPHQL_VALIDATION_FAILED',
      retryable: false,
      requestId: expect.stringMatching(/^[\w-]{8,}$/) as string,
    });
  });

  it('keeps what could be had of the data', async () => {
    fixture.graph.users.intercept = async () => ({ status: 503, body: '' });
    const hoerok = quickClient(fixture.gateway.url, { accessToken: () => token });
    await expect(hoerok.execute('{ me { name } meeting(id: "m1") { title } }')).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      retryable: true,
      data: { me: null, meeting: { title: 'Meeting m1' } },
    });
    fixture.graph.users.intercept = null;
  });

  it('fetches a new access token once for one that is refused', async () => {
    const expired = await fixture.issuer.token({ seconds: -60 });
    const stale: (string | null)[] = [];
    const hoerok = quickClient(fixture.gateway.url, {
      accessToken: (old) => {
        stale.push(old);
        return old === null ? expired : token;
      },
    });
    expect(await hoerok.execute('{ me { id } }')).toEqual({ me: { id: 'u1' } });
    expect(stale).toEqual([null, expired]);
    const stubborn = quickClient(fixture.gateway.url, { accessToken: () => expired });
    await expect(stubborn.execute('{ me { id } }')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('tells a gateway that is not there from one that is something else', async () => {
    const nowhere = quickClient('http://127.0.0.1:1');
    await expect(nowhere.execute('{ me { id } }')).rejects.toMatchObject({
      code: 'CONNECTION_LOST',
      retryable: true,
    });
    const elsewhere = quickClient(`${fixture.gateway.url}/nothing`);
    await expect(elsewhere.execute('{ me { id } }')).rejects.toMatchObject({
      message: expect.stringMatching('here'),
    });
    const issuer = quickClient(fixture.issuer.jwksUrl);
    await expect(issuer.execute('{ me { id } }')).rejects.toMatchObject({ code: 'BAD_RESPONSE' });
  });
});

describe('watchTask', () => {
  it('gives the task as it is, each change, and its end', async () => {
    const hoerok = quickClient(fixture.gateway.url, { accessToken: () => token });
    await fixture.publish({ id: 'watched', revision: 1, status: 'PENDING' });
    const { items, over } = read(hoerok.watchTask('watched'));
    await until('the snapshot is read', () => items.length === 1);
    await fixture.publish({ id: 'watched', revision: 2 });
    await fixture.publish({ id: 'watched', revision: 3, status: 'COMPLETED' });
    await over;
    expect(items).toMatchObject([
      { status: 'PENDING', kind: 'MINUTES', requestedBy: { id: 'u1' }, meeting: { id: 'm1' } },
      { status: 'PROCESSING', progress: 0.5 },
      { status: 'COMPLETED', progress: 1, error: null },
    ]);
  });

  it('throws for a task that the viewer may not see', async () => {
    const hoerok = quickClient(fixture.gateway.url, { accessToken: () => token });
    await fixture.publish({ id: 'foreign', revision: 1, watchers: ['u2'] });
    await expect(read(hoerok.watchTask('foreign')).over).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it.each(['break', 'abort', 'close'] as const)(
    'is released at once by %s, on a quiet stream too',
    async (how) => {
      const hoerok = quickClient(fixture.gateway.url, { accessToken: () => token });
      const leaving = new AbortController();
      await fixture.publish({ id: `quiet-${how}`, revision: 1 });
      const tasks = hoerok.watchTask(`quiet-${how}`, { signal: leaving.signal });
      await tasks.next();
      const waiting = tasks.next();
      await until('the stream is open', () => fixture.gateway.interest() === 1);
      if (how === 'break') await tasks.return?.();
      else if (how === 'abort') leaving.abort();
      else hoerok.close();
      expect(await waiting).toEqual({ done: true, value: undefined });
      await until('the subject is released', () => fixture.gateway.interest() === 0);
    },
  );

  it('does not begin once its signal has aborted or the client is closed', async () => {
    const hoerok = quickClient(fixture.gateway.url, { accessToken: () => token });
    const { items, over } = read(hoerok.watchTask('never', { signal: AbortSignal.abort() }));
    await over;
    expect(items).toEqual([]);
    hoerok.close();
    expect(() => hoerok.watchTask('never')).toThrow('closed');
  });

  it('shares one socket with every other loop of the client', async () => {
    const { webSocketImpl, opened } = countSockets();
    const hoerok = quickClient(fixture.gateway.url, { accessToken: () => token, webSocketImpl });
    const loops = ['a', 'b', 'c'].map((name) => read(hoerok.watchTask(`shared-${name}`)));
    for (const name of ['a', 'b', 'c'])
      await fixture.publish({ id: `shared-${name}`, revision: 1, status: 'COMPLETED' });
    await Promise.all(loops.map(async ({ over }) => await over));
    expect(loops.flatMap(({ items }) => revisions(items))).toEqual([1, 1, 1]);
    expect(opened()).toBe(1);
  });
});

describe('an access token', () => {
  it('is renewed on the open socket before it expires', async () => {
    const { webSocketImpl, opened } = countSockets();
    const given: string[] = [];
    const hoerok = quickClient(fixture.gateway.url, {
      webSocketImpl,
      accessToken: async () => {
        given.push(await fixture.issuer.token({ seconds: 2 }));
        return given.at(-1) ?? null;
      },
    });
    const { items, over } = read(hoerok.watchTask('renewed'));
    await fixture.publish({ id: 'renewed', revision: 1 });
    // Each token ends two seconds after it was made, so the third is there when the first has ended.
    await until('the token was renewed twice', () => given.length === 3);
    await fixture.publish({ id: 'renewed', revision: 2, status: 'COMPLETED' });
    await over;
    expect(revisions(items)).toEqual([1, 2]);
    expect(opened()).toBe(1);
  });

  it('that is refused is replaced once, and the stream goes on', async () => {
    const expired = await fixture.issuer.token({ seconds: -60 });
    const hoerok = quickClient(fixture.gateway.url, {
      accessToken: (stale) => (stale === null ? expired : token),
    });
    await fixture.publish({ id: 'refused', revision: 1, status: 'COMPLETED' });
    const { items, over } = read(hoerok.watchTask('refused'));
    await over;
    expect(items).toHaveLength(1);
  });

  it('that is refused again ends the stream with a clear error', async () => {
    let asked = 0;
    const hoerok = quickClient(fixture.gateway.url, {
      accessToken: async () => await fixture.issuer.token({ seconds: -60 - (asked += 1) }),
    });
    await expect(read(hoerok.watchTask('refused')).over).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      closeCode: 4403,
      message: 'The gateway refuses the access token: 4403 The access token has expired; refresh it.',
    });
    expect(asked).toBe(2);
  });
});

describe('what no attempt can mend', () => {
  it('is an error: an operation that is not valid', async () => {
    const hoerok = quickClient(fixture.gateway.url, { accessToken: () => token });
    const { over } = read(hoerok.subscribe('subscription { nothingLikeThis { id } }'));
    await expect(over).rejects.toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED' });
  });

  it('is an error: a close of the socket for good', async () => {
    const hoerok = quickClient(fixture.gateway.url, { accessToken: () => token });
    const { over } = read(hoerok.subscribe(`subscription { myTaskUpdated { id } } # ${'x'.repeat(70_000)}`));
    await expect(over).rejects.toMatchObject({
      code: 'CONNECTION_REFUSED',
      closeCode: 1009,
      retryable: false,
    });
  });

  it('is an error: a gateway that was never there', async () => {
    const interruptions: unknown[] = [];
    const hoerok = quickClient('http://127.0.0.1:1', {
      onInterrupt: (error) => void interruptions.push(error),
    });
    await expect(read(hoerok.watchTask('t')).over).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    expect(interruptions).toHaveLength(4);
  });
});
