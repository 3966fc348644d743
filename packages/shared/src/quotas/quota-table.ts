import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The table of what workspaces have used of their quotas, by day (UTC). */
export class CreateQuotaUse1700000000006 implements MigrationInterface {
  readonly name = 'CreateQuotaUse1700000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE quota_use (
        workspace_id text NOT NULL,
        quota text NOT NULL,
        day date NOT NULL,
        used integer NOT NULL,
        PRIMARY KEY (workspace_id, quota, day)
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
