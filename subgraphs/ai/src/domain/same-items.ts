import type { ItemKind } from './review.ts';

/** An item as far as it takes to tell whether two of them say the same. */
export interface ComparedItem {
  readonly id: string;
  readonly kind: ItemKind;
  readonly icalUid: string | null;
  readonly evidence: readonly ComparedQuote[];
}

/** Words that an item rests on. */
export interface ComparedQuote {
  readonly segmentId: string;
  readonly segmentRevision: number;
  readonly quote: string;
  readonly startChar: number;
  readonly endChar: number;
}

/** One appointment is one, wherever it was spoken of. */
const SAME_APPOINTMENT = 100;
/** The same words count more than words of the same place: there may be two promises in one sentence. */
const SAME_WORDS = 3;
const SAME_PLACE = 1;

/**
 * Which suggestion says what a decided item says, by the id of the decided one: both are of one kind and rest on the same words,
 * or on words in the same place of the transcript. The best pairs first; each item is in one pair at most.
 */
export function sameItems(
  decided: readonly ComparedItem[],
  suggested: readonly ComparedItem[],
): ReadonlyMap<string, string> {
  const suggestions = suggested.map(withFoldedQuotes);
  const pairs = decided.map(withFoldedQuotes).flatMap((before) =>
    suggestions.flatMap((after) => {
      const score = before.kind === after.kind ? likeness(before, after) : 0;
      return score === 0 ? [] : [{ before: before.id, after: after.id, score }];
    }),
  );
  const found = new Map<string, string>();
  const taken = new Set<string>();
  for (const { before, after } of pairs.toSorted((left, right) => right.score - left.score)) {
    if (found.has(before) || taken.has(after)) continue;
    found.set(before, after);
    taken.add(after);
  }
  return found;
}

/** Whether every quote of an item is among those of another one. */
export function quotesAreKept(before: ComparedItem, after: ComparedItem): boolean {
  const quotes = new Set(after.evidence.map(({ quote }) => folded(quote)));
  return before.evidence.every(({ quote }) => quotes.has(folded(quote)));
}

/** Once for each item, and not for each pair of them. */
function withFoldedQuotes(item: ComparedItem): ComparedItem {
  return { ...item, evidence: item.evidence.map((one) => ({ ...one, quote: folded(one.quote) })) };
}

/** Of items whose quotes are folded. */
function likeness(before: ComparedItem, after: ComparedItem): number {
  const appointment = before.icalUid !== null && before.icalUid === after.icalUid ? SAME_APPOINTMENT : 0;
  return before.evidence.reduce((score, own) => {
    const words = after.evidence.some(({ quote }) => quote === own.quote);
    const place = after.evidence.some((other) => areOnePlace(own, other));
    return score + (words ? SAME_WORDS : 0) + (place ? SAME_PLACE : 0);
  }, appointment);
}

/** Where a segment was edited in between, nobody knows which of its words are which. */
function areOnePlace(left: ComparedQuote, right: ComparedQuote): boolean {
  if (left.segmentId !== right.segmentId) return false;
  if (left.segmentRevision !== right.segmentRevision) return true;
  return left.startChar < right.endChar && right.startChar < left.endChar;
}

function folded(quote: string): string {
  return quote.normalize('NFC').replace(/\s+/gu, ' ').trim();
}
