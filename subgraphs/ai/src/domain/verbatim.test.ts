import { describe, expect, it } from 'vitest';
import type { DraftEvidence, DraftMinutes } from './analysis/draft-minutes.ts';
import { keepVerbatim } from './verbatim.ts';

const segments = [{ id: 's1', startMs: 0, endMs: 1_000, text: 'We ship on Friday.', speakerLabel: 'A' }];
const good: DraftEvidence = { segmentId: 's1', quote: 'ship', startChar: 3, endChar: 7 };

function draftOf(evidence: readonly DraftEvidence[]): DraftMinutes {
  const item = { text: 'We ship on Friday.', confidence: 0.5, evidence };
  const none = { points: [], openQuestions: [], actionItems: [], keywords: [] };
  return { language: 'en', overview: '', decisions: [item], ...none };
}

describe('keepVerbatim', () => {
  it('lets quotes pass that are in the text where they say', () => {
    expect(keepVerbatim(draftOf([good]), segments)).toEqual({ draft: draftOf([good]), dropped: 0 });
  });

  it.each<[string, DraftEvidence]>([
    ['paraphrases', { ...good, quote: 'send' }],
    ['stands elsewhere', { ...good, startChar: 4, endChar: 8 }],
    ['is of a segment that does not exist', { ...good, segmentId: 's2' }],
    ['is empty', { ...good, quote: '', endChar: 3 }],
  ])('drops and counts an item whose only quote %s', (_, evidence) => {
    expect(keepVerbatim(draftOf([evidence]), segments)).toMatchObject({
      draft: { decisions: [] },
      dropped: 1,
    });
  });

  it('keeps an item by the one of its quotes that holds', () => {
    const { draft, dropped } = keepVerbatim(draftOf([{ ...good, quote: 'send' }, good]), segments);
    expect([draft.decisions[0]?.evidence, dropped]).toEqual([[good], 0]);
  });
});
