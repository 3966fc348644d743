import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Minutes tell which model wrote them, by which prompt, and what was dropped; workspaces have an account of their tokens. */
export class LanguageModels1763700000003 implements MigrationInterface {
  readonly name = 'LanguageModels1763700000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE minutes
        ADD COLUMN provider_model text,
        ADD COLUMN prompt_version text,
        ADD COLUMN fallback_code text,
        ADD COLUMN dropped jsonb;
      CREATE TABLE llm_usage (
        workspace_id text NOT NULL,
        month text NOT NULL,
        task_id text NOT NULL,
        calls integer NOT NULL,
        input_tokens bigint NOT NULL,
        output_tokens bigint NOT NULL,
        cost_usd_micros bigint,
        CONSTRAINT llm_usage_pkey PRIMARY KEY (workspace_id, month, task_id)
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
