import { isolateWorkspaces } from '@hoerok/shared/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** No workspace sees or changes the rows of another, whatever a statement forgets (ADR-13). */
export class IsolateWorkspaces1763700000006 implements MigrationInterface {
  readonly name = 'IsolateWorkspaces1763700000006';

  async up(runner: QueryRunner): Promise<void> {
    await isolateWorkspaces(runner, [
      'meeting_access',
      'meeting_erasure',
      'notification',
      'invitation',
      'section_editor',
      'delivery',
      'notification_preferences',
      'webhook_endpoint',
    ]);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
