import { actionItemAccepted, minutesCreated, transcriptVerified } from '@hoerok/shared/contracts';
import { publishEvent, until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ALL,
  type FoundItem,
  type ImportedMeeting,
  type Scene,
  startScene,
  transcriptFacts,
  type WholeMinutes,
} from './ai-scene.ts';

const REVIEW = `mutation ($input: [ReviewItemInput!]!) { reviewItems(input: $input) { userErrors { code path } } }`;

describe('new minutes of a meeting', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene();
  });
  afterAll(async () => {
    await scene[Symbol.asyncDispose]();
  });

  const review = async ({ organizer }: ImportedMeeting, ...input: readonly object[]): Promise<unknown> => {
    const { data, errors } = await scene.test.execute(organizer, REVIEW, { input });
    expect(errors).toBeUndefined();
    const payload = data?.['reviewItems'] as { userErrors: unknown };
    return payload.userErrors;
  };

  /** Has the transcript verified after words were corrected, and waits for the minutes of that. */
  const verified = async (
    { held, organizer }: ImportedMeeting,
    correct: (text: string) => string,
  ): Promise<WholeMinutes> => {
    const { fixture, workspaceId, transcriptId } = held;
    const segments = fixture.segments.map((segment) => ({ ...segment, text: correct(segment.text) }));
    held.fixture = { ...fixture, segments };
    held.transcriptRevision += 1;
    const payload = transcriptFacts(held);
    await publishEvent(scene.test.namespace, transcriptVerified, {
      workspaceId,
      aggregateId: transcriptId,
      payload,
    });
    return await until('the new minutes are there', async () => {
      const found = await scene.minutesOf(held, organizer, ALL);
      return found['transcriptRevision'] === held.transcriptRevision ? (found as WholeMinutes) : undefined;
    });
  };
  const outline = (items: readonly FoundItem[]): object[] =>
    items.map(({ id, text, review }) => ({ id, text, review }));

  it('keep what people decided about those before, and ask for the rest alone', async () => {
    const imported = await scene.imported();
    const { organizer, held, minutes } = imported;
    const [first, second, third, last] = minutes.actionItems as [FoundItem, FoundItem, FoundItem, FoundItem];
    const [decision, otherDecision] = minutes.decisions as [FoundItem, FoundItem];
    const [appointment] = minutes['schedule'] as [FoundItem];
    const decided = [
      { itemId: first.id, review: 'ACCEPTED', assigneeId: organizer.userId },
      { itemId: second.id, review: 'EDITED', text: '회귀 테스트를 다시 돌린다.' },
      { itemId: third.id, review: 'REJECTED' },
      { itemId: decision.id, review: 'REJECTED' },
      { itemId: appointment.id, review: 'ACCEPTED' },
    ];
    expect(await review(imported, ...decided)).toEqual([]);

    const next = await verified(imported, (text) => text.replace('10초', '15초'));
    expect(next.id).not.toBe(minutes.id);
    expect(outline(next.actionItems)).toEqual([
      { id: first.id, text: first.text, review: 'ACCEPTED' },
      { id: second.id, text: '회귀 테스트를 다시 돌린다.', review: 'EDITED' },
      { id: third.id, text: third.text, review: 'REJECTED' },
      { id: expect.not.stringContaining(last.id) as string, text: last.text, review: 'SUGGESTED' },
    ]);
    // What was accepted rests on words that were corrected since, and says so; the others quote what is there now.
    const staleness = next.actionItems.map(({ evidence }) => evidence.map((one) => ({ ...one })));
    expect(staleness[0]).toMatchObject([{ quote: first.evidence[0]?.quote, segmentRevision: 1 }]);
    expect(staleness[1]).toMatchObject([{ quote: second.evidence[0]?.quote, segmentRevision: 2 }]);
    expect(outline(next.decisions)).toEqual([
      { id: decision.id, text: decision.text, review: 'REJECTED' },
      {
        id: expect.not.stringContaining(otherDecision.id) as string,
        text: otherDecision.text,
        review: 'SUGGESTED',
      },
    ]);
    expect(next['schedule']).toMatchObject([{ id: appointment.id, review: 'ACCEPTED' }]);

    // Nothing becomes a todo twice, nobody is told of what is decided, and the minutes before take no decision any more.
    const of = (type: string): object[] =>
      scene.events
        .filter((event) => event.type === type)
        .map(({ payload }) => payload as { meetingId: string })
        .filter(({ meetingId }) => meetingId === held.id);
    await until('the new minutes are told', () => of(minutesCreated.type).length === 2);
    expect(of(minutesCreated.type)).toMatchObject([{ actionItemCount: 4 }, { actionItemCount: 1 }]);
    expect(of(actionItemAccepted.type)).toHaveLength(2);
    expect(await review(imported, { itemId: first.id, review: 'ACCEPTED' })).toEqual([]);
    expect(await review(imported, { itemId: last.id, review: 'ACCEPTED' })).toEqual([
      { code: 'WRONG_STATE', path: ['input', '0', 'itemId'] },
    ]);
  });

  it('keep what was accepted though nothing suggests it any more, but nothing that was rejected', async () => {
    const imported = await scene.imported();
    const [first, second] = imported.minutes.actionItems as [FoundItem, FoundItem];
    await review(
      imported,
      { itemId: first.id, review: 'ACCEPTED' },
      { itemId: second.id, review: 'REJECTED' },
    );
    const gone = [first, second].flatMap(({ evidence }) => evidence.map(({ quote }) => quote));
    const next = await verified(imported, (text) =>
      gone.some((quote) => text.includes(quote)) ? '네.' : text,
    );
    expect(next.actionItems.map(({ id }) => id)).toContain(first.id);
    expect(next.actionItems.map(({ id }) => id)).not.toContain(second.id);
    expect(next.actionItems.at(-1)).toMatchObject({ id: first.id, review: 'ACCEPTED' });
  });
});
