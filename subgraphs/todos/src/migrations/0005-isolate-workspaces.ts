import { isolateWorkspaces } from '@hoerok/shared/database';
import { exposeSearch } from '@hoerok/shared/search';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** No workspace sees or changes the rows of another, whatever a statement forgets (ADR-13). */
export class IsolateWorkspaces1763700000005 implements MigrationInterface {
  readonly name = 'IsolateWorkspaces1763700000005';

  async up(runner: QueryRunner): Promise<void> {
    await isolateWorkspaces(
      runner,
      ['meeting_access', 'meeting_erasure', 'todo', 'calendar_feed'],
      [{ table: 'todo_change', column: 'todo_id', owner: 'todo' }],
    );
    await exposeSearch(runner, { table: 'todo', columns: [] });
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
