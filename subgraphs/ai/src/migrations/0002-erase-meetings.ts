import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds what belongs to a meeting that is deleted. */
export class EraseMeetings1763700000002 implements MigrationInterface {
  readonly name = 'EraseMeetings1763700000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX transcript_ref_by_meeting ON transcript_ref (meeting_id)');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
