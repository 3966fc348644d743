import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who was refused what, and who shared or deleted what: rows that only come, in every service database. */
export class CreateAuditRecord1700000000006 implements MigrationInterface {
  readonly name = 'CreateAuditRecord1700000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_record (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT now(),
        actor text NOT NULL,
        workspace_id text,
        action text NOT NULL,
        object_ids text[] NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('DONE', 'DENIED')),
        code text
      );
      CREATE INDEX audit_record_by_age ON audit_record (workspace_id, at);
      CREATE FUNCTION audit_record_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'audit_record is append-only'; END $$;
      CREATE TRIGGER audit_record_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_record
        FOR EACH STATEMENT EXECUTE FUNCTION audit_record_refuse_change();
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
