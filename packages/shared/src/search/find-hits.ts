import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { type Connection, connectionOf, decodePage, type Page } from '../graphql/index.ts';
import { highlightsOf, type Stems, type TextRange, wordsOf } from './highlights.ts';
import type { ParsedSearch } from './parse-search.ts';

/** A search ranks the newest of what it finds; a word that is everywhere must not cost more. */
const MOST_RANKED = 5_000;
const MAX_PAGE = 100;

/** A row that a search has found. */
export interface FoundRow {
  readonly id: string;
  /** 0 to 1; orders the hits of one search. */
  readonly score: number;
}

/** What is searched; the conditions take their parameters from `parameters`, numbered on from `$3`. */
export interface SearchedRows {
  readonly workspaceId: string;
  /** `FROM` with its joins; the view of {@link exposeSearch} is `s`. */
  readonly from: string;
  readonly where: readonly string[];
  readonly parameters: readonly unknown[];
}

const hitKey = z.tuple([
  z.string().regex(/^\d(\.\d{1,20})?(e-\d{1,2})?$/),
  z.string().regex(/^[\w-]{1,100}$/),
]);

/** A page of hits. @throws AppError `BAD_INPUT` as {@link decodePage}. @default 20 */
export function decodeHitPage(args: {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}): Page {
  const page = decodePage(args, hitKey);
  return { ...page, limit: Math.min(page.limit, MAX_PAGE) };
}

/** Up to `page.limit + 1` rows, the best first and of equal ones the newest. */
export async function findHits(
  tx: EntityManager,
  search: ParsedSearch,
  { page, ...rows }: SearchedRows & { readonly page: Page },
): Promise<FoundRow[]> {
  const next = rows.parameters.length + 3;
  const [score, id] = page.after ?? [null, null];
  return await tx.query(
    `SELECT id, score FROM (
       SELECT id, ts_rank_cd(search, search_query($2::jsonb), 33) AS score FROM (
         SELECT s.id, s.search ${matchSql(rows)} ORDER BY s.id DESC LIMIT ${MOST_RANKED}
       ) newest
     ) ranked
     WHERE $${next}::float4 IS NULL OR (score, id) < ($${next}::float4, $${next + 1}::text)
     ORDER BY score DESC, id DESC LIMIT ${page.limit + 1}`,
    [rows.workspaceId, search.json, ...rows.parameters, score, id],
  );
}

/** How many rows a search finds. */
export async function countHits(
  tx: EntityManager,
  search: ParsedSearch,
  rows: SearchedRows,
): Promise<number> {
  const [counted]: { n: number }[] = await tx.query(`SELECT count(*)::int AS n ${matchSql(rows)}`, [
    rows.workspaceId,
    search.json,
    ...rows.parameters,
  ]);
  return counted?.n ?? 0;
}

function matchSql({ from, where }: SearchedRows): string {
  // The workspace is a word of the index as well: words that others use often cost nothing.
  const matches = 's.search @@ (search_scope($1) && search_query($2::jsonb)) AND s.workspace_id = $1';
  return `FROM ${from} WHERE ${[matches, ...where].join(' AND ')}`;
}

/** A hit with its row. */
export interface Hit<T> {
  readonly row: T;
  readonly score: number;
  readonly highlights: readonly TextRange[];
}

/** Where the search stands in each of the texts; one query for the stems of all their words. */
export async function highlightAll(
  tx: EntityManager,
  search: ParsedSearch,
  texts: readonly string[],
): Promise<TextRange[][]> {
  const words = wordsOf(search, texts);
  const rows: { word: string; stem: string | null }[] = await tx.query(
    `SELECT word, coalesce(array_to_string(ts_lexize('pg_catalog.english_stem', word), ' '), word) AS stem
     FROM unnest($1::text[]) word`,
    [words],
  );
  const stems: Stems = new Map(rows.map(({ word, stem }) => [word, stem ?? word]));
  return texts.map((text) => highlightsOf(text, search, stems));
}

/** A page of hits whose total is counted only when somebody asks for it. */
export type HitPage<T> = Omit<Connection<Hit<T>>, 'totalCount'> & {
  readonly totalCount: () => Promise<number>;
};

/**
 * Searches rows and builds the page. `load` gives the rows of ids, in any order; `textOf` is what highlights are counted in.
 */
export async function searchPage<T extends { readonly id: string }>(
  tx: EntityManager,
  search: ParsedSearch,
  wanted: SearchedRows & {
    readonly page: Page;
    readonly load: (ids: readonly string[]) => Promise<readonly T[]>;
    readonly textOf: (row: T) => string;
  },
): Promise<HitPage<T>> {
  const found = await findHits(tx, search, wanted);
  const loaded = new Map((await wanted.load(found.map(({ id }) => id))).map((row) => [row.id, row]));
  const rows = found.flatMap(({ id, score }) => {
    const row = loaded.get(id);
    return row === undefined ? [] : [{ row, score }];
  });
  const highlights = await highlightAll(
    tx,
    search,
    rows.map(({ row }) => wanted.textOf(row)),
  );
  const hits = rows.map((hit, place): Hit<T> => ({ ...hit, highlights: highlights[place] ?? [] }));
  const { edges, pageInfo } = connectionOf(hits, wanted.page, {
    totalCount: 0,
    keyOf: ({ score, row }) => [score, row.id],
  });
  return { edges, pageInfo, totalCount: () => countHits(tx, search, wanted) };
}
