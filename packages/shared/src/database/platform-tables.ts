import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of tasks, outbox and inbox that every service database holds (ARCHITECTURE.md, "Tasks"). */
export class CreatePlatformTables1700000000000 implements MigrationInterface {
  readonly name = 'CreatePlatformTables1700000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE task (
        id text PRIMARY KEY,
        workspace_id text NOT NULL,
        kind text NOT NULL,
        lane text NOT NULL CHECK (lane IN ('high', 'normal', 'low')),
        state text NOT NULL CHECK (state IN ('PENDING', 'RETRYING', 'PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED')),
        progress double precision NOT NULL DEFAULT 0,
        stage text,
        attempt integer NOT NULL DEFAULT 0,
        max_attempts integer NOT NULL,
        revision integer NOT NULL DEFAULT 1,
        lease_token text,
        lease_until timestamptz,
        cancel_requested boolean NOT NULL DEFAULT false,
        next_run_at timestamptz,
        deadline_at timestamptz,
        idempotency_key text,
        payload jsonb NOT NULL,
        result jsonb,
        error jsonb,
        requested_by text,
        meeting_id text,
        watchers text[] NOT NULL DEFAULT '{}',
        headers jsonb NOT NULL DEFAULT '{}',
        created_at timestamptz NOT NULL DEFAULT now(),
        started_at timestamptz,
        finished_at timestamptz,
        woken_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX task_idempotency ON task (workspace_id, kind, idempotency_key)
        WHERE idempotency_key IS NOT NULL;
      CREATE INDEX task_unfinished ON task (state, next_run_at) WHERE state IN ('PENDING', 'RETRYING', 'PROCESSING');
      CREATE INDEX task_waiting ON task (workspace_id, kind) WHERE state IN ('PENDING', 'RETRYING');
      CREATE TABLE task_step (
        task_id text NOT NULL REFERENCES task (id) ON DELETE CASCADE,
        step text NOT NULL,
        result jsonb NOT NULL,
        PRIMARY KEY (task_id, step)
      );
      CREATE TABLE outbox (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        message_id text NOT NULL UNIQUE,
        aggregate_key text NOT NULL,
        subject text NOT NULL,
        headers jsonb NOT NULL,
        payload text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX outbox_aggregate ON outbox (aggregate_key, id);
      CREATE TABLE inbox (
        consumer text NOT NULL,
        message_id text NOT NULL,
        received_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (consumer, message_id)
      );
      CREATE INDEX inbox_age ON inbox (received_at);
      CREATE TABLE dead_letter (
        id text PRIMARY KEY,
        task_id text NOT NULL REFERENCES task (id) ON DELETE CASCADE,
        cause text NOT NULL,
        error text NOT NULL,
        attempts integer NOT NULL,
        at timestamptz NOT NULL DEFAULT now()
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
