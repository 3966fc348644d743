import { meetingUpdated } from '@hoerok/shared/contracts';
import { inWorkspace } from '@hoerok/shared/database';
import { findHits, parseSearch } from '@hoerok/shared/search';
import { publishEvent, requestDeletionStep, testViewer, until } from '@hoerok/shared/testing';
import type { DataSource, EntityManager } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataSource } from '../src/data-source.ts';
import { searchedSegments } from '../src/repositories/segment-search.ts';
import { startTranscripts, type TestTranscripts } from './transcripts-service.ts';

const SEARCH = `query ($text: String!, $first: Int, $after: String, $filter: TranscriptSearchFilter) {
  searchTranscripts(text: $text, first: $first, after: $after, filter: $filter) {
    totalCount pageInfo { hasNextPage endCursor }
    edges { node { score highlights { startChar endChar } segment { text speaker { id label } section { id } } } } } }`;
const SEGMENTS = `query ($id: ID!, $text: String) { transcript(id: $id) { segments(first: 50, text: $text) {
  totalCount edges { node { text } } } } }`;

interface Found {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly edges: readonly {
    readonly node: {
      readonly score: number;
      readonly highlights: readonly { readonly startChar: number; readonly endChar: number }[];
      readonly segment: { readonly text: string; readonly speaker: { id: string; label: string } | null };
    };
  }[];
}

const captionsOf = (lines: readonly string[]): string =>
  `WEBVTT\n\n${lines.map((line, n) => `00:${String(n).padStart(2, '0')}:00.000 --> 00:${String(n).padStart(2, '0')}:04.000\n${line}\n`).join('\n')}`;

