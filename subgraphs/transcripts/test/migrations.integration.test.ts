import { migrate } from '@hoerok/shared/database';
import { createTestDatabase } from '@hoerok/shared/testing';
import { DataSource } from 'typeorm';
import { expect, it } from 'vitest';
import { createDataSource } from '../src/data-source.ts';
import { CreateTranscripts1763700000003 } from '../src/migrations/0001-create-transcripts.ts';

const IMPORTED = `
  INSERT INTO caption_source (id, workspace_id, meeting_id, created_by, created_at) VALUES ('c', 'w', 'm', 'u', now());
  INSERT INTO transcript VALUES ('t', 'w', 'm', 'c', 'DRAFT', true, 'IMPORT_VTT', 'captions', 'en', 1, 1, 4, now());
  INSERT INTO speaker VALUES ('p', 'w', 't', 0, 'Dana Lee', NULL, 1, 1);
  INSERT INTO section VALUES ('s', 'w', 't', 0, 'x', 0, 1, 4, 'h', 'UNVERIFIED');
  INSERT INTO segment VALUES
    ('g-1', 'w', 't', 's', 'p', 0, 0, 1, 'As it is now.', 'As it was.', NULL, 3),
    ('g-2', 'w', 't', 's', 'p', 1, 0, 1, 'Never edited.', NULL, NULL, 1)`;

it('keeps edits of before they were noted, as made at the revision that their section had', async () => {
  await using database = await createTestDatabase(
    (url) => new DataSource({ type: 'postgres', url, migrations: [CreateTranscripts1763700000003] }),
  );
  const dataSource = await createDataSource(database.url).initialize();
  await dataSource.query(IMPORTED);
  await migrate(dataSource);
  expect(
    await dataSource.query(
      `SELECT segment_id, revision, section_revision, text_before, text_after, speaker_before, editor_id, merged
       FROM segment_edit`,
    ),
  ).toEqual([
    {
      segment_id: 'g-1',
      revision: 3,
      section_revision: 4,
      text_before: 'As it was.',
      text_after: 'As it is now.',
      speaker_before: 'p',
      editor_id: null,
      merged: false,
    },
  ]);
  expect(await dataSource.showMigrations()).toBe(false);
  await dataSource.destroy();
});
