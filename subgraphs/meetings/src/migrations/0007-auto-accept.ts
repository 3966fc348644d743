import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether action items of a language model become todos without a person's decision. In no meeting that is there. */
export class AutoAccept1763700000007 implements MigrationInterface {
  readonly name = 'AutoAccept1763700000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE meeting ADD COLUMN auto_accept boolean NOT NULL DEFAULT false');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
