import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of the todos domain. */
export class CreateTodos1763700000001 implements MigrationInterface {
  readonly name = 'CreateTodos1763700000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE todo (
        id text CONSTRAINT todo_pkey PRIMARY KEY,
        workspace_id text NOT NULL,
        title text NOT NULL,
        description text,
        status text NOT NULL,
        priority text NOT NULL,
        assignee_id text,
        meeting_id text,
        source_id text,
        due_at timestamptz,
        created_by_id text NOT NULL,
        created_at timestamptz NOT NULL,
        completed_at timestamptz,
        revision integer NOT NULL
      );
      CREATE INDEX todo_by_workspace ON todo (workspace_id, id);
      CREATE INDEX todo_by_meeting ON todo (meeting_id, id);
      CREATE INDEX todo_by_assignee ON todo (assignee_id, id);
      CREATE UNIQUE INDEX todo_source ON todo (source_id);
      CREATE TABLE todo_change (
        todo_id text NOT NULL CONSTRAINT todo_change_todo REFERENCES todo (id) ON DELETE CASCADE,
        revision integer NOT NULL,
        field text NOT NULL,
        value_before text,
        value_after text,
        actor_id text NOT NULL,
        at timestamptz NOT NULL,
        CONSTRAINT todo_change_pkey PRIMARY KEY (todo_id, revision, field)
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
