import { setImmediate as turn } from 'node:timers/promises';
import pg from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { acrossWorkspaces, createDataSource, inWorkspace } from '../src/database/index.ts';
import { createTestDatabase } from '../src/testing/index.ts';

const opened = new AsyncDisposableStack();
let database: DataSource;
const open = (url: string, poolSize: number): DataSource =>
  createDataSource({ url, entities: [], migrations: [], poolSize });

const insert = (workspaceId: string): string =>
  `INSERT INTO audit_record (actor, workspace_id, action, object_ids, outcome)
   VALUES ('user:1', '${workspaceId}', 'share', '{}', 'DONE')`;

async function workspacesSeen(tx: Pick<EntityManager, 'query'>): Promise<string[]> {
  const rows: { workspace_id: string }[] = await tx.query(
    'SELECT DISTINCT workspace_id FROM audit_record ORDER BY 1',
  );
  return rows.map((row) => row.workspace_id);
}

/** One connection, whose workspace therefore changes with each caller. */
let single: DataSource;

beforeAll(async () => {
  const test = opened.use(await createTestDatabase((url) => open(url, 2)));
  database = await open(test.serviceUrl, 2).initialize();
  opened.defer(() => database.destroy());
  single = await open(test.serviceUrl, 1).initialize();
  opened.defer(() => single.destroy());
  for (const workspaceId of ['a', 'b']) await database.query(insert(workspaceId));
}, 60_000);

afterAll(() => opened.disposeAsync());

