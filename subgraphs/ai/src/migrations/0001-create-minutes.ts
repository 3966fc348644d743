import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of the ai domain. */
export class CreateMinutes1763700000001 implements MigrationInterface {
  readonly name = 'CreateMinutes1763700000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE transcript_ref (
        id text CONSTRAINT transcript_ref_pkey PRIMARY KEY,
        workspace_id text NOT NULL,
        meeting_id text NOT NULL,
        revision integer NOT NULL
      );
      CREATE TABLE minutes (
        id text CONSTRAINT minutes_pkey PRIMARY KEY,
        workspace_id text NOT NULL,
        meeting_id text NOT NULL,
        transcript_id text NOT NULL,
        revision integer NOT NULL,
        language text NOT NULL,
        generated_at timestamptz NOT NULL,
        provider text NOT NULL,
        transcript_revision integer NOT NULL,
        overview text NOT NULL
      );
      CREATE UNIQUE INDEX minutes_revision ON minutes (meeting_id, revision);
      CREATE INDEX minutes_by_transcript ON minutes (transcript_id, revision);
      CREATE TABLE minutes_item (
        id text CONSTRAINT minutes_item_pkey PRIMARY KEY,
        workspace_id text NOT NULL,
        meeting_id text NOT NULL,
        minutes_id text NOT NULL CONSTRAINT minutes_item_minutes REFERENCES minutes (id) ON DELETE CASCADE,
        kind text NOT NULL,
        position integer NOT NULL,
        text text NOT NULL,
        origin text NOT NULL,
        confidence double precision NOT NULL,
        review text NOT NULL,
        revision integer NOT NULL,
        reviewed_by_id text,
        topic text,
        assignee_id text,
        assignee_name text,
        due_at timestamptz,
        due_text text,
        accepted_at timestamptz
      );
      CREATE UNIQUE INDEX minutes_item_place ON minutes_item (minutes_id, kind, position);
      CREATE TABLE evidence (
        item_id text NOT NULL CONSTRAINT evidence_item REFERENCES minutes_item (id) ON DELETE CASCADE,
        position integer NOT NULL,
        segment_id text NOT NULL,
        segment_revision integer NOT NULL,
        speaker_label text NOT NULL,
        start_ms integer NOT NULL,
        quote text NOT NULL,
        start_char integer NOT NULL,
        end_char integer NOT NULL,
        CONSTRAINT evidence_pkey PRIMARY KEY (item_id, position)
      );
      CREATE TABLE keyword (
        minutes_id text NOT NULL CONSTRAINT keyword_minutes REFERENCES minutes (id) ON DELETE CASCADE,
        position integer NOT NULL,
        text text NOT NULL,
        weight double precision NOT NULL,
        segment_ids text[] NOT NULL,
        CONSTRAINT keyword_pkey PRIMARY KEY (minutes_id, position)
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
