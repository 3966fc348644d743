import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds what belongs to a meeting that is deleted. */
export class EraseMeetings1763700000004 implements MigrationInterface {
  readonly name = 'EraseMeetings1763700000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX transcript_by_meeting ON transcript (meeting_id);
      CREATE INDEX caption_source_by_meeting ON caption_source (meeting_id);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
