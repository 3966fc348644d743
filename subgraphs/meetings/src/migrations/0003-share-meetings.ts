import type { MigrationInterface, QueryRunner } from 'typeorm';

/** With whom meetings are shared, and what became of each share. */
export class ShareMeetings1763700000003 implements MigrationInterface {
  readonly name = 'ShareMeetings1763700000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE meeting_share (
        id text CONSTRAINT meeting_share_pkey PRIMARY KEY,
        workspace_id text NOT NULL,
        meeting_id text NOT NULL CONSTRAINT meeting_share_meeting REFERENCES meeting (id) ON DELETE CASCADE,
        user_id text,
        email text,
        access text NOT NULL,
        expires_at timestamptz,
        message text,
        shared_by_id text NOT NULL,
        created_at timestamptz NOT NULL,
        opened_at timestamptz,
        end_told_at timestamptz
      );
      CREATE UNIQUE INDEX meeting_share_user ON meeting_share (user_id, meeting_id);
      CREATE UNIQUE INDEX meeting_share_email ON meeting_share (meeting_id, email);
      CREATE INDEX meeting_share_end ON meeting_share (expires_at) WHERE (end_told_at IS NULL);
      CREATE TABLE share_change (
        id text CONSTRAINT share_change_pkey PRIMARY KEY,
        meeting_id text NOT NULL CONSTRAINT share_change_meeting REFERENCES meeting (id) ON DELETE CASCADE,
        share_id text NOT NULL,
        kind text NOT NULL,
        actor_id text,
        user_id text,
        email text,
        access text NOT NULL,
        expires_at timestamptz,
        at timestamptz NOT NULL
      );
      CREATE INDEX share_change_by_meeting ON share_change (meeting_id, id);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
