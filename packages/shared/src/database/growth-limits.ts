import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Lets rows go whose time of retention is over (docs/operations.md, "What is kept for how long"), and finds the tasks of a
 * meeting. The audit trail lets nobody delete what is younger than ninety days, and nobody change anything.
 */
export class LimitGrowth1700000000009 implements MigrationInterface {
  readonly name = 'LimitGrowth1700000000009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION refuse_young() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
        BEGIN
          IF OLD.at > now() - make_interval(days => TG_ARGV[0]::integer) THEN
            RAISE EXCEPTION '% is append-only for % days', TG_TABLE_NAME, TG_ARGV[0];
          END IF;
          RETURN OLD;
        END $$;
      DROP TRIGGER audit_record_is_append_only ON audit_record;
      CREATE TRIGGER audit_record_is_append_only BEFORE UPDATE OR TRUNCATE ON audit_record
        FOR EACH STATEMENT EXECUTE FUNCTION audit_record_refuse_change();
      CREATE TRIGGER audit_record_is_kept BEFORE DELETE ON audit_record
        FOR EACH ROW EXECUTE FUNCTION refuse_young('90');
      CREATE INDEX audit_record_age ON audit_record (at);
      CREATE INDEX task_finished ON task (finished_at) WHERE finished_at IS NOT NULL;
      CREATE INDEX task_by_meeting ON task (meeting_id) WHERE meeting_id IS NOT NULL;
      CREATE INDEX dead_letter_of_task ON dead_letter (task_id);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
