import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Secret addresses under which calendars read the todos of a person, and what counting todos of a time span needs. */
export class CalendarFeeds1763700000004 implements MigrationInterface {
  readonly name = 'CalendarFeeds1763700000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE calendar_feed (
        id text CONSTRAINT calendar_feed_pkey PRIMARY KEY,
        workspace_id text NOT NULL,
        user_id text NOT NULL,
        label text NOT NULL,
        token_hash text NOT NULL,
        created_at timestamptz NOT NULL,
        last_read_at timestamptz
      );
      CREATE UNIQUE INDEX calendar_feed_token ON calendar_feed (token_hash);
      CREATE INDEX calendar_feed_of_user ON calendar_feed (user_id, id);
      CREATE INDEX todo_by_time ON todo (workspace_id, created_at);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
