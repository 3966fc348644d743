import { isolateWorkspaces } from '@hoerok/shared/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** No workspace sees or changes the rows of another, whatever a statement forgets (ADR-13). */
export class IsolateWorkspaces1763700000003 implements MigrationInterface {
  readonly name = 'IsolateWorkspaces1763700000003';

  async up(runner: QueryRunner): Promise<void> {
    await isolateWorkspaces(
      runner,
      [{ table: 'workspace', column: 'id' }, 'user_account', 'invitation'],
      [
        { table: 'credential', column: 'user_id', owner: 'user_account' },
        { table: 'session', column: 'user_id', owner: 'user_account' },
        { table: 'refresh_token', column: 'session_id', owner: 'session' },
        { table: 'api_key', column: 'user_id', owner: 'user_account' },
      ],
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
