import { isolateWorkspaces } from '@hoerok/shared/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** No workspace sees or changes the rows of another, whatever a statement forgets (ADR-13). */
export class IsolateWorkspaces1763900000008 implements MigrationInterface {
  readonly name = 'IsolateWorkspaces1763900000008';

  async up(runner: QueryRunner): Promise<void> {
    await isolateWorkspaces(runner, ['task_view', 'dead_letter_view', 'operator_audit']);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
