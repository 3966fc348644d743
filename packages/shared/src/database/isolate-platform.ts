import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateWorkspaces } from './row-level-security.ts';

/** Tasks, sagas and audit records of one workspace are not there for another (ADR-13). */
export class IsolatePlatform1700000000008 implements MigrationInterface {
  readonly name = 'IsolatePlatform1700000000008';

  async up(runner: QueryRunner): Promise<void> {
    await isolateWorkspaces(
      runner,
      ['task', 'saga', 'audit_record'],
      [
        { table: 'task_step', column: 'task_id', owner: 'task' },
        { table: 'dead_letter', column: 'task_id', owner: 'task' },
        { table: 'saga_step', column: 'saga_id', owner: 'saga' },
      ],
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
