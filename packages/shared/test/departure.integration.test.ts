import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import pg from 'pg';
import type { QueryFailedError } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signRequest } from '../src/auth/index.ts';
import { serviceEnvironment } from '../src/config/index.ts';
import { createDataSource } from '../src/database/index.ts';
import { untilLeft } from '../src/departure/index.ts';
import { startTestService, TEST_SIGNING_KEY, type TestService } from '../src/testing/index.ts';
import { testViewer, until } from '../src/testing/index.ts';
import { clumsyService } from './clumsy-service.ts';

const opened = new AsyncDisposableStack();
let test: TestService;
let observer: pg.Client;

beforeAll(async () => {
  test = opened.use(await startTestService(serviceEnvironment, clumsyService()));
  observer = new pg.Client({ connectionString: test.databaseUrl });
  await observer.connect();
  opened.defer(() => observer.end());
}, 60_000);
afterAll(() => opened.disposeAsync());

async function ask(query: string, variables: object, signal?: AbortSignal): Promise<unknown> {
  const body = JSON.stringify({ query, variables });
  const signed = signRequest(
    { method: 'POST', path: '/graphql', body },
    { key: TEST_SIGNING_KEY, viewer: testViewer(), nowMs: Date.now(), nonce: randomUUID() },
  );
  const headers = { 'content-type': 'application/json', ...signed };
  const url = new URL('/graphql', test.service.url);
  const response = await fetch(url, { method: 'POST', body, headers, ...(signal ? { signal } : {}) });
  return await response.json();
}

async function resting(): Promise<number> {
  const { rows } = await observer.query<{ resting: number }>(
    `SELECT count(*)::int AS resting FROM pg_stat_activity
     WHERE datname = current_database() AND state = 'active' AND query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()`,
  );
  return rows[0]?.resting ?? 0;
}

/** Asks, and leaves as soon as the database is at it. */
async function askAndLeave(query: string, variables: object): Promise<void> {
  const leaving = new AbortController();
  const answer = ask(query, variables, leaving.signal);
  await until('the database is at it', async () => (await resting()) === 1);
  leaving.abort();
  await expect(answer).rejects.toThrow(/abort/);
}

describe('C14: when whoever asked leaves', () => {
  it.each(['rest', 'restInTransaction'])('PostgreSQL stops within a second: %s', async (field) => {
    await askAndLeave(`query ($seconds: Float!) { ${field}(seconds: $seconds) }`, { seconds: 12 });
    await until('nothing is left of it', async () => (await resting()) === 0, { deadlineMs: 1_000 });
    expect(await ask('query { rest(seconds: 0) }', {})).toEqual({ data: { rest: true } });
  });

  it('what changes something is done to its end', async () => {
    const variables = { email: 'late@example.org', seconds: 0.3 };
    await askAndLeave(
      'mutation ($email: String!, $seconds: Float!) { storeLate(email: $email, seconds: $seconds) }',
      variables,
    );
    const stored = await until('it is stored', async () => {
      const { rows } = await observer.query('SELECT email FROM account');
      return rows.length > 0 && rows;
    });
    expect(stored).toEqual([{ email: 'late@example.org' }]);
  });

  it('what others wait for as well is loaded to its end', async () => {
    const name = 'query ($id: ID!, $seconds: Float!) { slowName(id: $id, seconds: $seconds) }';
    const left = askAndLeave(name, { id: '1', seconds: 0.5 });
    await until('the first is at it', async () => (await resting()) === 1);
    const second = ask(name, { id: '1', seconds: 0 });
    await left;
    expect(await second).toEqual({ data: { slowName: 'a slow name' } });
  });
});

describe('a connection', () => {
  it('does nothing for who has left, and is never hit by a cancellation that comes late', async () => {
    const single = createDataSource({ url: test.databaseUrl, entities: [], migrations: [], poolSize: 1 });
    await single.initialize();
    const outcomes = new Set<string>();
    for (let round = 0; round < 200; round += 1) {
      const leaving = new AbortController();
      const runner = single.createQueryRunner();
      const query = (text: string): Promise<string> =>
        untilLeft(leaving.signal, () => runner.query(text)).then(
          () => 'answered',
          (error: QueryFailedError) => error.driverError.message,
        );
      const [first, queued] = [query(`SELECT pg_sleep(0.00${round % 5})`), query('SELECT 1')];
      for (let turns = 0; turns < round % 7; turns += 1) await turn();
      leaving.abort();
      outcomes.add(await first).add(await queued);
      await runner.release();
      expect(await single.query('SELECT 2 AS two')).toEqual([{ two: 2 }]);
    }
    await single.destroy();
    const left = 'Whoever asked did not wait for the answer.';
    expect([...outcomes].filter((outcome) => outcome !== 'answered' && outcome !== left)).toEqual([]);
    expect(outcomes).toContain(left);
  });
});
