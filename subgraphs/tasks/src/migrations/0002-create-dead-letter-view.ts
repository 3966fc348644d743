import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Dead letters of all services, who did what about them, and what counting the queues goes by. */
export class CreateDeadLetterView1763800000007 implements MigrationInterface {
  readonly name = 'CreateDeadLetterView1763800000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE dead_letter_view (
        id text CONSTRAINT dead_letter_view_pkey PRIMARY KEY,
        workspace_id text,
        stream text NOT NULL,
        subject text NOT NULL,
        cause text NOT NULL,
        error text NOT NULL,
        deliveries integer NOT NULL,
        at timestamptz NOT NULL,
        task_id text,
        headers jsonb NOT NULL,
        payload bytea NOT NULL,
        payload_bytes integer NOT NULL,
        replayed_at timestamptz,
        replayed_by_id text
      );
      CREATE INDEX dead_letter_view_by_age ON dead_letter_view (workspace_id, at, id);
      CREATE TABLE operator_audit (
        id text CONSTRAINT operator_audit_pkey PRIMARY KEY,
        workspace_id text NOT NULL,
        actor_id text NOT NULL,
        at timestamptz NOT NULL,
        action text NOT NULL,
        target_ids text[] NOT NULL,
        outcome text NOT NULL
      );
      CREATE INDEX operator_audit_by_age ON operator_audit (workspace_id, at, id);
      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
      CREATE TRIGGER operator_audit_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON operator_audit
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      CREATE INDEX task_view_unfinished ON task_view (workspace_id, kind) WHERE status IN ('PENDING', 'PROCESSING');
      CREATE INDEX task_view_failed ON task_view (workspace_id, finished_at) WHERE status = 'FAILED';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
