import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of sagas that every service database holds (docs/task-features.md, "Sagas"). */
export class CreateSagaTables1700000000004 implements MigrationInterface {
  readonly name = 'CreateSagaTables1700000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE task ADD COLUMN saga_step jsonb;
      CREATE TABLE saga (
        id text PRIMARY KEY REFERENCES task (id) ON DELETE CASCADE,
        workspace_id text NOT NULL,
        kind text NOT NULL,
        state text NOT NULL CHECK (state IN ('RUNNING', 'COMPENSATING', 'COMPLETED', 'COMPENSATED')),
        stages jsonb NOT NULL,
        reason jsonb
      );
      CREATE INDEX saga_unfinished ON saga (workspace_id, kind) WHERE state IN ('RUNNING', 'COMPENSATING');
      CREATE TABLE saga_step (
        saga_id text NOT NULL REFERENCES saga (id) ON DELETE CASCADE,
        step text NOT NULL,
        stage integer NOT NULL,
        ordinal integer NOT NULL,
        state text NOT NULL CHECK (state IN ('PLANNED', 'DOING', 'DONE', 'FAILED', 'UNDOING', 'UNDONE')),
        round integer NOT NULL DEFAULT 1,
        failures integer NOT NULL DEFAULT 0,
        since timestamptz NOT NULL DEFAULT now(),
        wake_at timestamptz,
        task_id text,
        target jsonb NOT NULL,
        result jsonb,
        error jsonb,
        PRIMARY KEY (saga_id, step)
      );
      CREATE INDEX saga_step_wake ON saga_step (wake_at) WHERE wake_at IS NOT NULL;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
