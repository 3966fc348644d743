import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The read model of all tasks; `task` is the platform's own table in every service. */
export class CreateTaskView1763700000007 implements MigrationInterface {
  readonly name = 'CreateTaskView1763700000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE task_view (
        id text CONSTRAINT task_view_pkey PRIMARY KEY,
        workspace_id text NOT NULL,
        owner text NOT NULL,
        revision integer NOT NULL,
        kind text NOT NULL,
        status text NOT NULL,
        priority text NOT NULL,
        progress double precision NOT NULL,
        stage text,
        attempt integer NOT NULL,
        max_attempts integer NOT NULL,
        created_at timestamptz NOT NULL,
        started_at timestamptz,
        finished_at timestamptz,
        next_attempt_at timestamptz,
        error jsonb,
        requested_by_id text,
        meeting_id text,
        watchers text[] NOT NULL
      );
      CREATE INDEX task_view_by_age ON task_view (workspace_id, created_at, id);
      CREATE INDEX task_view_by_meeting ON task_view (meeting_id, created_at, id);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
