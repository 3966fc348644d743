import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who was there, and what they said to being recorded. In meetings that have ended everybody counts as present. */
export class Attendance1763700000004 implements MigrationInterface {
  readonly name = 'Attendance1763700000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE participant
        ADD COLUMN attendance text NOT NULL DEFAULT 'INVITED',
        ADD COLUMN recording_consent text NOT NULL DEFAULT 'UNASKED',
        ADD COLUMN joined_at timestamptz,
        ADD COLUMN left_at timestamptz;
      UPDATE participant p SET attendance = CASE WHEN m.status = 'ENDED' THEN 'PRESENT' ELSE 'ACCEPTED' END
        FROM meeting m WHERE m.id = p.meeting_id AND (m.status = 'ENDED' OR p.role = 'ORGANIZER');
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
