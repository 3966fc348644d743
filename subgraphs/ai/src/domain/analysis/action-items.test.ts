import { describe, expect, it } from 'vitest';
import { findActionItems } from './action-items.ts';
import type { AnalysisRequest, DraftActionItem } from './draft-minutes.ts';
import { indexPeople } from './people.ts';
import { splitSentences } from './sentences.ts';

function itemsOf(...turns: [speakerLabel: string, text: string][]): DraftActionItem[] {
  const segments = turns.map(([speakerLabel, text], index) => ({
    id: `s${index}`,
    startMs: index * 5000,
    endMs: index * 5000 + 4000,
    text,
    speakerLabel,
  }));
  const request: AnalysisRequest = {
    segments,
    title: '',
    startedAt: '2026-06-02T09:00:00Z',
    timeZone: 'UTC',
    participants: [
      { id: 'u1', name: 'Sarah Cole', aliases: [] },
      { id: 'u2', name: 'Tom', aliases: ['Tommy'] },
    ],
    language: 'en',
  };
  return findActionItems(request, [...splitSentences(segments)], indexPeople(request.participants));
}

describe('findActionItems', () => {
  it('gives a promise to its speaker with the date it names', () => {
    expect(itemsOf(['Tom', "Okay, um I'll send the report by Thursday."])).toEqual([
      expect.objectContaining({
        text: "I'll send the report by Thursday.",
        assigneeId: 'u2',
        assigneeName: 'Tom',
        dueText: 'Thursday',
        dueAt: '2026-06-04T23:59:59.999Z',
        evidence: [
          { segmentId: 's0', quote: "Okay, um I'll send the report by Thursday.", startChar: 0, endChar: 42 },
        ],
      }),
    ]);
  });

  it('makes one item of a request and the promise that answers it', () => {
    const items = itemsOf(
      ['Tom', 'Can you send the slides to the team?'],
      ['Sarah Cole', "Sure. I'll send the slides tomorrow."],
    );
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ assigneeId: 'u1', dueText: 'tomorrow' });
    expect(items[0]?.evidence.map((part) => part.segmentId)).toEqual(['s0', 's1']);
  });

  it('gives work to somebody named who is no participant, and to nobody for what only runs the meeting', () => {
    expect(itemsOf(['Tom', 'Nadia needs to contact the customer and confirm the delivery.'])).toMatchObject([
      { assigneeName: 'Nadia' },
    ]);
    expect(itemsOf(['Tom', 'This needs to change somehow.'])).toEqual([]);
    expect(itemsOf(['Tom', 'If there is nothing else then we can close the meeting.'])).toEqual([]);
  });

  it('gives a request to the speaker who accepts it', () => {
    const items = itemsOf(
      ['Tom', 'Could you prepare the report by Friday?'],
      ['Sarah Cole', 'Yes, of course.'],
    );
    expect(items).toEqual([expect.objectContaining({ assigneeId: 'u1', dueText: 'Friday' })]);
  });

  it('gives a request to the participant it names', () => {
    const items = itemsOf(['Ann', 'Tommy, can you check the budget by Friday?'], ['Ann', 'Anyway.']);
    expect(items).toEqual([expect.objectContaining({ assigneeId: 'u2', assigneeName: 'Tom' })]);
  });

  it('leaves the owner open when nobody accepts', () => {
    const [item] = itemsOf(
      ['Tom', 'Could you prepare the report by Friday?'],
      ['Sarah Cole', 'The weather is nice.'],
    );
    expect(item).toBeDefined();
    expect(item).not.toHaveProperty('assigneeName');
  });

  it('keeps the label of a speaker who is no participant, without an id', () => {
    const [item] = itemsOf(['Speaker 3', "I'll send the minutes tomorrow."]);
    expect(item?.assigneeName).toBe('Speaker 3');
    expect(item).not.toHaveProperty('assigneeId');
  });

  it('passes over what runs the meeting and what nobody promises', () => {
    expect(
      itemsOf(['Tom', 'Okay.'], ['Ann', 'Our agenda today is short.'], ['Ann', 'See you tomorrow.']),
    ).toEqual([]);
  });

  it('suggests at most ten items', () => {
    const turns = Array.from({ length: 30 }, (_, at): [string, string] => [
      'Tom',
      `I'll send report ${at} by Friday.`,
    ]);
    expect(itemsOf(...turns)).toHaveLength(10);
  });
});
