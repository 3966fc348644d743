import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the parser of PostgreSQL would take for part of a word, or read as a sign, an address or a tag. */
const PUNCTUATION =
  '[\\u0001-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u00bf\\u00d7\\u00f7\\u2000-\\u206f\\u2190-\\u2bff' +
  '\\u3000-\\u303f\\uff01-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40\\uff5b-\\uff65\\U0001f000-\\U0001faff]+';

/** A tsvector takes 1 MB; a syllable takes up to 14 bytes of it. */
const MOST_CHARACTERS = 50_000;

/**
 * The functions of full-text search (docs/search.md), all immutable. A run of Hangul becomes its bigrams and its last
 * syllable, one at each position, so that a word is found with any particle behind it and a syllable wherever it stands;
 * everything else is stemmed as English. A service that searches lists this migration in its data source.
 */
export class CreateSearch1700000000007 implements MigrationInterface {
  readonly name = 'CreateSearch1700000000007';

  async up(runner: QueryRunner): Promise<void> {
    // Each syllable twice, the first of each run once, then two by two: 회의록 -> 회의 의록 록.
    await runner.query(`
      CREATE FUNCTION search_tokens(source text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
      RETURN regexp_replace(
        regexp_replace(
          regexp_replace(
            regexp_replace(normalize(left(source, ${MOST_CHARACTERS}), NFC), '${PUNCTUATION}', ' ', 'g'),
            '([\\uac00-\\ud7a3])', '\\1\\1', 'g'),
          '[\\uac00-\\ud7a3]([\\uac00-\\ud7a3]+)', ' \\1 ', 'g'),
        '([\\uac00-\\ud7a3][\\uac00-\\ud7a3]?)', '\\1 ', 'g');

      CREATE FUNCTION search_vector(workspace_id text, source text) RETURNS tsvector
      LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 500
      RETURN to_tsvector('pg_catalog.english'::regconfig, search_tokens(source))
        || array_to_tsvector(ARRAY['w:' || workspace_id]);

      CREATE FUNCTION search_scope(workspace_id text) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
      RETURN ('''w:' || replace(replace(workspace_id, '\\', '\\\\'), '''', '''''') || '''')::tsquery;

      CREATE FUNCTION search_term(phrase text, syllable text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE
      RETURN CASE WHEN syllable IS NULL THEN phraseto_tsquery('pg_catalog.english'::regconfig, phrase)
        ELSE tsquery_phrase(phraseto_tsquery('pg_catalog.english'::regconfig, phrase),
          ('''' || syllable || ''':*')::tsquery) END;

      CREATE FUNCTION search_query(terms jsonb) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
      RETURN (
        SELECT CASE WHEN wanted IS NULL THEN NULL WHEN excluded IS NULL THEN wanted ELSE wanted && !!excluded END
        FROM (
          SELECT string_agg('(' || query || ')', ' & ') FILTER (WHERE NOT unwanted)::tsquery AS wanted,
            string_agg('(' || query || ')', ' | ') FILTER (WHERE unwanted)::tsquery AS excluded
          FROM (
            SELECT search_term(term ->> 'phrase', term ->> 'syllable')::text AS query,
              (term ->> 'excluded')::boolean AS unwanted
            FROM jsonb_array_elements(terms) term
          ) each_term WHERE query <> ''
        ) both_sides);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
