import { createTransact } from '@hoerok/shared/database';
import { deleteOld } from '@hoerok/shared/retention';
import { createLogger } from '@hoerok/shared/telemetry';
import { createTestDatabase } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../src/data-source.ts';
import { retentionOf } from '../src/retention.ts';

const KEEP = { DELIVERIES_KEEP_DAYS: 90, NOTIFICATIONS_READ_KEEP_DAYS: 180, NOTIFICATIONS_KEEP_DAYS: 400 };

describe('retention of the notifications service', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let dataSource: DataSource;
  beforeAll(async () => {
    database = await createTestDatabase(createDataSource);
    dataSource = await createDataSource(database.url).initialize();
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database[Symbol.asyncDispose]();
  });

  const prune = async (): Promise<void> =>
    await deleteOld(
      {
        service: 'notifications',
        transact: createTransact(dataSource, () => undefined),
        logger: createLogger({ service: 'notifications', level: 'silent' }),
      },
      retentionOf(KEEP),
    );
  const idsOf = async (table: string): Promise<string[]> => {
    const rows: { id: string }[] = await dataSource.query(`SELECT id FROM ${table} ORDER BY id`);
    return rows.map(({ id }) => id);
  };

  it('lets deliveries go that have ended, and keeps what waits for a digest or another attempt', async () => {
    const deliveries = {
      sent: [91, 'SENT'],
      failed: [91, 'FAILED'],
      recent: [89, 'SENT'],
      waiting: [300, 'PENDING'],
    };
    for (const [id, [days, state]] of Object.entries(deliveries))
      await dataSource.query(
        `INSERT INTO delivery (id, workspace_id, channel, event, state, occurred_at, attempts, due_at)
         VALUES ($1, 'w-1', 'EMAIL', 'minutes.created', $3, now(), 1, now() - make_interval(days => $2))`,
        [id, days, state],
      );
    await prune();
    expect(await idsOf('delivery')).toEqual(['recent', 'waiting']);
  });

  it('lets notifications go that were read, and unread ones much later', async () => {
    const notifications = {
      read: [181, true],
      'read-recent': [179, true],
      unread: [399, false],
      old: [401, false],
    };
    for (const [id, [days, isRead]] of Object.entries(notifications))
      await dataSource.query(
        `INSERT INTO notification (id, workspace_id, recipient_id, kind, cause_id, language, parameters, created_at, read_at)
         VALUES ($1, 'w-1', 'u-1', 'TODO_DUE', $1, 'en', '{}', now() - make_interval(days => $2),
           CASE WHEN $3 THEN now() END)`,
        [id, days, isRead],
      );
    await prune();
    expect(await idsOf('notification')).toEqual(['read-recent', 'unread']);
  });
});
