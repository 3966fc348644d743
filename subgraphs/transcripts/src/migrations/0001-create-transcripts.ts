import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of the transcripts domain. */
export class CreateTranscripts1763700000003 implements MigrationInterface {
  readonly name = 'CreateTranscripts1763700000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE caption_source (
        id text CONSTRAINT caption_source_pkey PRIMARY KEY,
        workspace_id text NOT NULL,
        meeting_id text NOT NULL,
        created_by text NOT NULL,
        created_at timestamptz NOT NULL,
        filename text,
        mime_type text,
        content bytea,
        imported_at timestamptz
      );
      CREATE INDEX caption_source_age ON caption_source (workspace_id, created_at);
      CREATE TABLE transcript (
        id text CONSTRAINT transcript_pkey PRIMARY KEY,
        workspace_id text NOT NULL,
        meeting_id text NOT NULL,
        source_id text NOT NULL CONSTRAINT transcript_source REFERENCES caption_source (id),
        state text NOT NULL,
        current boolean NOT NULL,
        origin text NOT NULL,
        provider text NOT NULL,
        language text NOT NULL,
        duration_ms integer NOT NULL,
        word_count integer NOT NULL,
        revision integer NOT NULL,
        created_at timestamptz NOT NULL
      );
      CREATE UNIQUE INDEX transcript_current ON transcript (meeting_id) WHERE current;
      CREATE TABLE speaker (
        id text CONSTRAINT speaker_pkey PRIMARY KEY,
        workspace_id text NOT NULL,
        transcript_id text NOT NULL CONSTRAINT speaker_transcript REFERENCES transcript (id) ON DELETE CASCADE,
        position integer NOT NULL,
        label text NOT NULL,
        user_id text,
        talk_ms integer NOT NULL,
        words integer NOT NULL
      );
      CREATE UNIQUE INDEX speaker_place ON speaker (transcript_id, position);
      CREATE TABLE section (
        id text CONSTRAINT section_pkey PRIMARY KEY,
        workspace_id text NOT NULL,
        transcript_id text NOT NULL CONSTRAINT section_transcript REFERENCES transcript (id) ON DELETE CASCADE,
        position integer NOT NULL,
        title text,
        start_ms integer NOT NULL,
        end_ms integer NOT NULL,
        revision integer NOT NULL,
        content_hash text NOT NULL,
        state text NOT NULL
      );
      CREATE UNIQUE INDEX section_place ON section (transcript_id, position);
      CREATE INDEX section_waiting ON section (workspace_id, transcript_id, position) WHERE state <> 'VERIFIED';
      CREATE TABLE segment (
        id text CONSTRAINT segment_pkey PRIMARY KEY,
        workspace_id text NOT NULL,
        transcript_id text NOT NULL CONSTRAINT segment_transcript REFERENCES transcript (id) ON DELETE CASCADE,
        section_id text NOT NULL CONSTRAINT segment_section REFERENCES section (id) ON DELETE CASCADE,
        speaker_id text CONSTRAINT segment_speaker REFERENCES speaker (id) ON DELETE CASCADE,
        seq integer NOT NULL,
        start_ms integer NOT NULL,
        end_ms integer NOT NULL,
        text text NOT NULL,
        original_text text,
        confidence double precision,
        revision integer NOT NULL
      );
      CREATE UNIQUE INDEX segment_place ON segment (transcript_id, seq);
      CREATE INDEX segment_of_section ON segment (section_id, seq);
      CREATE INDEX segment_of_speaker ON segment (speaker_id, seq);
      CREATE TABLE section_verdict (
        id text CONSTRAINT section_verdict_pkey PRIMARY KEY,
        workspace_id text NOT NULL,
        section_id text NOT NULL CONSTRAINT section_verdict_section REFERENCES section (id) ON DELETE CASCADE,
        verifier_id text NOT NULL,
        verdict text NOT NULL,
        comment text,
        revision integer NOT NULL,
        at timestamptz NOT NULL
      );
      CREATE UNIQUE INDEX section_verdict_once ON section_verdict (section_id, revision, verifier_id);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
