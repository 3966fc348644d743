import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds what has been kept for as long as it is to be. */
export class LimitGrowth1763700000005 implements MigrationInterface {
  readonly name = 'LimitGrowth1763700000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX notification_age ON notification (created_at);
      CREATE INDEX delivery_age ON delivery (due_at) WHERE state <> 'PENDING';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
