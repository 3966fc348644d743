import type { UserViewer } from '@hoerok/shared/auth';
import {
  minutesWithdrawn,
  taskCancelRequested,
  taskChanged,
  type TaskSnapshot,
} from '@hoerok/shared/contracts';
import { publishEvent, testViewer, until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataSource } from '../src/data-source.ts';
import { colleagueOf, REVIEW, type Scene, startScene } from './ai-scene.ts';
import type { HeldMeeting } from './neighbors.ts';

const ANALYZE = `mutation ($input: AnalyzeMeetingsInput!) {
  analyzeMeetings(input: $input) { task { id kind status meeting { id } requestedBy { id } } userErrors { code message path } } }`;
const ANALYSES = `query ($tasks: [_Any!]!) { _entities(representations: $tasks) { ... on Task {
  analyses { status meeting { id } task { id kind priority error { code } } minutes { id revision actionItems { id } } } } } }`;

interface Payload {
  readonly task: { readonly id: string; readonly [field: string]: unknown } | null;
  readonly userErrors: readonly { code: string; path: string[] | null }[];
}
interface Analysis {
  readonly status: string;
  readonly meeting: { readonly id: string };
  readonly task: { readonly id: string; readonly [field: string]: unknown } | null;
  readonly minutes: { readonly id: string; readonly actionItems: readonly { id: string }[] } | null;
}

