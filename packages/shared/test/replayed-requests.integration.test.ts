import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signRequest } from '../src/auth/index.ts';
import { serviceEnvironment } from '../src/config/index.ts';
import { startTestService, TEST_SIGNING_KEY, type TestService } from '../src/testing/index.ts';
import { testServers, testViewer } from '../src/testing/index.ts';
import { clumsyService } from './clumsy-service.ts';

/** A request as somebody between gateway and subgraph sees it. */
interface Captured {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

function capture(query: string, variables: object): Captured {
  const body = JSON.stringify({ query, variables });
  const signed = signRequest(
    { method: 'POST', path: '/graphql', body },
    { key: TEST_SIGNING_KEY, viewer: testViewer(), nowMs: Date.now(), nonce: randomUUID() },
  );
  return { body, headers: { 'content-type': 'application/json', ...signed } };
}

async function send(url: string, captured: Captured): Promise<{ status: number; text: string }> {
  const { statusCode, body } = await request(new URL('/graphql', url), { method: 'POST', ...captured });
  return { status: statusCode, text: await body.text() };
}

const BEGIN = 'mutation ($text: String!) { begin(text: $text) }';
const NAME = 'query ($id: ID!) { name(id: $id) }';
const refusal = { text: expect.stringContaining('UNAUTHENTICATED') as string };

describe('C28: a copy of a signed request', () => {
  let first: TestService;
  let database: pg.Client;
  let stopSecond: () => void;
  let second: string;
  beforeAll(async () => {
    const { natsUrl, redisUrl } = testServers();
    first = await startTestService(serviceEnvironment, clumsyService());
    database = new pg.Client({ connectionString: first.databaseUrl });
    await database.connect();
    const child = fork(fileURLToPath(new URL('./replica-child.ts', import.meta.url)), {
      env: {
        ...process.env,
        PORT: '0',
        DATABASE_URL: first.databaseUrl,
        NATS_URL: natsUrl,
        REDIS_URL: redisUrl,
        GATEWAY_URL: 'http://127.0.0.1:9',
        INTERNAL_SIGNING_KEYS: TEST_SIGNING_KEY,
        NAMESPACE: first.namespace,
        LOG_LEVEL: 'silent',
      },
    });
    stopSecond = () => void child.kill('SIGKILL');
    [second] = (await once(child, 'message')) as [string];
  }, 60_000);
  afterAll(async () => {
    stopSecond();
    await database.end();
    await first[Symbol.asyncDispose]();
  });

  const tasks = async (text: string): Promise<number> => {
    const { rows } = await database.query(`SELECT 1 FROM task WHERE payload ->> 'text' = $1`, [text]);
    return rows.length;
  };

  it('that changes something is refused by another process, whichever came first', async () => {
    for (const [here, there] of [
      [first.service.url, second],
      [second, first.service.url],
    ] as const) {
      const text = randomUUID();
      const begin = capture(BEGIN, { text });
      expect(await send(here, begin)).toMatchObject({
        status: 200,
        text: expect.stringContaining('"begin"'),
      });
      expect(await send(there, begin)).toMatchObject(refusal);
      expect(await send(here, begin)).toMatchObject({ status: 401, ...refusal });
      expect(await tasks(text)).toBe(1);
    }
  });

  it('that comes to both at once takes effect once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const text = randomUUID();
      const begin = capture(BEGIN, { text });
      const answers = await Promise.all([first.service.url, second].map(async (url) => send(url, begin)));
      expect(answers.filter(({ text: answer }) => answer.includes('"begin"'))).toHaveLength(1);
      expect(await tasks(text)).toBe(1);
    }
  });

  it('is in the audit trail', async () => {
    const begin = capture(BEGIN, { text: randomUUID() });
    await send(first.service.url, begin);
    await send(second, begin);
    const { rows } = await database.query(`SELECT action FROM audit_record WHERE code = 'UNAUTHENTICATED'`);
    expect(rows).toContainEqual({ action: 'begin' });
  });

  it('that only asks is refused by its own process, and another one answers it', async () => {
    const ask = capture(NAME, { id: '1' });
    for (const url of [first.service.url, second]) {
      expect((await send(url, ask)).text).toContain('a name');
      expect(await send(url, ask)).toMatchObject({ status: 401, ...refusal });
    }
  });

  it('is refused by its own process while Redis is away, which nobody notices who signs anew', async () => {
    await using alone = await startTestService(serviceEnvironment, clumsyService(), {
      environment: { REDIS_URL: 'redis://127.0.0.1:1' },
    });
    const begin = capture(BEGIN, { text: randomUUID() });
    expect((await send(alone.service.url, begin)).text).toContain('"begin"');
    expect(await send(alone.service.url, begin)).toMatchObject({ status: 401, ...refusal });
    expect((await send(alone.service.url, capture(BEGIN, { text: randomUUID() }))).text).toContain('"begin"');
  }, 60_000);
});
