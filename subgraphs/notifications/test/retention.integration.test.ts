import { type RetentionScene, startRetentionScene } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataSource } from '../src/data-source.ts';
import { retentionOf } from '../src/retention.ts';

const KEEP = { DELIVERIES_KEEP_DAYS: 90, NOTIFICATIONS_READ_KEEP_DAYS: 180, NOTIFICATIONS_KEEP_DAYS: 400 };

describe('retention of the notifications service', () => {
  let scene: RetentionScene;
  beforeAll(async () => {
    scene = await startRetentionScene(createDataSource, retentionOf(KEEP));
  });
  afterAll(async () => await scene[Symbol.asyncDispose]());

  it('lets deliveries go that have ended, and keeps what waits for a digest or another attempt', async () => {
    const deliveries = {
      sent: [91, 'SENT'],
      failed: [91, 'FAILED'],
      recent: [89, 'SENT'],
      waiting: [300, 'PENDING'],
    };
    for (const [id, [days, state]] of Object.entries(deliveries))
      await scene.dataSource.query(
        `INSERT INTO delivery (id, workspace_id, channel, event, state, occurred_at, attempts, due_at)
         VALUES ($1, 'w-1', 'EMAIL', 'minutes.created', $3, now(), 1, now() - make_interval(days => $2))`,
        [id, days, state],
      );
    await scene.prune();
    expect(await scene.idsOf('delivery')).toEqual(['recent', 'waiting']);
  });

  it('lets notifications go that were read, and unread ones much later', async () => {
    const notifications = {
      read: [181, true],
      'read-recent': [179, true],
      unread: [399, false],
      old: [401, false],
    };
    for (const [id, [days, isRead]] of Object.entries(notifications))
      await scene.dataSource.query(
        `INSERT INTO notification (id, workspace_id, recipient_id, kind, cause_id, language, parameters, created_at, read_at)
         VALUES ($1, 'w-1', 'u-1', 'TODO_DUE', $1, 'en', '{}', now() - make_interval(days => $2),
           CASE WHEN $3 THEN now() END)`,
        [id, days, isRead],
      );
    await scene.prune();
    expect(await scene.idsOf('notification')).toEqual(['read-recent', 'unread']);
  });
});
