import { openSpan } from '@hoerok/shared/statistics';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { colleagueOf, type FoundItem, REVIEW, type Scene, startScene } from './ai-scene.ts';

const NUMBERS = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on WorkspaceStatistics {
  minutes { minutes suggested accepted rejected pending } } } }`;

describe('the statistics of minutes', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene();
  });
  afterAll(async () => {
    await scene[Symbol.asyncDispose]();
  });

  it('count the minutes of the span and what was decided about their items', async () => {
    const { organizer, minutes } = await scene.imported();
    const [first, second] = minutes.actionItems as [FoundItem, FoundItem];
    await scene.test.execute(organizer, REVIEW, { itemId: first.id, review: 'ACCEPTED' });
    await scene.test.execute(organizer, REVIEW, { itemId: second.id, review: 'REJECTED' });
    const admin = { ...colleagueOf(organizer), role: 'ADMIN' as const };
    const now = Date.now();
    const span = openSpan(admin, { from: new Date(now - 3_600_000), to: new Date(now + 3_600_000) });
    const r = [{ __typename: 'WorkspaceStatistics', id: span.id }];
    const { data, errors } = await scene.test.execute(admin, NUMBERS, { r });
    expect(errors).toBeUndefined();
    const [numbers] = (data ?? {})['_entities'] as { minutes: Record<string, number> }[];
    expect(numbers?.minutes).toMatchObject({ minutes: 1, accepted: 1, rejected: 1 });
    expect(numbers?.minutes['pending']).toBe((numbers?.minutes['suggested'] ?? 0) - 2);
    const refused = await scene.test.execute(organizer, NUMBERS, { r });
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });
});
