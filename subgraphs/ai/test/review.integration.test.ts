import type { UserViewer } from '@hoerok/shared/auth';
import { actionItemAccepted, type EventPayload } from '@hoerok/shared/contracts';
import { until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL, type FoundItem, REVIEW, type Scene, startScene } from './ai-scene.ts';

interface Payload {
  item: { revision: number; [field: string]: unknown } | null;
  userErrors: { code: string; path: string[] | null }[];
}

describe('the review of minutes', () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await startScene();
  });
  afterAll(async () => {
    await scene[Symbol.asyncDispose]();
  });

  const review = async (viewer: UserViewer, variables: object): Promise<Payload> => {
    const answer = await scene.test.execute(viewer, REVIEW, variables);
    expect(answer.errors).toBeUndefined();
    return answer.data?.['reviewItem'] as Payload;
  };

  it('tells once that an action item was accepted, however often it is accepted', async () => {
    const { organizer, held, minutes } = await scene.imported();
    const [item] = minutes.actionItems as [FoundItem];
    const dueAt = '2026-03-12T03:00:00.000Z';
    const variables = { itemId: item.id, review: 'ACCEPTED', assigneeId: organizer.userId, dueAt };
    const first = await review(organizer, variables);
    expect(first).toMatchObject({
      item: {
        __typename: 'ActionItem',
        review: 'ACCEPTED',
        revision: 2,
        dueAt,
        suggestedAssignee: { id: organizer.userId },
      },
      minutes: { id: minutes.id },
      userErrors: [],
    });
    expect((await review(organizer, variables)).item?.revision).toBe(2);
    await review(organizer, { itemId: item.id, review: 'EDITED', text: 'Fix the timeout.' });
    const [, last] = minutes.actionItems as [FoundItem, FoundItem];
    await review(organizer, { itemId: last.id, review: 'EDITED', text: 'Test the payment.' });
    const accepted = (): EventPayload<typeof actionItemAccepted>[] =>
      scene.events
        .filter(({ type }) => type === actionItemAccepted.type)
        .map(({ payload }) => actionItemAccepted.schema.parse(payload))
        .filter(({ meetingId }) => meetingId === held.id);
    // Events of different items have no common order.
    await until('both acceptances are told', () => accepted().length >= 2);
    expect(accepted()).toHaveLength(2);
    expect(accepted()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          id: item.id,
          text: item.text,
          assigneeId: organizer.userId,
          dueAt,
          acceptedById: organizer.userId,
        }),
        expect.objectContaining({
          id: last.id,
          text: 'Test the payment.',
          assigneeId: null,
          dueAt: last['dueAt'],
        }),
      ]),
    );
  });

  it('answers a wrong review with the argument that is wrong and stores nothing', async () => {
    const { organizer, held, minutes } = await scene.imported();
    const [{ id: itemId }] = minutes.decisions as [FoundItem];
    const [{ id: actionId }] = minutes.actionItems as [FoundItem];
    const wrong: [object, string, string][] = [
      [{ itemId, review: 'SUGGESTED' }, 'BAD_INPUT', 'review'],
      [{ itemId, review: 'EDITED' }, 'BAD_INPUT', 'text'],
      [{ itemId, review: 'ACCEPTED', dueAt: '2026-03-12T03:00:00Z' }, 'BAD_INPUT', 'dueAt'],
      [{ itemId: actionId, review: 'ACCEPTED', assigneeId: 'nobody' }, 'BAD_INPUT', 'assigneeId'],
      [{ itemId, review: 'REJECTED', expectedRevision: 7 }, 'CONFLICT', 'expectedRevision'],
      [{ itemId: 'none', review: 'REJECTED' }, 'NOT_FOUND', 'itemId'],
    ];
    for (const [variables, code, argument] of wrong)
      expect(await review(organizer, variables)).toMatchObject({
        item: null,
        userErrors: [{ code, path: [argument] }],
      });
    expect(await scene.minutesOf(held, organizer, ALL)).toEqual(minutes);
  });

  it('tells once of an action item that two people accept at the same time', async () => {
    const { organizer, held, minutes } = await scene.imported();
    const [{ id: itemId }] = minutes.actionItems as [FoundItem];
    const admin = { ...organizer, role: 'ADMIN' as const, userId: 'u-admin' };
    const both = await Promise.all(
      [organizer, admin].map((viewer) => review(viewer, { itemId, review: 'ACCEPTED' })),
    );
    expect(both.map(({ item }) => item?.revision)).toEqual([2, 2]);
    const [, second] = minutes.actionItems as [FoundItem, FoundItem];
    await review(organizer, { itemId: second.id, review: 'ACCEPTED' });
    const told = (): unknown[] =>
      scene.events
        .filter(({ type }) => type === actionItemAccepted.type)
        .map(({ payload }) => actionItemAccepted.schema.parse(payload))
        .filter(({ meetingId }) => meetingId === held.id)
        .map(({ id }) => id);
    await until('both acceptances are told', () => told().includes(itemId) && told().includes(second.id));
    expect(told()).toHaveLength(2);
  });
});
