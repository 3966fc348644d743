import { addSearch } from '@hoerok/shared/search';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Full-text search over what was said, and what counting transcripts of a time span needs. */
export class SearchSegments1763700000007 implements MigrationInterface {
  readonly name = 'SearchSegments1763700000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX transcript_by_time ON transcript (workspace_id, created_at)');
    await addSearch(runner, { table: 'segment', columns: ['text'] });
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
