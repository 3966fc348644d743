import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataSource } from '../src/database/index.ts';
import type { AppError } from '../src/errors/index.ts';
import { createQuota, CreateQuotaUse1700000000006 } from '../src/quotas/index.ts';
import { createTestDatabase, type TestDatabase } from '../src/testing/index.ts';

const open = (url: string): DataSource =>
  createDataSource({ url, entities: [], migrations: [CreateQuotaUse1700000000006] });

let database: TestDatabase;
let dataSource: DataSource;
beforeAll(async () => {
  database = await createTestDatabase(open);
  dataSource = await open(database.url).initialize();
});
afterAll(async () => {
  await dataSource.destroy();
  await database[Symbol.asyncDispose]();
});

const quota = createQuota({ name: 'imports', perDay: 1_000 });
const take = async (workspaceId: string, amount?: number): Promise<void> =>
  await dataSource.transaction(async (tx) => await quota.take(tx, workspaceId, amount));
const used = async (workspaceId: string): Promise<number> => {
  const rows: { used: number }[] = await dataSource.query(
    'SELECT used FROM quota_use WHERE workspace_id = $1 ORDER BY day DESC',
    [workspaceId],
  );
  return rows[0]?.used ?? 0;
};

describe('C33: the quota of a workspace', () => {
  it('refuses the 1,001st of a day and says when there are more; other workspaces have theirs', async () => {
    await take('w1', 999);
    await take('w1');
    const error = await take('w1').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'QUOTA_EXCEEDED', retryable: true });
    const { resetsAt, retryAfterSeconds } = (error as AppError).extensions as Record<string, string>;
    expect(resetsAt).toMatch(/T00:00:00\.000Z$/);
    expect(new Date(resetsAt ?? '').getTime()).toBeGreaterThan(Date.now());
    expect(Number(retryAfterSeconds)).toBeGreaterThan(0);
    await take('w2');
    expect([await used('w1'), await used('w2')]).toEqual([1_000, 1]);
  });

  it('is exact when many ask at the same moment', async () => {
    await take('w3', 990);
    const answers = await Promise.allSettled(Array.from({ length: 20 }, async () => await take('w3')));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    expect(await used('w3')).toBe(1_000);
  });

  it('gives back what a transaction took that failed, and takes nothing that is too much', async () => {
    const failed = dataSource.transaction(async (tx) => {
      await quota.take(tx, 'w4', 5);
      throw new Error('the work could not be stored');
    });
    await expect(failed).rejects.toThrow('could not be stored');
    await expect(take('w4', 1_001)).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED' });
    expect(await used('w4')).toBe(0);
  });

  it('begins anew each day and forgets old days', async () => {
    await dataSource.query(
      `INSERT INTO quota_use SELECT 'w5', 'imports', (now() AT TIME ZONE 'UTC')::date - back, 1000 FROM unnest('{1, 8}'::int[]) AS back`,
    );
    await take('w5');
    const rows: unknown[] = await dataSource.query("SELECT 1 FROM quota_use WHERE workspace_id = 'w5'");
    expect([await used('w5'), rows.length]).toEqual([1, 2]);
  });
});
