import { randomUUID } from 'node:crypto';
import { transcriptVerified } from '@hoerok/shared/contracts';
import { publishEvent, requestDeletionStep, testViewer, until } from '@hoerok/shared/testing';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataSource } from '../src/data-source.ts';
import { storeMinutes } from '../src/services/store-minutes.ts';
import { type ImportedMeeting, REVIEW, type Scene, startScene, transcriptFacts } from './ai-scene.ts';
import type { HeldMeeting } from './neighbors.ts';

const ENTITIES = `query ($r: [_Any!]!) { _entities(representations: $r) { __typename
  ... on Minutes { id } ... on ActionItem { id }
  ... on Meeting { minutes { id } } ... on Transcript { minutes { id } } ... on Task { minutes { id } } } }`;
const ITEMS = 'query ($ids: [ID!]!) { actionItems(ids: $ids) { id } }';
const ANALYZE = `mutation ($id: ID!) {
  analyzeTranscript(input: { transcriptId: $id }) { task { id } userErrors { code path } } }`;
const TABLES = ['minutes', 'minutes_item', 'evidence', 'keyword', 'transcript_ref', 'edited_segment'];

describe('a meeting that is deleted, in ai', () => {
  let scene: Scene;
  let database: DataSource;

  beforeAll(async () => {
    scene = await startScene();
    database = await createDataSource(scene.test.databaseUrl).initialize();
  });
  afterAll(async () => {
    await database.destroy();
    await scene[Symbol.asyncDispose]();
  });

  const ask = (step: 'hide' | 'show' | 'purge', { workspaceId, id }: HeldMeeting): Promise<void> =>
    requestDeletionStep({ name: 'ai', namespace: scene.test.namespace, database }, step, {
      workspaceId,
      meetingId: id,
    });
  const counts = (): Promise<unknown[]> =>
    Promise.all(TABLES.map((table) => database.query(`SELECT count(*)::int AS n FROM ${table}`)));
  const tasksOf = ({ id }: HeldMeeting): Promise<{ id: string; state: string }[]> =>
    database.query(`SELECT id, state FROM task WHERE meeting_id = $1 ORDER BY id`, [id]);

  /** What a viewer finds by every way that leads to the minutes. */
  const found = async (
    { held, minutes, organizer }: ImportedMeeting,
    viewer = organizer,
  ): Promise<boolean[]> => {
    const [item] = minutes.actionItems;
    const [task] = await tasksOf(held);
    const r = [
      { __typename: 'Minutes', id: minutes.id },
      { __typename: 'ActionItem', id: item?.id },
      { __typename: 'Meeting', id: held.id },
      { __typename: 'Transcript', id: held.transcriptId },
      { __typename: 'Task', id: task?.id },
    ];
    const { data, errors } = await scene.test.execute(viewer, ENTITIES, { r });
    expect(errors).toBeUndefined();
    const listed = await scene.test.execute(viewer, ITEMS, { ids: [item?.id] });
    const entities = data?.['_entities'] as ({ id?: string; minutes?: { id: string } | null } | null)[];
    return [
      ...entities.map((entity) => entity?.id !== undefined || entity?.minutes != null),
      ...((listed.data ?? {})['actionItems'] as unknown[]).map((one) => one !== null),
    ];
  };

  it('is seen by nobody while it is hidden, not even by ADMIN, and by everybody again when it is shown', async () => {
    const imported = await scene.imported();
    const { held, minutes, organizer } = imported;
    const admin = testViewer({ workspaceId: held.workspaceId, role: 'ADMIN' });
    const everything = Array.from({ length: 6 }, () => true);
    expect(await found(imported)).toEqual(everything);
    await ask('hide', held);
    for (const viewer of [organizer, admin])
      expect(await found(imported, viewer)).toEqual(everything.map(() => false));
    const review = { itemId: minutes.actionItems[0]?.id, review: 'ACCEPTED' };
    const refused = await scene.test.execute(organizer, REVIEW, review);
    expect(refused.data?.['reviewItem']).toMatchObject({ item: null, userErrors: [{ code: 'NOT_FOUND' }] });
    const analysis = await scene.test.execute(organizer, ANALYZE, { id: held.transcriptId });
    expect(analysis.data?.['analyzeTranscript']).toEqual({
      task: null,
      userErrors: [{ code: 'NOT_FOUND', path: ['transcriptId'] }],
    });
    await ask('show', held);
    expect(await found(imported)).toEqual(everything);
  });

  it('leaves no row behind once it is purged, and a neighbor untouched', async () => {
    const neighbor = await scene.imported();
    const before = await counts();
    const imported = await scene.imported();
    const [task] = await tasksOf(imported.held);
    await database.query(`INSERT INTO task_step (task_id, step, result) VALUES ($1, 'analysis', '{}')`, [
      task?.id,
    ]);
    await ask('hide', imported.held);
    await ask('purge', imported.held);
    await ask('purge', imported.held);
    expect(await counts()).toEqual(before);
    expect(await database.query('SELECT 1 FROM task_step WHERE task_id = $1', [task?.id])).toEqual([]);
    expect(await found(imported)).not.toContain(true);
    expect(await found(neighbor)).not.toContain(false);
  });

  it('gets minutes ordered for it again when it is shown, of those that were waiting when it was hidden', async () => {
    const { held } = await scene.imported();
    const [task] = await tasksOf(held);
    await database.query(
      `UPDATE task SET state = 'RETRYING', finished_at = NULL, next_run_at = now() + interval '1 h' WHERE id = $1`,
      [task?.id],
    );
    await ask('hide', held);
    expect(await tasksOf(held)).toMatchObject([{ state: 'CANCELLED' }]);
    await ask('show', held);
    await until('the minutes are made', async () => (await tasksOf(held))[0]?.state === 'COMPLETED');
  });

  it('gets minutes of a transcript that was told of while it was hidden, but not before it is shown', async () => {
    const organizer = testViewer();
    const held = scene.hold('ko-dev-1', organizer);
    await ask('hide', held);
    await scene.publishImport(held);
    const [ordered] = await until('the minutes are ordered', async () => {
      const tasks = await tasksOf(held);
      return tasks.length === 0 ? undefined : tasks;
    });
    expect(ordered?.state).toBe('CANCELLED');
    await ask('show', held);
    const { id } = await scene.minutesOf(held, organizer);
    expect(id).toBeTypeOf('string');
  });

  it('gets no minutes by an event that is late, nor by an analysis that ends late', async () => {
    const { held } = await scene.imported();
    await ask('hide', held);
    await ask('purge', held);
    const before = { rows: await counts(), tasks: await tasksOf(held) };
    const id = randomUUID();
    await publishEvent(scene.test.namespace, transcriptVerified, {
      workspaceId: held.workspaceId,
      aggregateId: held.transcriptId,
      id,
      payload: { ...transcriptFacts(held), revision: 7 },
    });
    await until('the event was handled', async () => {
      const sql = 'SELECT 1 FROM inbox WHERE message_id = $1';
      return ((await database.query(sql, [id])) as unknown[]).length === 1;
    });
    const storing = database.transaction((tx) => storeMinutes(tx, lateAnalysis(held)));
    await expect(storing).rejects.toMatchObject({ code: 'CANCELLED', retryable: true });
    expect({ rows: await counts(), tasks: await tasksOf(held) }).toEqual(before);
  });
});

function lateAnalysis(held: HeldMeeting): Parameters<typeof storeMinutes>[1] {
  const { workspaceId, transcriptId, id, fixture } = held;
  return {
    workspaceId,
    transcriptId,
    taskId: 'task',
    requestedBy: null,
    userIds: new Set(),
    at: new Date(),
    written: {
      origin: 'EXTRACTIVE_LOCAL',
      provider: 'extractive',
      model: null,
      promptVersion: null,
      fallbackCode: null,
      dropped: null,
      draft: {
        language: 'ko',
        overview: '',
        points: [],
        decisions: [],
        openQuestions: [],
        actionItems: [],
        keywords: [],
      },
    },
    spoken: {
      revision: 1,
      language: 'ko',
      segments: [],
      meeting: {
        id,
        title: fixture.title,
        startedAt: null,
        autoAcceptActionItems: false,
        scheduledStart: fixture.startedAt,
        timeZone: 'Asia/Seoul',
        organizer: { id: 'organizer', name: 'Organizer', aliases: [] },
        participants: { edges: [] },
      },
    },
  };
}
