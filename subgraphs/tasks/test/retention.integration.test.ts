import { type RetentionScene, startRetentionScene } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataSource } from '../src/data-source.ts';
import { retentionOf } from '../src/retention.ts';

const KEEP = {
  TASKS_KEEP_DAYS: 180,
  AUDIT_KEEP_DAYS: 400,
  DEAD_LETTERS_KEEP_DAYS: 90,
  DEAD_LETTERS_OPEN_KEEP_DAYS: 400,
};

describe('retention of the tasks service', () => {
  let scene: RetentionScene;
  beforeAll(async () => {
    scene = await startRetentionScene(createDataSource, retentionOf(KEEP));
  });
  afterAll(async () => await scene[Symbol.asyncDispose]());

  it('lets a task leave the view when its owner lets it go', async () => {
    const finished = {
      over: `now() - interval '181 days'`,
      recent: `now() - interval '179 days'`,
      open: 'NULL',
    };
    for (const [id, at] of Object.entries(finished))
      await scene.dataSource.query(
        `INSERT INTO task_view (id, workspace_id, owner, revision, kind, status, priority, progress, attempt, max_attempts,
           created_at, finished_at, watchers)
         VALUES ($1, 'w-1', 'ai', 1, 'MINUTES', 'COMPLETED', 'NORMAL', 1, 1, 1, now() - interval '1 year', ${at}, '{}')`,
        [id],
      );
    await scene.prune();
    expect(await scene.idsOf('task_view')).toEqual(['open', 'recent']);
  });

  it('lets dead letters go soon after they have left their stream if they were replayed, and others much later', async () => {
    const letters = { replayed: 91, 'replayed-recent': 89, open: 399, 'open-old': 401 };
    for (const [id, days] of Object.entries(letters))
      await scene.dataSource.query(
        `INSERT INTO dead_letter_view (id, stream, subject, cause, error, deliveries, at, headers, payload, payload_bytes, replayed_at)
         VALUES ($1, 's', 's', 'X', 'x', 1, now() - make_interval(days => $2), '{}', '', 0, $3)`,
        [id, days, id.startsWith('replayed') ? new Date() : null],
      );
    await scene.prune();
    expect(await scene.idsOf('dead_letter_view')).toEqual(['open', 'replayed-recent']);
  });

  it('lets what people asked of the platform go after its time, and the database keeps what is younger', async () => {
    for (const [id, days] of Object.entries({ old: 401, kept: 399, young: 89 }))
      await scene.dataSource.query(
        `INSERT INTO operator_audit (id, workspace_id, actor_id, at, action, target_ids, outcome)
         VALUES ($1, 'w-1', 'u-1', now() - make_interval(days => $2), 'CANCEL_TASK', '{}', 'SENT')`,
        [id, days],
      );
    await scene.prune();
    expect(await scene.idsOf('operator_audit')).toEqual(['kept', 'young']);
    await expect(scene.dataSource.query(`DELETE FROM operator_audit WHERE id = 'young'`)).rejects.toThrow(
      'append-only for 90 days',
    );
  });
});
