import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Since when a meeting is being deleted, and so hidden. */
export class DeleteMeetings1763700000002 implements MigrationInterface {
  readonly name = 'DeleteMeetings1763700000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE meeting ADD COLUMN deleting_at timestamptz');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
