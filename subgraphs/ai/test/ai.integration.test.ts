import type { UserViewer } from '@hoerok/shared/auth';
import {
  minutesCreated,
  sectionChanged,
  sectionNoted,
  transcriptCreated,
  transcriptVerified,
} from '@hoerok/shared/contracts';
import { publishEvent, testViewer, until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataSource } from '../src/data-source.ts';
import {
  ALL,
  colleagueOf,
  type FoundItem,
  REVIEW,
  type Scene,
  startScene,
  transcriptFacts,
  type WholeMinutes,
} from './ai-scene.ts';
import type { HeldMeeting } from './neighbors.ts';

const ANALYZE = `mutation ($input: AnalyzeInput!) {
  analyzeTranscript(input: $input) { task { id kind status priority requestedBy { id } meeting { id } minutes { id } }
    userErrors { code message path } } }`;
interface Payload {
  task: { id: string; [field: string]: unknown } | null;
  userErrors: { code: string; path: string[] | null }[];
}

describe('the ai subgraph', () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await startScene();
  });
  afterAll(async () => {
    await scene[Symbol.asyncDispose]();
  });

  const run = async (
    viewer: UserViewer,
    field: string,
    document: string,
    variables: object,
  ): Promise<Payload> => {
    const answer = await scene.test.execute(viewer, document, variables);
    expect(answer.errors).toBeUndefined();
    return answer.data?.[field] as Payload;
  };
  const analyze = (viewer: UserViewer, input: object): Promise<Payload> =>
    run(viewer, 'analyzeTranscript', ANALYZE, { input });
  const rows = async (table: 'task' | 'minutes', meetingId: string): Promise<number> => {
    const dataSource = await createDataSource(scene.test.databaseUrl).initialize();
    const [row] = await dataSource.query<[{ n: number }]>(
      `SELECT count(*)::int AS n FROM ${table} WHERE meeting_id = $1`,
      [meetingId],
    );
    await dataSource.destroy();
    return row.n;
  };
  it('writes minutes of a new transcript whose every item quotes its source verbatim', async () => {
    const organizer = testViewer();
    const doyun = colleagueOf(organizer);
    const held = scene.hold('ko-dev-1', organizer, { users: { 박도윤: doyun } });
    await scene.publishImport(held);
    const minutes = (await scene.minutesOf(held, doyun, ALL)) as WholeMinutes;
    expect(minutes).toMatchObject({
      revision: 1,
      language: 'ko',
      provider: 'extractive',
      extractive: true,
      transcriptRevision: 1,
      outdated: false,
      overview:
        '3분, 발언자 4명. 주요 단어: 결제, 알림, 출시. 찾은 것: 가능한 결정 2건, 할 일 제안 4건, 미해결 질문 1건.',
      meeting: { id: held.id },
      transcript: { id: held.transcriptId },
      keywords: [{ text: '결제', weight: 1 }, { text: '알림' }, { text: '출시' }],
    });
    const texts = new Map(
      held.fixture.segments.map(({ id, text }) => [`${held.transcriptId}-${id}`.replaceAll('.', '-'), text]),
    );
    const items = [minutes.points, minutes.decisions, minutes.openQuestions, minutes.actionItems].flat();
    expect(items.length).toBeGreaterThan(10);
    for (const { evidence } of items) {
      expect(evidence.length).toBeGreaterThan(0);
      for (const { segment, quote, startChar, endChar } of evidence)
        expect(texts.get(segment.id)?.slice(startChar, endChar)).toBe(quote);
    }
    expect(
      minutes.actionItems.map(({ suggestedAssignee, assigneeName, dueText }) => [
        suggestedAssignee,
        assigneeName,
        dueText,
      ]),
    ).toEqual([
      [{ id: doyun.userId }, '박도윤', '다음 주 수요일까지'],
      [null, '이서연', '그 다음 날'],
      [null, '최지우', '이번 주 금요일까지'],
      [{ id: organizer.userId }, '김민준', '내일 오전까지'],
    ]);
  });

  it('tells of the task and of the minutes, and leads from the task to the minutes', async () => {
    const { organizer, held, minutes } = await scene.imported();
    const done = await until('the task is told to be done', () =>
      scene.snapshots(held.id).find(({ status }) => status === 'COMPLETED'),
    );
    expect(done).toMatchObject({ kind: 'MINUTES', progress: 1, watchers: [organizer.userId] });
    const told = scene.events.filter(({ type }) => type === minutesCreated.type);
    expect(
      told.map(({ payload }) => minutesCreated.schema.parse(payload)).filter(({ id }) => id === minutes.id),
    ).toEqual([
      expect.objectContaining({ transcriptRevision: 1, actionItemCount: 4, assigneeIds: [organizer.userId] }),
    ]);
    const { data } = await scene.test.execute(
      organizer,
      `query ($task: ID!, $meeting: ID!) {
        _entities(representations: [{ __typename: "Task", id: $task }, { __typename: "Task", id: "not-ours" },
          { __typename: "Meeting", id: $meeting }]) {
          ... on Task { minutes { id } } ... on Meeting { minutes { id } } } }`,
      { task: done.id, meeting: held.id },
    );
    const { id } = minutes;
    expect(data?.['_entities']).toEqual([{ minutes: { id } }, { minutes: null }, { minutes: { id } }]);
  });

  it('makes one task and one minutes of an event that is delivered twice and told twice', async () => {
    const organizer = testViewer();
    const held = scene.hold('ko-dev-2', organizer);
    await scene.publishImport(held, { id: held.id });
    await scene.publishImport(held, { id: held.id });
    await scene.publishImport(held);
    await scene.minutesOf(held, organizer);
    await publishEvent(scene.test.namespace, transcriptVerified, {
      workspaceId: held.workspaceId,
      aggregateId: held.transcriptId,
      payload: transcriptFacts(held),
    });
    const next = await analyze(organizer, { transcriptId: held.transcriptId });
    await until('the task behind all those events is done', () =>
      scene.snapshots(held.id).some(({ id, status }) => id === next.task?.id && status === 'COMPLETED'),
    );
    expect([await rows('task', held.id), await rows('minutes', held.id)]).toEqual([2, 2]);
  });

  it('calls minutes outdated once a speaker of the transcript got another name', async () => {
    const { organizer, held } = await scene.imported();
    held.transcriptRevision = 2;
    const { workspaceId, id: meetingId, transcriptId } = held;
    await publishEvent(scene.test.namespace, sectionNoted, {
      workspaceId,
      aggregateId: transcriptId,
      payload: {
        __typename: 'SectionUpdate',
        id: transcriptId,
        transcriptId,
        meetingId,
        revision: 2,
        transcriptRevision: 2,
        state: 'UNVERIFIED',
        change: 'SPEAKERS_CHANGED',
        section: null,
        transcript: { __typename: 'Transcript', id: transcriptId },
        actor: null,
      },
    });
    const outdated = async (): Promise<unknown> =>
      (await scene.minutesOf(held, organizer, 'outdated'))['outdated'];
    expect(await until('the minutes are outdated', outdated)).toBe(true);
  });

  it('calls minutes outdated once the transcript was edited, and makes new ones when that is verified', async () => {
    const { organizer, held } = await scene.imported();
    held.transcriptRevision = 2;
    const { workspaceId, id: meetingId, transcriptId } = held;
    await publishEvent(scene.test.namespace, sectionChanged, {
      workspaceId,
      aggregateId: 'section-1',
      payload: {
        __typename: 'TranscriptSection',
        id: 'section-1',
        transcriptId,
        meetingId,
        revision: 2,
        transcriptRevision: 2,
        state: 'UNVERIFIED',
        change: 'EDITED',
      },
    });
    const outdated = async (): Promise<unknown> =>
      (await scene.minutesOf(held, organizer, 'outdated'))['outdated'];
    expect(await until('the minutes are outdated', outdated)).toBe(true);
    await publishEvent(scene.test.namespace, transcriptVerified, {
      workspaceId,
      aggregateId: transcriptId,
      payload: transcriptFacts(held),
    });
    const newest = await until('there are newer minutes', async () => {
      const minutes = await scene.minutesOf(held, organizer, 'outdated transcriptRevision');
      return minutes['revision'] === 2 && minutes;
    });
    expect(newest).toMatchObject({ outdated: false, transcriptRevision: 2 });
  });

  it('shows minutes to those who see the meeting and to nobody else', async () => {
    const { organizer, held, minutes } = await scene.imported();
    const [{ id: itemId }] = minutes.actionItems as [FoundItem];
    const read = `query ($id: ID!, $ids: [ID!]!) { minutes(id: $id) { id }
      actionItems(ids: $ids) { id meeting { id } minutes { id } } }`;
    const see = async (viewer: UserViewer): Promise<unknown> =>
      (
        await scene.test.execute(viewer, read, {
          id: minutes.id,
          ids: ['none', itemId, minutes.decisions[0]?.id],
        })
      ).data;
    const item = { id: itemId, meeting: { id: held.id }, minutes: { id: minutes.id } };
    expect(await see(organizer)).toEqual({ minutes: { id: minutes.id }, actionItems: [null, item, null] });
    expect(await see({ ...colleagueOf(organizer), role: 'ADMIN' })).toEqual(await see(organizer));
    for (const other of [colleagueOf(organizer), testViewer({ role: 'ADMIN' })]) {
      expect(await see(other)).toEqual({ minutes: null, actionItems: [null, null, null] });
      expect(
        (await run(other, 'reviewItem', REVIEW, { itemId, review: 'ACCEPTED' })).userErrors,
      ).toMatchObject([{ code: 'NOT_FOUND' }]);
      const { userErrors } = await analyze(other, { transcriptId: held.transcriptId });
      expect(userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['transcriptId'] }]);
    }
    const anonymous = await scene.test.execute(null, REVIEW, { itemId, review: 'ACCEPTED' });
    expect(anonymous.errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('analyzes on demand a transcript it has not heard of, once for each clientMutationId', async () => {
    const organizer = testViewer();
    const held = scene.hold('mixed-dev-1', organizer);
    const input = { transcriptId: held.transcriptId, clientMutationId: 'once' };
    const first = await analyze(organizer, input);
    expect(first).toMatchObject({
      task: {
        kind: 'MINUTES',
        priority: 'HIGH',
        requestedBy: { id: organizer.userId },
        meeting: { id: held.id },
      },
      userErrors: [],
    });
    expect((await analyze(organizer, input)).task?.id).toBe(first.task?.id);
    expect(await scene.minutesOf(held, organizer, 'language')).toMatchObject({
      revision: 1,
      language: 'mul',
    });
  });

  it('refuses to analyze in a language that is none and accepts no task', async () => {
    const { organizer, held } = await scene.imported();
    const { task, userErrors } = await analyze(organizer, {
      transcriptId: held.transcriptId,
      language: 'KOREAN!',
    });
    expect([task, userErrors]).toMatchObject([null, [{ code: 'BAD_INPUT', path: ['language'] }]]);
    expect(await rows('task', held.id)).toBe(1);
  });

  it('tries again later when the gateway is down, and completes then', async () => {
    const organizer = testViewer();
    const held = scene.hold('ko-dev-2', organizer);
    const { workspaceId, transcriptId } = held;
    scene.neighbors.failures = 2;
    await publishEvent(scene.test.namespace, transcriptCreated, {
      workspaceId,
      aggregateId: transcriptId,
      payload: transcriptFacts(held),
    });
    const done = await until('the task is done', () =>
      scene.snapshots(held.id).find(({ status }) => status === 'COMPLETED'),
    );
    expect(done.attempt).toBe(3);
    expect(scene.snapshots(held.id)).toContainEqual(
      expect.objectContaining({
        status: 'PENDING',
        attempt: 1,
        nextAttemptAt: expect.any(String) as string,
        error: expect.objectContaining({ code: 'UNAVAILABLE', retryable: true }) as object,
      }),
    );
    expect(await scene.minutesOf(held, organizer)).toMatchObject({ revision: 1 });
  });

  it('gives up for good on a transcript that is not there', async () => {
    const organizer = testViewer();
    const held = scene.hold('ko-dev-2', organizer);
    scene.neighbors.meetings.pop();
    await scene.publishImport(held);
    const failed = await until('the task has failed', () =>
      scene.snapshots(held.id).find(({ status }) => status === 'FAILED'),
    );
    expect(failed).toMatchObject({ attempt: 1, error: { code: 'NOT_FOUND', retryable: false } });
  });

  it('renders the minutes of a Korean meeting as a document', async () => {
    const { organizer, held } = await scene.imported();
    const { markdown } = (await scene.minutesOf(held, organizer, 'markdown')) as unknown as {
      markdown: string;
    };
    expect(markdown.split('\n').filter((line) => line.startsWith('#'))).toEqual([
      '# 모바일 앱 2.0 출시 준비 회의',
      '## 핵심 발언',
      '## 가능한 결정',
      '## 제안된 할 일',
      '## 제안된 일정',
      '## 미해결 질문',
    ]);
    expect(markdown).toContain('2026-03-04 10:00 (Asia/Seoul) · 개정 1\n');
    expect(markdown).toContain('(02:18, 02:26) · **김민준** · 2026-03-05 12:00\n');
    expect(markdown).toContain('(00:53) · **박도윤** · 2026-03-11\n');
  });

  it('asks as many queries for the minutes of four meetings as for those of one', async () => {
    const organizer = testViewer();
    const meetings = Array.from({ length: 4 }, () => scene.hold('ko-dev-1', organizer));
    for (const held of meetings) await scene.publishImport(held);
    for (const held of meetings) await scene.minutesOf(held, organizer);
    const document = `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on Meeting { minutes { ${ALL} markdown } } } }`;
    const count = async (some: readonly HeldMeeting[]): Promise<number> => {
      const representations = some.map(({ id }) => ({ __typename: 'Meeting', id }));
      const reads =
        /FROM "?(minutes|minutes_item|evidence|keyword|transcript_ref|edited_segment|meeting_access)"? /;
      const queries = await scene.queriesDuring(reads, async () => {
        const { data, errors } = await scene.test.execute(organizer, document, { representations });
        expect(errors).toBeUndefined();
        expect(data?.['_entities']).toHaveLength(some.length);
      });
      return queries.length;
    };
    // Who may see the meetings is remembered from the first time on.
    await count(meetings);
    const one = await count(meetings.slice(0, 1));
    expect([one, await count(meetings)]).toEqual([6, 6]);
  });

  it('refuses a request without the signature of the gateway', async () => {
    const response = await fetch(`${scene.test.service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ minutes(id: "x") { id } }' }),
    });
    expect(response.status).toBe(401);
  });

  it('has no difference between its entities and its migrations', async () => {
    const dataSource = await createDataSource(scene.test.databaseUrl).initialize();
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    await dataSource.destroy();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });
});
