import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who has edited which section of a transcript: they are told when it is disputed. */
export class CreateSectionEditors1763700000004 implements MigrationInterface {
  readonly name = 'CreateSectionEditors1763700000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE section_editor (
        section_id text NOT NULL,
        user_id text NOT NULL,
        meeting_id text NOT NULL,
        workspace_id text NOT NULL,
        CONSTRAINT section_editor_pkey PRIMARY KEY (section_id, user_id)
      );
      CREATE INDEX section_editor_by_meeting ON section_editor (meeting_id);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