describe('the analysis of many meetings', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene();
  });
  afterAll(async () => {
    await scene[Symbol.asyncDispose]();
  });

  const hold = (organizer: UserViewer, count: number): HeldMeeting[] =>
    Array.from({ length: count }, () => scene.hold('ko-dev-2', organizer));
  const idsOf = (meetings: readonly HeldMeeting[]): string[] => meetings.map(({ id }) => id);
  const analyze = async (viewer: UserViewer, input: object): Promise<Payload> => {
    const answer = await scene.test.execute(viewer, ANALYZE, { input });
    expect(answer.errors).toBeUndefined();
    return answer.data?.['analyzeMeetings'] as Payload;
  };
  const analysesOf = async (viewer: UserViewer, ...ids: string[]): Promise<Analysis[]> => {
    const tasks = ids.map((id) => ({ __typename: 'Task', id }));
    const { data, errors } = await scene.test.execute(viewer, ANALYSES, { tasks });
    expect(errors).toBeUndefined();
    const entities = (data?.['_entities'] ?? []) as { analyses: Analysis[] }[];
    return entities.flatMap(({ analyses }) => analyses);
  };
  const toldOf = (taskId: string): TaskSnapshot[] =>
    scene.events
      .filter(({ type }) => type === taskChanged('ai').type)
      .map(({ payload }) => payload as TaskSnapshot)
      .filter(({ id }) => id === taskId);
  const ended = async (taskId: string): Promise<TaskSnapshot> =>
    await until(
      'the bulk task has ended',
      () => toldOf(taskId).find(({ finishedAt }) => finishedAt !== null),
      {
        deadlineMs: 30_000,
      },
    );
  const storedTasks = async (viewer: UserViewer): Promise<number> => {
    const dataSource = await createDataSource(scene.test.databaseUrl).initialize();
    const [row] = await dataSource.query<[{ n: number }]>(
      'SELECT count(*)::int AS n FROM task WHERE workspace_id = $1',
      [viewer.workspaceId],
    );
    await dataSource.destroy();
    return row.n;
  };

  it('writes minutes of every meeting in the low lane as one task that counts them', async () => {
    const organizer = testViewer();
    const meetings = hold(organizer, 3);
    const { task, userErrors } = await analyze(organizer, { meetingIds: idsOf(meetings) });
    expect(userErrors).toEqual([]);
    expect(task).toMatchObject({
      kind: 'BULK_MINUTES',
      status: 'PROCESSING',
      meeting: null,
      requestedBy: { id: organizer.userId },
    });
    const id = task?.id ?? '';
    expect(await ended(id)).toMatchObject({ status: 'COMPLETED', progress: 1 });
    const stages = new Set(toldOf(id).map(({ stage }) => stage));
    expect([...stages]).toEqual(expect.arrayContaining(['analyzing 0/3', 'analyzing 1/3', 'analyzing 2/3']));
    const analyses = await analysesOf(organizer, id);
    expect(analyses.map(({ meeting }) => meeting.id)).toEqual(idsOf(meetings));
    for (const analysis of analyses)
      expect(analysis).toMatchObject({
        status: 'COMPLETED',
        task: { kind: 'MINUTES', priority: 'LOW', error: null },
        minutes: { revision: 1 },
      });
  });

  it('goes on when a meeting fails, and says which and why', async () => {
    const organizer = testViewer();
    const meetings = hold(organizer, 3);
    const gone = meetings[1]?.transcriptId;
    scene.neighbors.beforeReading = async (transcriptId) => {
      if (transcriptId !== gone) return;
      const index = scene.neighbors.meetings.findIndex((held) => held.transcriptId === gone);
      if (index !== -1) scene.neighbors.meetings.splice(index, 1);
    };
    const { task } = await analyze(organizer, { meetingIds: idsOf(meetings) });
    expect(await ended(task?.id ?? '')).toMatchObject({ status: 'COMPLETED', progress: 1 });
    scene.neighbors.beforeReading = async () => undefined;
    const analyses = await analysesOf(organizer, task?.id ?? '');
    expect(analyses.map(({ status }) => status)).toEqual(['COMPLETED', 'FAILED', 'COMPLETED']);
    expect(analyses[1]).toMatchObject({ task: { error: { code: 'NOT_FOUND' } }, minutes: null });
  });

  it('names every meeting that stands in the way, and accepts nothing', async () => {
    const organizer = testViewer();
    const [first, second] = hold(organizer, 2) as [HeldMeeting, HeldMeeting];
    const [foreign] = hold(testViewer(), 1) as [HeldMeeting];
    const untranscribed = { ...second, id: `${second.id}-x`, transcriptId: '' };
    scene.neighbors.meetings.push(untranscribed);
    const { task, userErrors } = await analyze(organizer, {
      meetingIds: [first.id, foreign.id, 'm-none', untranscribed.id],
    });
    expect(task).toBeNull();
    expect(userErrors).toMatchObject([
      { code: 'NOT_FOUND', path: ['meetingIds', '1'] },
      { code: 'NOT_FOUND', path: ['meetingIds', '2'] },
      { code: 'WRONG_STATE', path: ['meetingIds', '3'] },
    ]);
    const wrong: [object, string[]][] = [
      [{ meetingIds: [] }, ['meetingIds']],
      [{ meetingIds: Array.from({ length: 101 }, (_, n) => `m-${n}`) }, ['meetingIds']],
      [{ meetingIds: [first.id, second.id, first.id] }, ['meetingIds', '2']],
      [{ meetingIds: [first.id], language: 'KOREAN!' }, ['language']],
    ];
    for (const [input, path] of wrong)
      expect((await analyze(organizer, input)).userErrors).toMatchObject([{ code: 'BAD_INPUT', path }]);
    expect(await storedTasks(organizer)).toBe(0);
    const anonymous = await scene.test.execute(null, ANALYZE, { input: { meetingIds: [first.id] } });
    expect(anonymous.errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('is one task for each clientMutationId, seen by who asked and who leads', async () => {
    const organizer = testViewer();
    const input = { meetingIds: idsOf(hold(organizer, 1)), clientMutationId: 'once' };
    const id = (await analyze(organizer, input)).task?.id ?? '';
    expect((await analyze(organizer, input)).task?.id).toBe(id);
    await ended(id);
    expect(await storedTasks(organizer)).toBe(2);
    expect(await analysesOf({ ...colleagueOf(organizer), role: 'ADMIN' }, id, 'not-ours')).toHaveLength(1);
    for (const other of [colleagueOf(organizer), testViewer({ role: 'ADMIN' })])
      expect(await analysesOf(other, id)).toEqual([]);
  });

  it('stops when it is cancelled and withdraws what nobody has reviewed', async () => {
    const organizer = testViewer();
    const meetings = hold(organizer, 4);
    const read = new Set<string>();
    scene.neighbors.beforeReading = async (transcriptId, signal) => {
      if (read.size < 2) read.add(transcriptId);
      if (read.has(transcriptId)) return;
      await new Promise((_, reject) => signal.addEventListener('abort', reject, { once: true }));
    };
    const { task } = await analyze(organizer, { meetingIds: idsOf(meetings) });
    const id = task?.id ?? '';
    const made = await until('two meetings have minutes', async () => {
      const done = (await analysesOf(organizer, id)).filter(({ status }) => status === 'COMPLETED');
      return done.length === 2 && done;
    });
    const [kept, withdrawn] = made as [Analysis, Analysis];
    const itemId = kept.minutes?.actionItems[0]?.id;
    await scene.test.execute(organizer, REVIEW, { itemId, review: 'ACCEPTED' });
    await publishEvent(scene.test.namespace, taskCancelRequested, {
      workspaceId: organizer.workspaceId,
      aggregateId: id,
      payload: { taskId: id, owner: 'ai' },
    });
    expect(await ended(id)).toMatchObject({ status: 'CANCELLED', error: null });
    scene.neighbors.beforeReading = async () => undefined;
    const analyses = await analysesOf(organizer, id);
    expect(analyses.map(({ status }) => status).toSorted()).toEqual([
      'CANCELLED',
      'CANCELLED',
      'COMPLETED',
      'COMPLETED',
    ]);
    const left = analyses.flatMap(({ minutes }) => minutes?.id ?? []);
    expect(left).toEqual([kept.minutes?.id]);
    const told = scene.events.filter(({ type }) => type === minutesWithdrawn.type);
    expect(told.map(({ payload }) => minutesWithdrawn.schema.parse(payload))).toEqual([
      expect.objectContaining({ id: withdrawn.minutes?.id, meetingId: withdrawn.meeting.id }),
    ]);
  });

  it('asks as many queries for the analyses of four meetings as for that of one', async () => {
    const organizer = testViewer();
    const meetings = hold(organizer, 4);
    const one = (await analyze(organizer, { meetingIds: idsOf(meetings.slice(0, 1)) })).task?.id ?? '';
    const four = (await analyze(organizer, { meetingIds: idsOf(meetings) })).task?.id ?? '';
    await ended(one);
    await ended(four);
    const count = async (...ids: string[]): Promise<number> => {
      const reads = /FROM "?(saga_step|minutes|minutes_item|meeting_access)"? |FROM task WHERE workspace_id/;
      return (await scene.queriesDuring(reads, () => analysesOf(organizer, ...ids))).length;
    };
    // Who may see the meetings is remembered from the first time on.
    await count(one, four);
    expect(await count(one, four)).toBe(await count(one));
  });
});
