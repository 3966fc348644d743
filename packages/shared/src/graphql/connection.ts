import { z } from 'zod';
import { AppError } from '../errors/index.ts';

/** Rows that one page may hold at most. */
export const MAX_PAGE_SIZE = 500;

/** A decoded request for a page: `limit` rows after `after`, the decoded key of the last row of the page before. */
export interface Page {
  readonly limit: number;
  /** Sort key of the row that the page begins behind, in its direction, as strings; undefined for the first page. */
  readonly after: readonly string[] | undefined;
  /** The rows come in the opposite order, from the end of the list or from `after` back. Only where `last` is taken. */
  readonly backward?: true;
}

/** The arguments of a list, as Relay has them. */
export interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
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
 * Decodes `first` and `after`, or `last` and `before` where a list takes them. @default 20 rows
 *
 * `key` says what the cursors of this list hold, so that a cursor of another list is refused here and not by the
 * database. @default one or more strings
 * @throws AppError `BAD_INPUT` when `first` is not 1 to {@link MAX_PAGE_SIZE}, the cursor is not one of ours, or both
 * directions are asked for.
 */
export function decodePage(args: PageArgs, key: z.ZodType<readonly string[]> = cursorKey): Page {
  const backward = args.last != null || args.before != null;
  if (backward && (args.first != null || args.after != null))
    throw new AppError('BAD_INPUT', 'last: takes the place of first, and before that of after.', {
      extensions: { path: ['last'] },
    });
  const [size, cursor] = backward ? (['last', 'before'] as const) : (['first', 'after'] as const);
  const limit = args[size] ?? 20;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE_SIZE) {
    throw new AppError('BAD_INPUT', `${size}: takes 1 to ${MAX_PAGE_SIZE}.`, {
      extensions: { path: [size] },
    });
  }
  const after = args[cursor] == null ? undefined : decodeCursor(args[cursor], key, cursor);
  return { limit, after, ...(backward ? { backward } : {}) };
}

function decodeCursor(
  cursor: string,
  key: z.ZodType<readonly string[]>,
  argument: 'after' | 'before',
): readonly string[] {
  try {
    return key.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (error) {
    throw new AppError('BAD_INPUT', `${argument}: takes a cursor of an earlier page.`, {
      cause: error,
      extensions: { path: [argument] },
    });
  }
}

/**
 * Builds the connection from up to `page.limit + 1` rows: the row too many says that there is a next page, or one before for
 * a page that is read backward; its edges come in the order of the list all the same.
 * `keyOf` gives the sort key that {@link decodePage} hands back with the next page.
 */
export function connectionOf<T>(
  rows: readonly T[],
  page: Page,
  options: { readonly totalCount: number; readonly keyOf: (row: T) => readonly (string | number | Date)[] },
): Connection<T> {
  const shown = rows.slice(0, page.limit);
  const edges = (page.backward === true ? shown.toReversed() : shown).map((node) => {
    return { node, cursor: encodeCursor(options.keyOf(node)) };
  });
  const [more, beyond] = [rows.length > page.limit, page.after !== undefined];
  return {
    edges,
    totalCount: options.totalCount,
    pageInfo: {
      hasNextPage: page.backward === true ? beyond : more,
      hasPreviousPage: page.backward === true ? more : beyond,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function encodeCursor(key: readonly (string | number | Date)[]): string {
  const parts = key.map((part) => (part instanceof Date ? part.toISOString() : String(part)));
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}
