import { transcriptDeleted } from '@hoerok/shared/contracts';
import { publishEvent, until } from '@hoerok/shared/testing';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDataSource } from '../src/data-source.ts';
import { storeMinutes } from '../src/services/store-minutes.ts';
import { type ImportedMeeting, REVIEW, type Scene, startScene } from './ai-scene.ts';

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

const forget = async ({ held }: ImportedMeeting): Promise<void> => {
  const { workspaceId, id: meetingId, transcriptId } = held;
  const payload = { __typename: 'Transcript' as const, id: transcriptId, revision: 9, meetingId };
  await publishEvent(scene.test.namespace, transcriptDeleted, {
    workspaceId,
    aggregateId: transcriptId,
    payload,
  });
};

it('minutes go with the transcript that was deleted, reviewed or not, and are never made of it again', async () => {
  const [gone, neighbor] = [await scene.imported(), await scene.imported()];
  const itemId = gone.minutes.actionItems[0]?.id;
  await scene.test.execute(gone.organizer, REVIEW, { itemId, review: 'ACCEPTED' });
  const minutesOf = async ({ held }: ImportedMeeting): Promise<number> => {
    const sql = 'SELECT count(*)::int AS n FROM minutes WHERE transcript_id = $1';
    return ((await database.query(sql, [held.transcriptId])) as { n: number }[])[0]?.n ?? -1;
  };
  expect(await minutesOf(gone)).toBe(1);
  await forget(gone);
  await until('the minutes are gone', async () => (await minutesOf(gone)) === 0);
  expect(await minutesOf(neighbor)).toBe(1);
  const told = scene.events.filter(({ type }) => type.includes('minutes.withdrawn'));
  expect(told).toMatchObject([{ payload: { id: gone.minutes.id, transcriptId: gone.held.transcriptId } }]);
  // A task that had read the transcript before comes too late.
  const { workspaceId, transcriptId, id: meetingId } = gone.held;
  const late = { workspaceId, transcriptId, spoken: { meeting: { id: meetingId } }, written: { draft: {} } };
  const storing = database.transaction((tx) =>
    storeMinutes(tx, late as unknown as Parameters<typeof storeMinutes>[1]),
  );
  await expect(storing).rejects.toMatchObject({ name: 'PermanentError', code: 'NOT_FOUND' });
  await forget(gone);
  await forget(neighbor);
  await until('those of the neighbor are gone too', async () => (await minutesOf(neighbor)) === 0);
});
