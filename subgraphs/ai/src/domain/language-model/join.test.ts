import { describe, expect, it } from 'vitest';
import type { DraftActionItem } from '../analysis/draft-minutes.ts';
import type { GatedItems } from './gates.ts';
import { joinItems, numberItems } from './join.ts';

const item = (text: string, segmentId: string, over: Partial<DraftActionItem> = {}): DraftActionItem => {
  const evidence = [{ segmentId, quote: text, startChar: 0, endChar: text.length }];
  return { text, confidence: 1, evidence, ...over };
};
const section = (over: Partial<GatedItems>): GatedItems => {
  return { points: [], decisions: [], openQuestions: [], actionItems: [], ...over };
};
const reply = { overview: [], keyPoints: [], duplicates: [] };

describe('joining the items of all sections', () => {
  const items = numberItems(
    [
      section({
        decisions: [item('Ship the app on Friday.', 's1')],
        actionItems: [item('Send the report.', 's2')],
      }),
      section({
        decisions: [item('The app ships on Friday.', 's8')],
        actionItems: [item('Call the bank.', 's9')],
        points: [item('The budget is tight.', 's9')],
      }),
    ],
    10_000,
  );

  it('numbers them from 1, decisions and action items first', () => {
    expect(items.sent).toEqual([
      { n: 1, kind: 'DECISION', text: 'Ship the app on Friday.' },
      { n: 2, kind: 'DECISION', text: 'The app ships on Friday.' },
      { n: 3, kind: 'ACTION', text: 'Send the report.' },
      { n: 4, kind: 'ACTION', text: 'Call the bank.' },
      { n: 5, kind: 'POINT', text: 'The budget is tight.' },
    ]);
  });

  it('merges what says the same with the evidence of both', () => {
    const joined = joinItems(items, { ...reply, duplicates: [{ keep: 1, same: [2] }] });
    expect(joined.decisions.map(({ evidence }) => evidence.map(({ segmentId }) => segmentId))).toEqual([
      ['s1', 's8'],
    ]);
  });

  it.each([
    ['say different things', { keep: 3, same: [4] }],
    ['are of different kinds', { keep: 4, same: [5] }],
    ['are one and the same', { keep: 3, same: [3] }],
    ['do not exist', { keep: 77, same: [3, 78] }],
  ])('lets no item vanish by merging those that %s', (_, duplicate) => {
    expect(joinItems(items, { ...reply, duplicates: [duplicate] }).actionItems).toHaveLength(2);
  });

  it('does not merge in a circle', () => {
    const duplicates = [
      { keep: 1, same: [2] },
      { keep: 2, same: [1] },
    ];
    expect(joinItems(items, { ...reply, duplicates }).decisions).toHaveLength(1);
  });

  it('does not merge the work of two people', () => {
    const two = numberItems(
      [
        section({
          actionItems: [
            item('Send the report.', 's1', { assigneeName: 'Kim' }),
            item('Send the report.', 's1', { assigneeName: 'Lee' }),
          ],
        }),
      ],
      10_000,
    );
    expect(joinItems(two, { ...reply, duplicates: [{ keep: 1, same: [2] }] }).actionItems).toHaveLength(2);
  });

  it('keeps the date with the words it was read from', () => {
    const two = numberItems(
      [
        section({
          actionItems: [
            item('Send the report.', 's1', { dueText: 'soon' }),
            item('Send the report.', 's1', { dueText: 'by Friday', dueAt: '2026-03-06T14:59:59.999Z' }),
          ],
        }),
      ],
      10_000,
    );
    const [merged] = joinItems(two, { ...reply, duplicates: [{ keep: 1, same: [2] }] }).actionItems;
    expect(merged).toMatchObject({ dueText: 'soon' });
    expect(merged).not.toHaveProperty('dueAt');
  });

  it('takes sentences into the overview that name items, and none otherwise', () => {
    const overview = [
      { text: 'The app\nships.', items: [1, 99] },
      { text: 'All todos are done.', items: [] },
      { text: 'Nothing of it is true.', items: [99] },
    ];
    expect(joinItems(items, { ...reply, overview }).overview).toBe('The app ships.');
    expect(joinItems(items, null).overview).toBeNull();
  });

  it('keeps the twelve best points in the order they were said', () => {
    const points = Array.from({ length: 15 }, (_, index) => item(`Point ${index}`, `s${index}`));
    const many = numberItems([section({ points })], 10_000);
    const texts = joinItems(many, { ...reply, keyPoints: [15, 14, 99] }).points.map(({ text }) => text);
    expect(texts).toHaveLength(12);
    expect(texts.slice(-2)).toEqual(['Point 13', 'Point 14']);
    expect(texts[0]).toBe('Point 0');
  });

  it('sends no more items than fit, and keeps those it did not send', () => {
    const few = numberItems([section({ points: Array.from({ length: 8 }, () => item('Point', 's1')) })], 60);
    expect(few.sent).toHaveLength(3);
    expect(joinItems(few, reply).points).toHaveLength(8);
  });
});
