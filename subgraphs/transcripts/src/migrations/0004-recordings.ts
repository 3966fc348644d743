import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Recordings, the files that are to be deleted, and what a transcript says of the recording it was made of. */
export class CreateRecordings1763700000006 implements MigrationInterface {
  readonly name = 'CreateRecordings1763700000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE recording (
        id text CONSTRAINT recording_pkey PRIMARY KEY,
        workspace_id text NOT NULL,
        meeting_id text NOT NULL,
        created_by text NOT NULL,
        created_at timestamptz NOT NULL,
        touched_at timestamptz NOT NULL,
        completed_at timestamptz,
        filename text NOT NULL,
        mime_type text NOT NULL,
        bytes bigint NOT NULL,
        received bigint NOT NULL,
        checksum text,
        duration_ms integer,
        storage_state text NOT NULL,
        writer text,
        writer_until timestamptz
      );
      CREATE INDEX recording_by_meeting ON recording (meeting_id, created_at);
      CREATE INDEX recording_unfinished ON recording (touched_at) WHERE completed_at IS NULL;
      CREATE INDEX recording_age ON recording (completed_at) WHERE completed_at IS NOT NULL;
      CREATE TABLE doomed_file (
        id text CONSTRAINT doomed_file_pkey PRIMARY KEY,
        storage_state text NOT NULL,
        due_at timestamptz NOT NULL
      );
      CREATE INDEX doomed_file_due ON doomed_file (due_at);
      ALTER TABLE transcript ALTER COLUMN source_id DROP NOT NULL;
      ALTER TABLE transcript ADD COLUMN provider_model text;
      ALTER TABLE transcript ADD COLUMN recording_id text
        CONSTRAINT transcript_recording REFERENCES recording (id) ON DELETE SET NULL;
      CREATE INDEX transcript_by_recording ON transcript (recording_id) WHERE recording_id IS NOT NULL;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
