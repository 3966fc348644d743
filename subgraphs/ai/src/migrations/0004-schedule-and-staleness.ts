import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an appointment has beside other items, and which segments have been edited since minutes may have quoted them. */
export class ScheduleAndStaleness1763700000104 implements MigrationInterface {
  readonly name = 'ScheduleAndStaleness1763700000104';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE minutes_item
        ADD COLUMN title text,
        ADD COLUMN starts_at timestamptz,
        ADD COLUMN ends_at timestamptz,
        ADD COLUMN all_day boolean,
        ADD COLUMN attendee_ids text[],
        ADD COLUMN ical_uid text;
      CREATE TABLE edited_segment (
        id text CONSTRAINT edited_segment_pkey PRIMARY KEY,
        workspace_id text NOT NULL,
        meeting_id text NOT NULL,
        revision integer NOT NULL
      );
      CREATE INDEX edited_segment_by_meeting ON edited_segment (meeting_id);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
