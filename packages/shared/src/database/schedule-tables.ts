import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of cron schedules that every service database holds (docs/task-features.md, "Schedules"). */
export class CreateScheduleTables1700000000002 implements MigrationInterface {
  readonly name = 'CreateScheduleTables1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE schedule (
        id text PRIMARY KEY,
        cron text NOT NULL,
        time_zone text NOT NULL,
        next_fire_at timestamptz NOT NULL
      );
      CREATE TABLE schedule_run (
        schedule_id text NOT NULL REFERENCES schedule (id) ON DELETE CASCADE,
        fire_at timestamptz NOT NULL,
        fired_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (schedule_id, fire_at)
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
