import type { AnalysisSegment, DraftEvidence, DraftItem, DraftMinutes } from './analysis/draft-minutes.ts';

/** Draft minutes in which every quote has been checked, and how many items had none that holds. */
export interface CheckedMinutes {
  readonly draft: DraftMinutes;
  readonly dropped: number;
}

/**
 * The last gate before minutes are stored: keeps the evidence whose quote is the segment's text from `startChar` to
 * `endChar`, and the items that have such evidence. It does not trust what made the draft.
 */
export function keepVerbatim(draft: DraftMinutes, segments: readonly AnalysisSegment[]): CheckedMinutes {
  const texts = new Map(segments.map(({ id, text }) => [id, text]));
  const holds = ({ segmentId, quote, startChar, endChar }: DraftEvidence): boolean =>
    quote !== '' && texts.get(segmentId)?.slice(startChar, endChar) === quote;
  let dropped = 0;
  const check = <T extends DraftItem>(items: readonly T[]): T[] => {
    const kept = items
      .map((item) => ({ ...item, evidence: item.evidence.filter(holds) }))
      .filter(({ evidence }) => evidence.length > 0);
    dropped += items.length - kept.length;
    return kept;
  };
  const checked = {
    ...draft,
    points: check(draft.points),
    decisions: check(draft.decisions),
    openQuestions: check(draft.openQuestions),
    actionItems: check(draft.actionItems),
    ...(draft.schedule === undefined ? {} : { schedule: check(draft.schedule) }),
  };
  return { draft: checked, dropped };
}
