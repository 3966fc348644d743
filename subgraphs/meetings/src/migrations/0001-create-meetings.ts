import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of the meetings domain. */
export class CreateMeetings1763700000001 implements MigrationInterface {
  readonly name = 'CreateMeetings1763700000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE meeting (
        id text CONSTRAINT meeting_pkey PRIMARY KEY,
        workspace_id text NOT NULL,
        title text NOT NULL,
        description text,
        status text NOT NULL,
        language text NOT NULL,
        scheduled_start timestamptz NOT NULL,
        scheduled_end timestamptz,
        time_zone text NOT NULL,
        started_at timestamptz,
        ended_at timestamptz,
        canceled_at timestamptz,
        cancel_reason text,
        organizer_id text NOT NULL,
        template_id text,
        verification_policy text NOT NULL,
        location text,
        revision integer NOT NULL,
        client_mutation_id text,
        transcript_ready_at timestamptz,
        minutes_ready_at timestamptz
      );
      CREATE INDEX meeting_by_start ON meeting (workspace_id, scheduled_start, id);
      CREATE UNIQUE INDEX meeting_client_mutation ON meeting (workspace_id, organizer_id, client_mutation_id);
      CREATE TABLE participant (
        id text CONSTRAINT participant_pkey PRIMARY KEY,
        meeting_id text NOT NULL CONSTRAINT participant_meeting REFERENCES meeting (id) ON DELETE CASCADE,
        user_id text,
        email text,
        display_name text,
        role text NOT NULL,
        position integer NOT NULL
      );
      CREATE UNIQUE INDEX participant_place ON participant (meeting_id, position);
      CREATE UNIQUE INDEX participant_user ON participant (user_id, meeting_id);
      CREATE TABLE agenda_item (
        id text CONSTRAINT agenda_item_pkey PRIMARY KEY,
        meeting_id text NOT NULL CONSTRAINT agenda_item_meeting REFERENCES meeting (id) ON DELETE CASCADE,
        position integer NOT NULL,
        title text NOT NULL,
        minutes integer,
        owner_id text
      );
      CREATE UNIQUE INDEX agenda_item_place ON agenda_item (meeting_id, position);
      CREATE TABLE meeting_template (
        id text CONSTRAINT meeting_template_pkey PRIMARY KEY,
        workspace_id text NOT NULL,
        name text NOT NULL,
        agenda text[] NOT NULL,
        default_minutes integer NOT NULL,
        verification_policy text NOT NULL
      );
      CREATE UNIQUE INDEX meeting_template_name ON meeting_template (workspace_id, name);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
