import { fillSearch, keepSearchSql } from '@hoerok/shared/search';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Full-text search over title, description and agenda of meetings, and what counting those of a time span needs. */
export class SearchMeetings1763700000005 implements MigrationInterface {
  readonly name = 'SearchMeetings1763700000005';

  async up(runner: QueryRunner): Promise<void> {
    const columns = ['title', 'description', 'search'];
    const agenda = `(SELECT string_agg(item.title, E'\\n') FROM agenda_item item WHERE item.meeting_id = NEW.id)`;
    const vector = `search_vector(NEW.workspace_id, concat_ws(E'\\n', NEW.title, NEW.description, ${agenda}))`;
    const keep = ['INSERT', 'UPDATE', 'DELETE'].map(
      (event) => `
        CREATE TRIGGER agenda_item_search_${event.toLowerCase()} AFTER ${event} ON agenda_item
          REFERENCING ${event === 'DELETE' ? 'OLD' : 'NEW'} TABLE AS changed
          FOR EACH STATEMENT EXECUTE FUNCTION agenda_item_keep_search();`,
    );
    await runner.query(`
      CREATE INDEX meeting_by_end ON meeting (workspace_id, ended_at);
      CREATE INDEX meeting_by_cancellation ON meeting (workspace_id, canceled_at);
      ALTER TABLE meeting ADD COLUMN search tsvector;
      CREATE INDEX meeting_search ON meeting USING gin (search);
      ${keepSearchSql('meeting', { vector, columns })}
      CREATE FUNCTION agenda_item_keep_search() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          UPDATE meeting SET search = NULL WHERE id IN (SELECT meeting_id FROM changed);
          RETURN NULL;
        END $$;
      ${keep.join('')}
    `);
    await fillSearch(runner, { table: 'meeting', columns: ['title'] });
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
