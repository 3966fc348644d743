import type { UserViewer } from '@hoerok/shared/auth';
import { meetingUpdated } from '@hoerok/shared/contracts';
import { publishEvent, until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { colleagueOf, type FoundItem, REVIEW, type Scene, startScene } from './ai-scene.ts';

const SEARCH = `query ($text: String!, $first: Int, $after: String, $filter: MinutesSearchFilter) {
  searchMinutes(text: $text, first: $first, after: $after, filter: $filter) {
    totalCount pageInfo { hasNextPage endCursor }
    edges { node { score highlights { startChar endChar } minutes { id } item { __typename id text evidence { quote } } } } } }`;

interface Found {
  readonly totalCount: number;
  readonly edges: readonly {
    readonly node: {
      readonly highlights: readonly { readonly startChar: number; readonly endChar: number }[];
      readonly minutes: { readonly id: string };
      readonly item: FoundItem & { readonly __typename: string };
    };
  }[];
}

describe('the search in minutes', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene();
  });
  afterAll(async () => {
    await scene[Symbol.asyncDispose]();
  });

  const find = async (viewer: UserViewer, text: string, filter: object = {}): Promise<Found> => {
    const { data, errors } = await scene.test.execute(viewer, SEARCH, { text, filter, first: 100 });
    expect(errors).toBeUndefined();
    return data?.['searchMinutes'] as Found;
  };

  it('finds items with any particle, with the words they rest on, and says where', async () => {
    const { organizer, held, minutes } = await scene.imported();
    const { edges, totalCount } = await find(organizer, '타임아웃');
    expect(totalCount).toBe(edges.length);
    expect(edges.length).toBeGreaterThan(0);
    for (const { node } of edges) {
      expect(node.minutes.id).toBe(minutes.id);
      const marked = node.highlights.map((at) => node.item.text.slice(at.startChar, at.endChar));
      expect(new Set(marked)).toEqual(new Set(['타임아웃']));
    }
    expect((await find(organizer, '타임아웃', { meetingId: held.id })).totalCount).toBe(totalCount);
    expect((await find(organizer, '타임아웃', { meetingId: 'another' })).totalCount).toBe(0);
    expect((await find(organizer, '타임아웃', { from: '2100-01-01T00:00:00Z' })).totalCount).toBe(0);
  });

  it('leaves rejected items out unless they are asked for', async () => {
    const { organizer, minutes } = await scene.imported();
    const [item] = minutes.actionItems as [FoundItem];
    const word = item.text.split(' ')[0] ?? '';
    const found = async (filter: object = {}): Promise<string[]> =>
      (await find(organizer, `"${word}"`, filter)).edges.map(({ node }) => node.item.id);
    expect(await found()).toContain(item.id);
    await scene.test.execute(organizer, REVIEW, { itemId: item.id, review: 'REJECTED' });
    expect(await found()).not.toContain(item.id);
    expect(await found({ review: ['REJECTED'] })).toEqual([item.id]);
  });

  it('shows only what the viewer may see', async () => {
    const { organizer, held } = await scene.imported();
    const colleague = colleagueOf(organizer);
    const manager = { ...colleagueOf(organizer), role: 'MANAGER' as const };
    expect((await find(colleague, '결제')).totalCount).toBe(0);
    const own = (await find(organizer, '결제')).totalCount;
    expect(own).toBeGreaterThan(0);
    expect((await find(manager, '결제')).totalCount).toBe(own);
    await publishEvent(scene.test.namespace, meetingUpdated, {
      workspaceId: organizer.workspaceId,
      aggregateId: held.id,
      payload: {
        __typename: 'Meeting',
        id: held.id,
        revision: 2,
        title: 'Release',
        status: 'ENDED',
        language: 'ko',
        timeZone: 'Asia/Seoul',
        organizerId: organizer.userId,
        participantUserIds: [organizer.userId, colleague.userId],
        scheduledStart: '2026-03-04T01:00:00.000Z',
        startedAt: null,
        endedAt: null,
        verificationPolicy: 'ORGANIZER',
      },
    });
    await until('the participant sees it', async () => (await find(colleague, '결제')).totalCount === own);
  });

  it('finds the text of an item as it was edited', async () => {
    const { organizer, minutes } = await scene.imported();
    const [item] = minutes.actionItems as [FoundItem];
    await scene.test.execute(organizer, REVIEW, {
      itemId: item.id,
      review: 'EDITED',
      text: 'Raise the checkout limits.',
    });
    const { edges } = await find(organizer, 'limit -draft');
    expect(edges.map(({ node }) => [node.item.id, node.item.__typename])).toEqual([[item.id, 'ActionItem']]);
  });

  it('refuses a search for nothing', async () => {
    const { organizer } = await scene.imported();
    const { errors } = await scene.test.execute(organizer, SEARCH, { text: '""' });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_INPUT', path: ['text'] });
  });
});
