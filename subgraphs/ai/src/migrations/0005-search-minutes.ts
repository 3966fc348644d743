import { addSearch } from '@hoerok/shared/search';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Full-text search over the items of minutes, and what counting those of a time span needs. */
export class SearchMinutes1763700000105 implements MigrationInterface {
  readonly name = 'SearchMinutes1763700000105';

  async up(runner: QueryRunner): Promise<void> {
    await addSearch(runner, { table: 'minutes_item', columns: ['text'] });
    await runner.query('CREATE INDEX minutes_by_time ON minutes (workspace_id, generated_at)');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
