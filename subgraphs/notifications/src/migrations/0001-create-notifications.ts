import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of the notifications domain. */
export class CreateNotifications1763700000001 implements MigrationInterface {
  readonly name = 'CreateNotifications1763700000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE notification (
        id text CONSTRAINT notification_pkey PRIMARY KEY,
        workspace_id text NOT NULL,
        recipient_id text NOT NULL,
        kind text NOT NULL,
        subject_type text,
        subject_id text,
        cause_id text NOT NULL,
        language text NOT NULL,
        parameters jsonb NOT NULL,
        created_at timestamptz NOT NULL,
        read_at timestamptz
      );
      CREATE INDEX notification_by_recipient ON notification (workspace_id, recipient_id, id);
      CREATE INDEX notification_unread ON notification (workspace_id, recipient_id, id) WHERE read_at IS NULL;
      CREATE UNIQUE INDEX notification_once ON notification (recipient_id, kind, cause_id);
      CREATE TABLE invitation (
        meeting_id text NOT NULL,
        user_id text NOT NULL,
        workspace_id text NOT NULL,
        CONSTRAINT invitation_pkey PRIMARY KEY (meeting_id, user_id)
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
