import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Keeps every text that was ever accepted, comments, what happened to whole transcripts and what validations found.
 *
 * Segments that were edited before have one row without an editor: an edit on an older revision of their section then
 * conflicts with it, instead of being taken for one that touches nothing.
 */
export class KeepEdits1763700000005 implements MigrationInterface {
  readonly name = 'KeepEdits1763700000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SECTIONS);
    await runner.query(EDITS);
    await runner.query(COMMENTS);
    await runner.query(VALIDATIONS);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}

const SECTIONS = `
  ALTER TABLE section
    ADD COLUMN split_from_id text CONSTRAINT section_split_from REFERENCES section (id) ON DELETE CASCADE,
    ADD COLUMN split_revision integer;
  CREATE INDEX section_by_split_from ON section (split_from_id) WHERE split_from_id IS NOT NULL;
  CREATE TABLE transcript_note (
    id text CONSTRAINT transcript_note_pkey PRIMARY KEY,
    workspace_id text NOT NULL,
    transcript_id text NOT NULL CONSTRAINT transcript_note_transcript REFERENCES transcript (id) ON DELETE CASCADE,
    kind text NOT NULL,
    reason text,
    before text,
    after text,
    actor_id text NOT NULL,
    at timestamptz NOT NULL
  );
  CREATE INDEX transcript_note_place ON transcript_note (transcript_id, id);`;

const EDITS = `
  CREATE TABLE segment_edit (
    id text CONSTRAINT segment_edit_pkey PRIMARY KEY,
    workspace_id text NOT NULL,
    transcript_id text NOT NULL CONSTRAINT segment_edit_transcript REFERENCES transcript (id) ON DELETE CASCADE,
    segment_id text NOT NULL CONSTRAINT segment_edit_segment REFERENCES segment (id) ON DELETE CASCADE,
    revision integer NOT NULL,
    section_revision integer NOT NULL,
    text_before text NOT NULL,
    text_after text NOT NULL,
    speaker_before text,
    speaker_after text,
    merged boolean NOT NULL,
    editor_id text,
    at timestamptz NOT NULL
  );
  CREATE UNIQUE INDEX segment_edit_once ON segment_edit (segment_id, revision);
  CREATE INDEX segment_edit_by_transcript ON segment_edit (transcript_id);
  INSERT INTO segment_edit
    SELECT gen_random_uuid()::text, g.workspace_id, g.transcript_id, g.id, g.revision, s.revision,
      g.original_text, g.text, g.speaker_id, g.speaker_id, false, NULL, now()
    FROM segment g JOIN section s ON s.id = g.section_id WHERE g.original_text IS NOT NULL;`;

const COMMENTS = `
  CREATE TABLE section_comment (
    id text CONSTRAINT section_comment_pkey PRIMARY KEY,
    workspace_id text NOT NULL,
    section_id text NOT NULL CONSTRAINT section_comment_section REFERENCES section (id) ON DELETE CASCADE,
    segment_id text CONSTRAINT section_comment_segment REFERENCES segment (id) ON DELETE CASCADE,
    text text NOT NULL,
    revision integer NOT NULL,
    author_id text NOT NULL,
    at timestamptz NOT NULL,
    resolved_by text,
    resolved_at timestamptz
  );
  CREATE INDEX section_comment_place ON section_comment (section_id, id);
  CREATE INDEX section_comment_by_segment ON section_comment (segment_id) WHERE segment_id IS NOT NULL;`;

const VALIDATIONS = `
  CREATE TABLE validation_finding (
    task_id text NOT NULL,
    place integer NOT NULL,
    workspace_id text NOT NULL,
    transcript_id text NOT NULL CONSTRAINT validation_finding_transcript REFERENCES transcript (id) ON DELETE CASCADE,
    segment_id text NOT NULL CONSTRAINT validation_finding_segment REFERENCES segment (id) ON DELETE CASCADE,
    rule text NOT NULL,
    measured double precision,
    CONSTRAINT validation_finding_pkey PRIMARY KEY (task_id, place)
  );
  CREATE INDEX validation_finding_by_transcript ON validation_finding (transcript_id);
  CREATE INDEX validation_finding_by_segment ON validation_finding (segment_id);`;
