import { isolateWorkspaces } from '@hoerok/shared/database';
import { exposeSearch } from '@hoerok/shared/search';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** No workspace sees or changes the rows of another, whatever a statement forgets (ADR-13). */
export class IsolateWorkspaces1763700000008 implements MigrationInterface {
  readonly name = 'IsolateWorkspaces1763700000008';

  async up(runner: QueryRunner): Promise<void> {
    await isolateWorkspaces(runner, [
      'meeting_access',
      'meeting_erasure',
      'quota_use',
      'caption_source',
      'recording',
      'transcript',
      'speaker',
      'section',
      'segment',
      'section_verdict',
      'segment_edit',
      'section_comment',
      'transcript_note',
      'validation_finding',
    ]);
    await exposeSearch(runner, { table: 'segment', columns: ['transcript_id', 'speaker_id'] });
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
