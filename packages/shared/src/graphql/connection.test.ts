import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { connectionOf, decodePage, MAX_PAGE_SIZE } from './connection.ts';

const rows = [5, 4, 3].map((id) => ({ id, at: new Date(id * 1000) }));
const keyOf = (row: (typeof rows)[number]) => [row.at, row.id];

describe('a connection', () => {
  it('has a next page when there is a row too many, which it does not show', () => {
    const { edges, pageInfo, totalCount } = connectionOf(rows, decodePage({ first: 2 }), {
      totalCount: 9,
      keyOf,
    });
    expect(edges.map(({ node }) => node.id)).toEqual([5, 4]);
    expect(pageInfo).toMatchObject({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: edges[0]?.cursor,
    });
    expect(totalCount).toBe(9);
  });

  it('hands the key of its last row to the next page', () => {
    const { pageInfo } = connectionOf(rows, decodePage({ first: 3 }), { totalCount: 3, keyOf });
    expect(pageInfo.hasNextPage).toBe(false);
    const page = decodePage({ after: pageInfo.endCursor });
    expect(page).toEqual({ limit: 20, after: ['1970-01-01T00:00:03.000Z', '3'] });
    const empty = connectionOf([], page, { totalCount: 3, keyOf });
    expect(empty.pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: true,
      startCursor: null,
      endCursor: null,
    });
  });

  it.each([0, -1, 1.5, MAX_PAGE_SIZE + 1])('refuses a page of %s rows', (first) => {
    expect(() => decodePage({ first })).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT', extensions: { path: ['first'] } }),
    );
  });

  it('goes back from a row, or from the end, in the order of the list', () => {
    const end = decodePage({ last: 2 });
    expect(end).toEqual({ limit: 2, after: undefined, backward: true });
    const { edges, pageInfo } = connectionOf(rows.toReversed(), end, { totalCount: 9, keyOf });
    expect(edges.map(({ node }) => node.id)).toEqual([4, 3]);
    expect(pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const page = decodePage({ before: pageInfo.startCursor });
    expect(page).toMatchObject({ limit: 20, after: ['1970-01-01T00:00:04.000Z', '4'], backward: true });
    const first = connectionOf(rows.slice(0, 1), page, { totalCount: 9, keyOf });
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
  });

  it.each([{ first: 1, last: 1 }, { first: 1, before: 'x' }, { after: 'x', last: 1 }, { last: 0 }])(
    'refuses %j with the path of an argument that goes back',
    (args) => {
      expect(() => decodePage(args)).toThrow(
        expect.objectContaining({ code: 'BAD_INPUT', extensions: { path: ['last'] } }),
      );
    },
  );

  it('refuses a cursor that is none, or one of another list', () => {
    const cursor = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const wrong = expect.objectContaining({ code: 'BAD_INPUT', extensions: { path: ['after'] } });
    for (const after of ['', '%%', cursor({}), cursor([]), cursor([1])])
      expect(() => decodePage({ after })).toThrow(wrong);
    const key = z.tuple([z.iso.datetime(), z.string()]);
    expect(() => decodePage({ after: cursor(['7']) }, key)).toThrow(wrong);
    expect(decodePage({ after: cursor(['2026-01-01T00:00:00Z', 'x']) }, key).after).toHaveLength(2);
  });
});
