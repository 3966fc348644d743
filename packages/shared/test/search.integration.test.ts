import { createTestDatabase, type TestDatabase } from '@hoerok/shared/testing';
import { createDataSource } from '@hoerok/shared/database';
import {
  addSearch,
  countHits,
  CreateSearch1700000000007,
  findHits,
  highlightAll,
  type ParsedSearch,
  parseSearch,
} from '@hoerok/shared/search';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

class CreateNotes1763700000001 implements MigrationInterface {
  readonly name = 'CreateNotes1763700000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE note (id text PRIMARY KEY, workspace_id text NOT NULL, title text NOT NULL, body text);
      INSERT INTO note VALUES ('000', 'w', 'written before the search was there', NULL);
    `);
    await addSearch(runner, { table: 'note', columns: ['title', 'body'] });
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

const connect = (url: string): DataSource =>
  createDataSource({ url, entities: [], migrations: [CreateSearch1700000000007, CreateNotes1763700000001] });

/** Null for what is refused as nothing to find. */
function tryParse(text: string): ParsedSearch | null {
  try {
    return parseSearch(text);
  } catch {
    return null;
  }
}

describe('full-text search', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let workspace = 0;

  beforeAll(async () => {
    database = await createTestDatabase(connect);
    dataSource = await connect(database.url).initialize();
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database[Symbol.asyncDispose]();
  });

  const write = (workspaceId: string, texts: readonly string[]): Promise<unknown> =>
    dataSource.query(
      `INSERT INTO note (id, workspace_id, title)
       SELECT to_char(place, 'FM0000'), $1, text FROM unnest($2::text[]) WITH ORDINALITY AS t(text, place)
       ON CONFLICT (id) DO UPDATE SET workspace_id = excluded.workspace_id, title = excluded.title`,
      [workspaceId, texts],
    );
  const rowsOf = (workspaceId: string): Parameters<typeof countHits>[2] => {
    return { workspaceId, from: 'note s', where: [], parameters: [] };
  };
  /** The texts that a search finds, the best first. */
  const find = async (query: string, texts: readonly string[]): Promise<string[]> => {
    const workspaceId = `w'\\${(workspace += 1)}`;
    await write(workspaceId, texts);
    const page = { limit: 20, after: undefined };
    const hits = await findHits(dataSource.manager, parseSearch(query), { ...rowsOf(workspaceId), page });
    return hits.map(({ id }) => texts[Number(id) - 1] ?? '?');
  };

  it.each([
    ['회의록', ['어제 회의록을 보냈다', '정기회의록', '회의 기록'], 2],
    ['회의', ['회의를 시작합니다', '주간회의', '의회'], 2],
    ['돈', ['돈이 없다', '용돈', '내 돈', '도움'], 3],
    ['plan', ['planning ahead', 'the plans', 'plane'], 2],
    ['the budget', ['budget only', 'the end'], 1],
    ['API 서버', ['API를 서버에 올린다', 'api 문서', '서버'], 1],
    ['"release plan"', ['our release plans', 'plan the release', 'release of the plan'], 1],
    ['"주간 회의"', ['주간 회의를 연다', '주간에 회의', '회의 주간'], 1],
    ['"API를 서버"', ['API를 서버에', 'API 서버'], 1],
    ['plan -draft', ['plan', 'draft plan'], 1],
    ['plan -"first draft"', ['plan, draft first', 'plan of the first draft'], 1],
    ['회의 -취소', ['회의 취소됨', '회의 확정'], 1],
    ['e-mail', ['e-mail me', 'e mail me', 'mail'], 2],
    ['v3.5', ['ship v3.5 now', 'v3 5', '3.5'], 2],
    ['3월', ['3월에', '13월', '3 월요일', '3일'], 2],
    ['<b>bold</b>', ['b bold b', 'bold'], 1],
    ['dana@hoerok.example', ['write to dana@hoerok.example.', 'dana'], 1],
  ])('finds with %s in %j so many: %i', async (query, texts, count) => {
    expect(await find(query, texts)).toHaveLength(count);
  });

  it.each(["a' & !b | (c:*)", "'); DROP TABLE note; --", 'x\\', "'''", 'the', ':*', '한:*', '!', '<->'])(
    'takes %s as nothing but words',
    async (query) => {
      let refused = false;
      await find(query, ['a b c']).catch((error: unknown) => {
        refused = (error as { code?: string }).code === 'BAD_INPUT';
        if (!refused) throw error;
      });
      expect(await find('plan', ['plan'])).toHaveLength(1);
    },
  );

  it('takes whatever people may type, and marks in a text what it finds there', async () => {
    const parts = [
      'plan',
      '회의',
      '을',
      '돈',
      '"',
      '-',
      "'",
      '\\',
      '&',
      '!',
      '|',
      '(',
      ')',
      ':*',
      '<->',
      ' ',
      '\t',
      'É',
      '日本',
      '🎉',
      '%',
    ];
    let seed = 7;
    const next = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
    const make = (): string => Array.from({ length: 1 + next(12) }, () => parts[next(parts.length)]).join('');
    for (let round = 0; round < 1_000; round += 1) {
      const [query, text] = [make(), `${make()} ${make()}`];
      const search = tryParse(query);
      if (search === null) continue;
      const [row] = (await dataSource.query(
        `SELECT search_vector('w', $1) @@ search_query($2::jsonb) IS TRUE AS found,
           numnode(search_query($2::jsonb)) AS terms`,
        [text, search.json],
      )) as { found: boolean; terms: number | null }[];
      const [marks] = await highlightAll(dataSource.manager, search, [text]);
      if (row?.found === true) expect({ query, text, marks }).not.toMatchObject({ marks: [] });
      // One word or phrase is found exactly where it can be marked.
      if (search.terms.length === 1)
        expect({ query, text, found: row?.found }).toEqual({ query, text, found: (marks ?? []).length > 0 });
      for (const { startChar, endChar } of marks ?? []) expect(text.slice(startChar, endChar)).not.toBe('');
    }
  });

  it('orders by how close and how often the words stand, and equal ones from the newest', async () => {
    const texts = ['plan b', 'plan plan plan', 'plan a'];
    expect(await find('plan', texts)).toEqual(['plan plan plan', 'plan a', 'plan b']);
  });

  it('goes on where a page ended, and counts all', async () => {
    await write(
      'w-pages',
      Array.from({ length: 7 }, (_, n) => `plan ${'plan '.repeat(n % 3)}`),
    );
    const search = parseSearch('plan');
    const rows = rowsOf('w-pages');
    const seen: string[] = [];
    for (let after: string[] | undefined; seen.length < 7; ) {
      const hits = await findHits(dataSource.manager, search, { ...rows, page: { limit: 2, after } });
      const shown = hits.slice(0, 2);
      seen.push(...shown.map(({ id }) => id));
      const last = shown.at(-1);
      after = [String(last?.score), last?.id ?? ''];
    }
    expect(new Set(seen).size).toBe(7);
    expect(await countHits(dataSource.manager, search, rows)).toBe(7);
  });

  it('finds what was there before, and the new text of what has changed', async () => {
    const page = { limit: 20, after: undefined };
    const found = async (query: string, workspaceId: string): Promise<string[]> => {
      const hits = await findHits(dataSource.manager, parseSearch(query), { ...rowsOf(workspaceId), page });
      return hits.map(({ id }) => id);
    };
    expect(await found('"before the search"', 'w')).toEqual(['000']);
    await dataSource.query(`UPDATE note SET body = '새로운 본문' WHERE id = '000'`);
    expect(await found('written 본문', 'w')).toEqual(['000']);
    expect(await found('본문', 'elsewhere')).toEqual([]);
  });

  it('counts the places of what was found in the text itself, by the stems of the database', async () => {
    const texts = ['We were planning; 회의록을 보냈다.', 'nothing here'];
    const [first, second] = await highlightAll(dataSource.manager, parseSearch('plans 회의록 the'), texts);
    expect(first?.map(({ startChar, endChar }) => texts[0]?.slice(startChar, endChar))).toEqual([
      'planning',
      '회의록',
    ]);
    expect(second).toEqual([]);
  });

  it('indexes a text as long as any', async () => {
    const long = Array.from({ length: 60_000 }, (_, n) =>
      String.fromCodePoint(0xac00 + ((n * 7_919) % 11_172)),
    ).join('');
    expect(await find(long.slice(0, 5), [long])).toHaveLength(1);
    expect(await find('x'.repeat(100), ['x'.repeat(100_000)])).toEqual([]);
  });
});
