import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lets rows go whose time of retention is over; what people asked of the platform stays for ninety days at least. */
export class LimitGrowth1763900000007 implements MigrationInterface {
  readonly name = 'LimitGrowth1763900000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX task_view_finished ON task_view (finished_at) WHERE finished_at IS NOT NULL;
      CREATE INDEX dead_letter_view_age ON dead_letter_view (at);
      CREATE INDEX operator_audit_age ON operator_audit (at);
      DROP TRIGGER operator_audit_is_append_only ON operator_audit;
      CREATE TRIGGER operator_audit_is_append_only BEFORE UPDATE OR TRUNCATE ON operator_audit
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER operator_audit_is_kept BEFORE DELETE ON operator_audit
        FOR EACH ROW EXECUTE FUNCTION refuse_young('90');
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
