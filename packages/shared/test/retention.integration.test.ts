import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Environment, loadConfig, serviceEnvironment } from '../src/config/index.ts';
import { deleteOld, startRetention } from '../src/retention/index.ts';
import { platformRetention } from '../src/service/platform-retention.ts';
import { TEST_SIGNING_KEY, until } from '../src/testing/index.ts';
import { startTestPlatform, type TestPlatform } from './test-platform.ts';

const REQUIRED = {
  PORT: '0',
  DATABASE_URL: 'postgres://u:p@127.0.0.1/d',
  NATS_URL: 'nats://127.0.0.1',
  REDIS_URL: 'redis://127.0.0.1',
  GATEWAY_URL: 'http://127.0.0.1',
  INTERNAL_SIGNING_KEYS: TEST_SIGNING_KEY,
};
const rules = (environment: Environment = {}): ReturnType<typeof platformRetention> =>
  platformRetention(loadConfig(serviceEnvironment, { ...REQUIRED, ...environment }));

describe('retention of the platform', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await startTestPlatform({ relay: false });
  });
  afterAll(async () => await platform[Symbol.asyncDispose]());

  const add = async (table: string, columns: string, values: string): Promise<unknown> =>
    await platform.sql(`INSERT INTO ${table} (${columns}) ${values}`);
  const keysOf = async (table: string, key: string): Promise<unknown[]> =>
    (await platform.sql(`SELECT ${key} AS key FROM ${table} ORDER BY 1`)).map((row) => row['key']);
  const task = (id: string, state: string, finished: string): Promise<unknown> =>
    add(
      'task',
      'id, workspace_id, kind, lane, state, max_attempts, payload, finished_at',
      `VALUES ('${id}', 'w-1', 'TEST', 'normal', '${state}', 1, '{}', ${finished})`,
    );

  it('lets tasks go with all that belongs to them, long after their end and never before it', async () => {
    await task('old', 'COMPLETED', `now() - interval '181 days'`);
    await task('younger', 'FAILED', `now() - interval '179 days'`);
    await task('unfinished', 'PENDING', 'NULL');
    for (const id of ['old', 'younger']) {
      await add('task_step', 'task_id, step, result', `VALUES ('${id}', 'a', '{}')`);
      await add(
        'dead_letter',
        'id, task_id, cause, error, attempts',
        `VALUES ('l-${id}', '${id}', 'X', 'x', 1)`,
      );
      await add(
        'saga',
        'id, workspace_id, kind, state, stages',
        `VALUES ('${id}', 'w-1', 'S', 'COMPLETED', '[]')`,
      );
      await add(
        'saga_step',
        'saga_id, step, stage, ordinal, state, target',
        `VALUES ('${id}', 's', 0, 0, 'DONE', '{}')`,
      );
    }
    await deleteOld(platform, rules({ TASKS_KEEP_DAYS: '0' }));
    expect(await keysOf('task', 'id')).toEqual(['old', 'unfinished', 'younger']);
    await deleteOld(platform, rules());
    expect(await keysOf('task', 'id')).toEqual(['unfinished', 'younger']);
    for (const [table, key] of [
      ['task_step', 'task_id'],
      ['dead_letter', 'task_id'],
      ['saga', 'id'],
      ['saga_step', 'saga_id'],
    ] as const)
      expect(await keysOf(table, key)).toEqual(['younger']);
  });

  it('forgets events that cannot come again, batch after batch until none is left', async () => {
    await add(
      'inbox',
      'consumer, message_id, received_at',
      `SELECT 'c', 'old-' || n, now() - interval '22 days' FROM generate_series(1, 1700) n`,
    );
    await add(
      'inbox',
      'consumer, message_id, received_at',
      `VALUES ('c', 'new', now() - interval '20 days')`,
    );
    await deleteOld(platform, rules());
    expect(await keysOf('inbox', 'message_id')).toEqual(['new']);
  });

  it('deletes old records of the audit trail, and the database refuses to delete any that is younger', async () => {
    const record = (actor: string, days: number): Promise<unknown> =>
      add(
        'audit_record',
        'at, actor, action, object_ids, outcome',
        `VALUES (now() - interval '${days} days', '${actor}', 'share', '{}', 'DONE')`,
      );
    await record('a', 401);
    await record('b', 399);
    await record('c', 89);
    await deleteOld(platform, rules());
    expect(await keysOf('audit_record', 'actor')).toEqual(['b', 'c']);
    await deleteOld(platform, [{ table: 'audit_record', since: 'at', keepDays: 1 }]);
    expect(await keysOf('audit_record', 'actor')).toEqual(['b', 'c']);
    await deleteOld(platform, rules({ AUDIT_KEEP_DAYS: '90' }));
    expect(await keysOf('audit_record', 'actor')).toEqual(['c']);
    expect(() => rules({ AUDIT_KEEP_DAYS: '89' })).toThrow(/AUDIT_KEEP_DAYS/);
  });

  it('passes over a row that somebody has in hand, and goes on with the others when one rule fails', async () => {
    await task('held', 'FAILED', `now() - interval '300 days'`);
    await task('free', 'FAILED', `now() - interval '300 days'`);
    await platform.sql('BEGIN');
    await platform.sql(`UPDATE task SET state = 'PENDING', finished_at = NULL WHERE id = 'held'`);
    const broken = { table: 'no_such_table', since: 'at', keepDays: 1 };
    await deleteOld(platform, [broken, ...rules()]);
    await platform.sql('COMMIT');
    const left = await keysOf('task', 'id');
    expect(left).toContain('held');
    expect(left).not.toContain('free');
  });

  it('runs by itself after the start, in two replicas at once', async () => {
    await add(
      'inbox',
      'consumer, message_id, received_at',
      `SELECT 'd', 'old-' || n, now() - interval '22 days' FROM generate_series(1, 1200) n`,
    );
    const replicas = [1, 2].map(() => startRetention(platform, rules(), { firstMs: 1 }));
    await until('they are gone', async () => !(await keysOf('inbox', 'consumer')).includes('d'));
    await Promise.all(replicas.map(({ stop }) => stop()));
    expect(await keysOf('inbox', 'message_id')).toEqual(['new']);
  });

  it('finds old rows by an index', async () => {
    await platform.sql('SET enable_seqscan = off');
    for (const { table, since } of rules()) {
      const plan = await platform.sql(
        `EXPLAIN SELECT ctid FROM ${table} WHERE ${since} < now() - make_interval(days => 1) ORDER BY ${since} LIMIT 500`,
      );
      expect(JSON.stringify(plan), table).toMatch(/Index Scan/);
    }
  });
});
