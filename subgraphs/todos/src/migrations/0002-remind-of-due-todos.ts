import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which due date of a todo its assignee has been reminded of. */
export class RemindOfDueTodos1763700000002 implements MigrationInterface {
  readonly name = 'RemindOfDueTodos1763700000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE todo ADD COLUMN reminded_due_at timestamptz;
      CREATE INDEX todo_unreminded ON todo (due_at)
        WHERE reminded_due_at IS DISTINCT FROM due_at AND status NOT IN ('DONE', 'CANCELED');
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