describe('C11: what a connection shows', () => {
  it('is every workspace for a process at work, one in a request, and none for nobody', async () => {
    expect(await workspacesSeen(single)).toEqual(['a', 'b']);
    expect(await inWorkspace('a', () => workspacesSeen(single))).toEqual(['a']);
    expect(await inWorkspace('b', () => workspacesSeen(single))).toEqual(['b']);
    expect(await inWorkspace(null, () => workspacesSeen(single))).toEqual([]);
    expect(await inWorkspace('*', () => workspacesSeen(single))).toEqual([]);
    expect(await inWorkspace(null, () => acrossWorkspaces(() => workspacesSeen(single)))).toEqual(['a', 'b']);
  });

  it('refuses rows of another workspace, and changes none of them', async () => {
    await expect(inWorkspace('a', () => single.query(insert('b')))).rejects.toThrow(/row-level security/);
    await expect(inWorkspace(null, () => single.query(insert('a')))).rejects.toThrow(/row-level security/);
    const [, changed] = (await inWorkspace('a', () =>
      single.query(`DELETE FROM audit_record WHERE workspace_id = 'b'`),
    )) as [unknown, number];
    expect(changed).toBe(0);
    expect(await workspacesSeen(single)).toEqual(['a', 'b']);
  });

  it('changes with the caller inside of one transaction', async () => {
    await inWorkspace('a', () =>
      single.transaction(async (tx) => {
        expect(await workspacesSeen(tx)).toEqual(['a']);
        expect(await acrossWorkspaces(() => workspacesSeen(tx))).toEqual(['a', 'b']);
        expect(await workspacesSeen(tx)).toEqual(['a']);
      }),
    );
    expect(await workspacesSeen(single)).toEqual(['a', 'b']);
  });

  it('is right after a rollback has undone what the connection was told', async () => {
    const failing = single.transaction(async (tx) => {
      await inWorkspace('a', () => workspacesSeen(tx));
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect(await inWorkspace('a', () => workspacesSeen(single))).toEqual(['a']);
    expect(await workspacesSeen(single)).toEqual(['a', 'b']);
  });

  it('is right after a rollback to a savepoint', async () => {
    await inWorkspace('a', () =>
      single.transaction(async (outer) => {
        await workspacesSeen(outer);
        const inner = outer.transaction(async (tx) => {
          expect(await inWorkspace('b', () => workspacesSeen(tx))).toEqual(['b']);
          throw new Error('back to the savepoint');
        });
        await expect(inner).rejects.toThrow('back to the savepoint');
        expect(await workspacesSeen(outer)).toEqual(['a']);
        expect(await inWorkspace('b', () => workspacesSeen(outer))).toEqual(['b']);
      }),
    );
    expect(await inWorkspace('a', () => workspacesSeen(single))).toEqual(['a']);
  });

  it('is right after a transaction that was aborted and committed all the same', async () => {
    const runner = single.createQueryRunner();
    await inWorkspace('a', () => runner.query('START TRANSACTION'));
    await inWorkspace('b', () => workspacesSeen(runner));
    await expect(runner.query('SELECT 1 / 0')).rejects.toThrow(/division by zero/);
    // Nothing can be told to a connection in this state: what another workspace asks is not answered, and not by rows of b.
    await expect(inWorkspace('a', () => workspacesSeen(runner))).rejects.toThrow(/could not be told/);
    await inWorkspace('a', () => runner.query('COMMIT'));
    expect(await inWorkspace('b', () => workspacesSeen(runner))).toEqual(['b']);
    expect(await inWorkspace('a', () => workspacesSeen(runner))).toEqual(['a']);
    await runner.release();
  });

  it("is each caller's own among a thousand queries of two workspaces over two connections", async () => {
    const foreign: string[][] = [];
    const ask = async (place: number): Promise<void> => {
      const own = place % 2 === 0 ? 'a' : 'b';
      if (place % 3 === 0) await turn();
      const seen = await inWorkspace(own, () =>
        place % 5 === 0 ? inTransaction(place) : workspacesSeen(database),
      );
      if (seen.join() !== own) foreign.push(seen);
    };
    const inTransaction = (place: number): Promise<string[]> =>
      database
        .transaction((tx) => workspacesSeen(tx))
        .then((seen) => {
          if (place % 15 === 0)
            return database.transaction(() => Promise.reject(new Error('back'))).catch(() => seen);
          return seen;
        });
    await Promise.all(Array.from({ length: 1_000 }, (_, place) => ask(place)));
    expect(foreign).toEqual([]);
  });
});

describe('C11: the forms of a statement', () => {
  let client: pg.Client;

  beforeEach(async () => {
    const runner = single.createQueryRunner();
    client = (await runner.connect()) as pg.Client;
    await runner.release();
  });

  const SEEN = 'SELECT DISTINCT workspace_id FROM audit_record WHERE workspace_id <> $1 ORDER BY 1';

  it('are bound each: text, named, callback, submitted', async () => {
    const seen = await inWorkspace('a', async () => [
      (await client.query(SEEN, [''])).rows,
      (await client.query({ text: SEEN, values: [''] })).rows,
      (await client.query({ name: 'seen', text: SEEN, values: [''] })).rows,
      await new Promise((resolve, reject) =>
        client.query(SEEN, [''], (error, result) => (error ? reject(error) : resolve(result.rows))),
      ),
      await new Promise((resolve, reject) => {
        const query = new pg.Query<{ workspace_id: string }>(SEEN, ['']);
        const rows: unknown[] = [];
        query.on('row', (row) => rows.push(row));
        query.on('end', () => resolve(rows));
        query.on('error', reject);
        client.query(query);
      }),
    ]);
    expect(seen).toEqual(Array.from({ length: 5 }, () => [{ workspace_id: 'a' }]));
  });

  it('are refused while PostgreSQL cannot be told the workspace, and work again afterwards', async () => {
    await inWorkspace('a', () => client.query('SELECT 1'));
    // No text of PostgreSQL holds a NUL: it refuses the setting, and would not the query.
    const refused = inWorkspace('b\0', () => client.query(SEEN, ['']));
    await expect(refused).rejects.toThrow(/could not be told/);
    expect((await inWorkspace('a', () => client.query(SEEN, ['']))).rows).toEqual([{ workspace_id: 'a' }]);
    expect((await inWorkspace('b', () => client.query(SEEN, ['']))).rows).toEqual([{ workspace_id: 'b' }]);
  });
});