describe('the search in transcripts', () => {
  let scene: TestTranscripts;
  beforeAll(async () => {
    scene = await startTranscripts();
  });
  afterAll(async () => {
    await scene[Symbol.asyncDispose]();
  });

  const find = (viewer: ReturnType<typeof testViewer>, text: string, extra: object = {}): Promise<Found> =>
    scene.run<Found>(viewer, SEARCH, { text, ...extra });
  const texts = async (...asked: Parameters<typeof find>): Promise<string[]> =>
    (await find(...asked)).edges.map(({ node }) => node.segment.text);
  const LINES = [
    '<v Dana Lee>We ship the billing migration on Friday.</v>',
    '<v 김민준>회의록을 금요일까지 보내겠습니다.</v>',
    '<v Dana Lee>The migrations were planned; the plan stands.</v>',
    '<v 김민준>API 서버는 제가 점검할게요.</v>',
  ];

  it('finds English words in any form and Korean words with any particle, and says where', async () => {
    const viewer = testViewer();
    const meeting = await scene.hold(viewer);
    await scene.importCaptions(viewer, meeting.id, captionsOf(LINES));
    expect(await texts(viewer, 'migrating')).toHaveLength(2);
    expect(await texts(viewer, 'the -friday migration')).toEqual([
      'The migrations were planned; the plan stands.',
    ]);
    expect(await texts(viewer, '"plan stands"')).toHaveLength(1);
    expect(await texts(viewer, '서버 api')).toEqual(['API 서버는 제가 점검할게요.']);
    const { edges, totalCount } = await find(viewer, '회의록');
    expect(totalCount).toBe(1);
    const [{ node } = expect.fail('nothing was found')] = edges;
    expect(node).toMatchObject({ segment: { speaker: { label: '김민준' } } });
    expect(node.highlights.map((at) => node.segment.text.slice(at.startChar, at.endChar))).toEqual([
      '회의록',
    ]);
  });

  it('shows only what the viewer may see', async () => {
    const viewer = testViewer();
    const { workspaceId } = viewer;
    const [stranger, manager, elsewhere] = [
      testViewer({ workspaceId }),
      testViewer({ workspaceId, role: 'MANAGER' }),
      testViewer({ role: 'ADMIN' }),
    ];
    const meeting = await scene.hold(viewer);
    await scene.importCaptions(viewer, meeting.id, captionsOf(LINES));
    const counts = async (): Promise<number[]> =>
      await Promise.all(
        [viewer, stranger, manager, elsewhere].map(async (who) => (await find(who, '회의록')).totalCount),
      );
    expect(await counts()).toEqual([1, 0, 1, 0]);
    const shares = [{ userId: stranger.userId, access: 'READ' as const, expiresAt: null }];
    await publishEvent(scene.test.namespace, meetingUpdated, {
      workspaceId,
      aggregateId: meeting.id,
      payload: { ...meeting, revision: 2, shares },
    });
    await until('the share counts', async () => (await counts())[1] === 1);
    const step = { name: 'transcripts', namespace: scene.test.namespace, database: scene.database };
    await requestDeletionStep(step, 'hide', { workspaceId, meetingId: meeting.id });
    expect(await counts()).toEqual([0, 0, 0, 0]);
  });

  it('narrows by meeting, speaker and time, and leaves transcripts out that were replaced', async () => {
    const viewer = testViewer();
    const [old, young] = [
      await scene.hold(viewer, { startedAt: '2026-01-01T00:00:00.000Z' }),
      await scene.hold(viewer, { startedAt: '2026-02-01T00:00:00.000Z' }),
    ];
    for (const { id } of [old, young, young]) await scene.importCaptions(viewer, id, captionsOf(LINES));
    const { totalCount, edges } = await find(viewer, 'migration');
    expect(totalCount).toBe(4);
    const count = async (filter: object): Promise<number> =>
      (await find(viewer, 'migration', { filter })).totalCount;
    expect(await count({ meetingId: old.id })).toBe(2);
    expect(await count({ from: '2026-01-15T00:00:00Z' })).toBe(2);
    expect(await count({ to: '2026-01-15T00:00:00Z', meetingId: young.id })).toBe(0);
    expect(await count({ speakerId: edges[0]?.node.segment.speaker?.id })).toBe(2);
    expect(await count({ speakerId: 'nobody' })).toBe(0);
  });

  it('goes page by page through all hits, the best first', async () => {
    const viewer = testViewer();
    const meeting = await scene.hold(viewer);
    const lines = Array.from({ length: 9 }, (_, n) => `Line ${n} ${'budget '.repeat(1 + (n % 3))}`);
    await scene.importCaptions(viewer, meeting.id, captionsOf(lines));
    const seen: Found['edges'][number]['node'][] = [];
    for (let after: string | null = null, more = true; more; ) {
      const page: Found = await find(viewer, 'budget', { first: 4, after });
      seen.push(...page.edges.map(({ node }) => node));
      ({ endCursor: after, hasNextPage: more } = page.pageInfo);
    }
    expect(new Set(seen.map(({ segment }) => segment.text)).size).toBe(9);
    const scores = seen.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });

  it('filters the segments of one transcript by the same words, and by parts of words as before', async () => {
    const viewer = testViewer();
    const meeting = await scene.hold(viewer);
    const { transcript } = await scene.importCaptions(viewer, meeting.id, captionsOf(LINES));
    const count = async (text: string): Promise<number> => {
      const found = await scene.run<{ segments: { totalCount: number } }>(viewer, SEGMENTS, {
        id: transcript?.id,
        text,
      });
      return found.segments.totalCount;
    };
    expect(await count('planning')).toBe(1);
    expect(await count('igra')).toBe(2);
    expect(await count('점검')).toBe(1);
    expect(await count('%')).toBe(0);
  });

  it.each(['', ' -not', 'x'.repeat(201), '"'])('refuses %j with the path of the argument', async (text) => {
    const { errors } = await scene.test.execute(testViewer(), SEARCH, { text });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_INPUT', path: ['text'] });
  });

  it('finds the new text of a segment that was edited', async () => {
    const viewer = testViewer();
    const meeting = await scene.hold(viewer);
    await scene.importCaptions(viewer, meeting.id, captionsOf(LINES));
    await scene.database.query(
      `UPDATE segment SET text = '수정된 문장' WHERE workspace_id = $1 AND text LIKE 'API%'`,
      [viewer.workspaceId],
    );
    expect(await texts(viewer, '수정')).toHaveLength(1);
    expect(await texts(viewer, '점검')).toHaveLength(0);
  });

  it('finds by the index among a hundred thousand segments', async () => {
    const viewer = testViewer();
    const meeting = await scene.hold(viewer);
    const { transcript } = await scene.importCaptions(viewer, meeting.id, captionsOf(LINES));
    const database = await createDataSource(scene.test.databaseUrl).initialize();
    // Twenty statements: none may take longer than a request.
    for (let from = 1; from <= 100_000; from += 5_000)
      await database.query(
        `INSERT INTO segment (id, workspace_id, transcript_id, section_id, seq, start_ms, end_ms, text, revision)
       SELECT gen_random_uuid(), s.workspace_id, s.transcript_id, s.section_id, 1000 + n, n, n + 1,
         'Sentence ' || n || ' of a long meeting ' || chr(44032 + n % 11172) || chr(44032 + n % 7919) || '를', 1
       FROM generate_series($2::int, $2::int + 4999) n, (SELECT * FROM segment WHERE transcript_id = $1 LIMIT 1) s`,
        [transcript?.id, from],
      );
    await database.query('ANALYZE segment');
    // By the role that row-level security holds: below a policy the index cannot be used.
    const service = await createDataSource(scene.test.serviceDatabaseUrl).initialize();
    for (const query of ['회의록', '"billing migration"', 'sentence 77']) {
      const plan = await inWorkspace(viewer.workspaceId, () => explain(service, viewer.workspaceId, query));
      expect(plan).toContain('Bitmap Index Scan on segment_search');
      expect(plan).not.toContain('Seq Scan on segment');
    }
    await service.destroy();
    await database.destroy();
    expect(await texts(viewer, '회의록')).toHaveLength(1);
  });
});

/** The plan of the search that the service runs. */
async function explain(database: DataSource, workspaceId: string, query: string): Promise<string> {
  const asked: unknown[] = [];
  const recording = { query: async (sql: string, parameters: unknown[]) => asked.push([sql, parameters]) };
  const viewer = testViewer({ workspaceId, role: 'ADMIN' });
  const rows = { ...searchedSegments(viewer, {}), page: { limit: 20, after: undefined } };
  await findHits(recording as unknown as EntityManager, parseSearch(query), rows);
  const [[sql, parameters] = expect.fail('nothing was asked')] = asked as [string, unknown[]][];
  const plan: { 'QUERY PLAN': string }[] = await database.query(`EXPLAIN ${sql}`, parameters);
  return plan.map((line) => line['QUERY PLAN']).join('\n');
}
