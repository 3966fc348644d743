import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Ways out of the app: what is to be sent and what became of it, how people want to be told, and the endpoints of a
 * workspace. What was told before was told in the app.
 */
export class CreateDeliveries1763700000003 implements MigrationInterface {
  readonly name = 'CreateDeliveries1763700000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE notification ADD COLUMN in_app boolean NOT NULL DEFAULT true;
      CREATE TABLE delivery (
        id text CONSTRAINT delivery_pkey PRIMARY KEY,
        workspace_id text NOT NULL,
        channel text NOT NULL,
        event text NOT NULL,
        state text NOT NULL,
        notification_id text,
        recipient_id text,
        endpoint_id text,
        digest_id text,
        digest_day text,
        meeting_id text,
        subject_type text,
        subject_id text,
        cause_id text,
        occurred_at timestamptz NOT NULL,
        provider text,
        attempts integer NOT NULL,
        last_error text,
        response_status integer,
        message_id text,
        due_at timestamptz NOT NULL,
        next_attempt_at timestamptz,
        claim text,
        sent_at timestamptz
      );
      CREATE INDEX delivery_due ON delivery (channel, next_attempt_at) WHERE state = 'PENDING';
      CREATE INDEX delivery_waiting ON delivery (workspace_id, channel, endpoint_id) WHERE state = 'PENDING';
      CREATE INDEX delivery_log ON delivery (workspace_id, id);
      CREATE INDEX delivery_by_notification ON delivery (notification_id);
      CREATE INDEX delivery_by_endpoint ON delivery (endpoint_id, id);
      CREATE INDEX delivery_by_digest ON delivery (digest_id);
      CREATE INDEX delivery_by_meeting ON delivery (meeting_id);
      CREATE UNIQUE INDEX delivery_digest_once ON delivery (recipient_id, digest_day) WHERE digest_day IS NOT NULL;
      CREATE UNIQUE INDEX delivery_event_once ON delivery (endpoint_id, event, cause_id) WHERE endpoint_id IS NOT NULL;
      CREATE UNIQUE INDEX delivery_invitation_once ON delivery (subject_id, cause_id) WHERE subject_type = 'MeetingShare';
      CREATE TABLE notification_preferences (
        user_id text CONSTRAINT notification_preferences_pkey PRIMARY KEY,
        workspace_id text NOT NULL,
        channels jsonb NOT NULL,
        quiet_hours jsonb,
        digest text NOT NULL,
        language text,
        phone text,
        updated_at timestamptz NOT NULL
      );
      CREATE TABLE webhook_endpoint (
        id text CONSTRAINT webhook_endpoint_pkey PRIMARY KEY,
        workspace_id text NOT NULL,
        url text NOT NULL,
        kinds jsonb NOT NULL,
        secret text NOT NULL,
        secret_hint text NOT NULL,
        previous_secret text,
        previous_secret_until timestamptz,
        created_at timestamptz NOT NULL,
        failing_since timestamptz,
        disabled_at timestamptz,
        disabled_reason text
      );
      CREATE INDEX webhook_endpoint_by_workspace ON webhook_endpoint (workspace_id, id);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
