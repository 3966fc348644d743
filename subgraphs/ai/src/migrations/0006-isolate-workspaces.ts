import { isolateWorkspaces } from '@hoerok/shared/database';
import { exposeSearch } from '@hoerok/shared/search';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** No workspace sees or changes the rows of another, whatever a statement forgets (ADR-13). */
export class IsolateWorkspaces1763700000106 implements MigrationInterface {
  readonly name = 'IsolateWorkspaces1763700000106';

  async up(runner: QueryRunner): Promise<void> {
    await isolateWorkspaces(
      runner,
      [
        'meeting_access',
        'meeting_erasure',
        'quota_use',
        'transcript_ref',
        'minutes',
        'minutes_item',
        'llm_usage',
        'edited_segment',
      ],
      [
        { table: 'evidence', column: 'item_id', owner: 'minutes_item' },
        { table: 'keyword', column: 'minutes_id', owner: 'minutes' },
      ],
    );
    await exposeSearch(runner, { table: 'minutes_item', columns: ['meeting_id', 'minutes_id', 'review'] });
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
