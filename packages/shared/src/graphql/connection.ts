import { z } from 'zod';
import { AppError } from '../errors/index.ts';

/** Rows that one page may hold at most. */
export const MAX_PAGE_SIZE = 500;

/** A decoded request for a page: `limit` rows after `after`, the decoded key of the last row of the page before. */
export interface Page {
  readonly limit: number;
  /** Sort key of the last row seen, as strings; undefined for the first page. */
  readonly after: readonly string[] | undefined;
}

/** One page in the shape of a Relay connection. */
export interface Connection<T> {
  readonly edges: readonly { readonly cursor: string; readonly node: T }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount: number;
}

const cursorKey = z.array(z.string()).min(1);

/**
 * Decodes `first` and `after`. @default 20 rows
 *
 * `key` says what the cursors of this list hold, so that a cursor of another list is refused here and not by the
 * database. @default one or more strings
 * @throws AppError `BAD_INPUT` when `first` is not 1 to {@link MAX_PAGE_SIZE} or the cursor is not one of ours.
 */
export function decodePage(
  args: { readonly first?: number | null | undefined; readonly after?: string | null | undefined },
  key: z.ZodType<readonly string[]> = cursorKey,
): Page {
  const limit = args.first ?? 20;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE_SIZE) {
    throw new AppError('BAD_INPUT', `first: takes 1 to ${MAX_PAGE_SIZE}.`, {
      extensions: { path: ['first'] },
    });
  }
  return { limit, after: args.after == null ? undefined : decodeCursor(args.after, key) };
}

function decodeCursor(cursor: string, key: z.ZodType<readonly string[]>): readonly string[] {
  try {
    return key.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (error) {
    throw new AppError('BAD_INPUT', 'after: takes a cursor of an earlier page.', {
      cause: error,
      extensions: { path: ['after'] },
    });
  }
}

/**
 * Builds the connection from up to `page.limit + 1` rows: the row too many says that there is a next page.
 * `keyOf` gives the sort key that {@link decodePage} hands back with the next page.
 */
export function connectionOf<T>(
  rows: readonly T[],
  page: Page,
  options: { readonly totalCount: number; readonly keyOf: (row: T) => readonly (string | number | Date)[] },
): Connection<T> {
  const edges = rows
    .slice(0, page.limit)
    .map((node) => ({ node, cursor: encodeCursor(options.keyOf(node)) }));
  return {
    edges,
    totalCount: options.totalCount,
    pageInfo: {
      hasNextPage: rows.length > page.limit,
      hasPreviousPage: page.after !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function encodeCursor(key: readonly (string | number | Date)[]): string {
  const parts = key.map((part) => (part instanceof Date ? part.toISOString() : String(part)));
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}
