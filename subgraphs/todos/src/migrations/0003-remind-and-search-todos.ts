import { addSearch } from '@hoerok/shared/search';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reminders that each todo sets for itself, orders other than that of creation, and full-text search. */
export class RemindAndSearchTodos1763700000003 implements MigrationInterface {
  readonly name = 'RemindAndSearchTodos1763700000003';

  async up(runner: QueryRunner): Promise<void> {
    // Who was reminded of a due date is reminded next when it has passed: on the first of seven days still to come.
    await runner.query(`
      ALTER TABLE todo ADD COLUMN remind_before integer[] NOT NULL DEFAULT '{24}', ADD COLUMN next_reminder_at timestamptz;
      UPDATE todo SET next_reminder_at = CASE
        WHEN reminded_due_at IS DISTINCT FROM due_at THEN due_at - interval '24 hours'
        ELSE (SELECT min(due_at + days * interval '24 hours') FROM generate_series(1, 7) days
              WHERE due_at + days * interval '24 hours' > now()) END
      WHERE due_at IS NOT NULL;
      ALTER TABLE todo ALTER COLUMN remind_before DROP DEFAULT;
      DROP INDEX todo_unreminded;
      ALTER TABLE todo DROP COLUMN reminded_due_at;
      CREATE INDEX todo_to_remind ON todo (next_reminder_at) WHERE status NOT IN ('DONE', 'CANCELED');
      CREATE INDEX todo_by_due_date ON todo (workspace_id, due_at, id);
      CREATE INDEX todo_by_creator ON todo (created_by_id, id);
    `);
    await addSearch(runner, { table: 'todo', columns: ['title', 'description'] });
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
