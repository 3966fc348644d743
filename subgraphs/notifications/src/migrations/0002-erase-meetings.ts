import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which meeting a notification tells of. Of what was told before, only what names the meeting itself is known. */
export class EraseMeetings1763700000002 implements MigrationInterface {
  readonly name = 'EraseMeetings1763700000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE notification ADD COLUMN meeting_id text;
      UPDATE notification SET meeting_id = subject_id WHERE subject_type = 'Meeting';
      CREATE INDEX notification_by_meeting ON notification (meeting_id);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
