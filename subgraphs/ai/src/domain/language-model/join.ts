import type { DraftActionItem, DraftItem } from '../analysis/draft-minutes.ts';
import { type DroppedClaims, type GatedItems, NOTHING_DROPPED, plainText } from './gates.ts';
import type { NumberedItem } from './prompt.ts';
import type { ReduceReply } from './reply.ts';
import { estimateTokens } from './sections.ts';

const KINDS = ['decisions', 'actionItems', 'openQuestions', 'points'] as const;
type Kind = (typeof KINDS)[number];
const KIND_NAMES: Readonly<Record<Kind, string>> = {
  points: 'POINT',
  decisions: 'DECISION',
  openQuestions: 'QUESTION',
  actionItems: 'ACTION',
};
const MAX_POINTS = 12;
const MAX_SENTENCES = 5;
const MAX_SENTENCE = 400;
const MAX_EVIDENCE = 5;
/** Dice coefficient of letter pairs from which two texts may be the same statement in other words. */
const ALIKE = 0.3;
const ITEM_TOKENS = 16;

interface Entry {
  readonly n: number;
  readonly kind: Kind;
  readonly item: DraftActionItem;
}

/** The items of all sections with the numbers by which the model knows them. */
export interface NumberedItems {
  /** What fits into one prompt: decisions and action items first. */
  readonly sent: readonly NumberedItem[];
  readonly entries: readonly Entry[];
}

/** Adds up what sections have dropped. */
export function sumDropped(parts: readonly DroppedClaims[]): DroppedClaims {
  return parts.reduce(
    (sum, part) => ({
      items: sum.items + part.items,
      quotes: sum.quotes + part.quotes,
      assignees: sum.assignees + part.assignees,
      dueDates: sum.dueDates + part.dueDates,
    }),
    NOTHING_DROPPED,
  );
}

/** Numbers the items of all sections from 1; what would not fit into `maxTokens` is not sent and stays as it is. */
export function numberItems(sections: readonly GatedItems[], maxTokens: number): NumberedItems {
  const entries = KINDS.flatMap((kind) =>
    sections.flatMap((section) => section[kind].map((item) => ({ kind, item }))),
  ).map((entry, index): Entry => ({ ...entry, n: index + 1 }));
  let left = maxTokens;
  const sent = entries.flatMap(({ n, kind, item: { text } }) => {
    left -= ITEM_TOKENS + estimateTokens(text);
    return left < 0 ? [] : [{ n, kind: KIND_NAMES[kind], text }];
  });
  return { sent, entries };
}

/** The items of the whole meeting, and its overview when the model gave one that rests on them. */
export interface JoinedItems extends GatedItems {
  readonly overview: string | null;
}

/**
 * Applies what the model answered about the items of all sections; null when it answered nothing that fits. It can only
 * choose: items are merged when their words or evidence show that they say the same thing, points beyond twelve are left
 * out, and a sentence of the overview stays when it names items that are there. Items stay in the order they were said.
 */
export function joinItems({ entries }: NumberedItems, reply: ReduceReply | null): JoinedItems {
  const byNumber = new Map(entries.map((entry) => [entry.n, entry]));
  const gone = merge(byNumber, reply?.duplicates ?? []);
  const kept = [...byNumber.values()].filter(({ n }) => !gone.has(n));
  const chosen = choosePoints(
    kept.filter(({ kind }) => kind === 'points'),
    reply?.keyPoints ?? [],
  );
  const of = (kind: Kind): DraftActionItem[] =>
    kept
      .filter((entry) => entry.kind === kind && (kind !== 'points' || chosen.has(entry.n)))
      .map(({ item }) => item);
  const sentences = (reply?.overview ?? [])
    .filter(({ items }) => items.some((n) => byNumber.has(n)))
    .map(({ text }) => plainText(text, MAX_SENTENCE))
    .filter((text) => text !== '')
    .slice(0, MAX_SENTENCES);
  return {
    points: of('points'),
    decisions: of('decisions'),
    openQuestions: of('openQuestions'),
    actionItems: of('actionItems'),
    overview: sentences.length === 0 ? null : sentences.join(' '),
  };
}

/** Merges in place; answers the numbers that have gone into others. */
function merge(byNumber: Map<number, Entry>, duplicates: ReduceReply['duplicates']): ReadonlySet<number> {
  const gone = new Set<number>();
  const targets = new Set<number>();
  for (const { keep, same } of duplicates)
    for (const n of same) {
      const kept = byNumber.get(keep);
      const other = byNumber.get(n);
      if (kept === undefined || other === undefined || kept.n === other.n || kept.kind !== other.kind)
        continue;
      if (gone.has(keep) || gone.has(n) || targets.has(n) || !saySame(kept.item, other.item)) continue;
      byNumber.set(keep, { ...kept, item: mergedItem(kept.item, other.item) });
      targets.add(keep);
      gone.add(n);
    }
  return gone;
}

function mergedItem(kept: DraftActionItem, other: DraftActionItem): DraftActionItem {
  const known = new Set(kept.evidence.map(placeOf));
  const more = other.evidence.filter((evidence) => !known.has(placeOf(evidence)));
  const { dueAt: _at, dueText: _text, ...rest } = other;
  // The words and the date that was read from them belong together.
  return {
    ...(kept.dueText === undefined ? other : rest),
    ...kept,
    evidence: [...kept.evidence, ...more].slice(0, MAX_EVIDENCE),
  };
}

const placeOf = ({ segmentId, startChar }: DraftItem['evidence'][number]): string =>
  `${segmentId} ${startChar}`;

/** A wrong merge would make an item vanish, so the model's word is not enough; nor may two people's work become one's. */
function saySame(one: DraftActionItem, other: DraftActionItem): boolean {
  if (
    one.assigneeName !== undefined &&
    other.assigneeName !== undefined &&
    one.assigneeName !== other.assigneeName
  )
    return false;
  const places = new Set(one.evidence.map(({ segmentId }) => segmentId));
  return (
    other.evidence.some(({ segmentId }) => places.has(segmentId)) || likeness(one.text, other.text) >= ALIKE
  );
}

function likeness(one: string, other: string): number {
  const [left, right] = [pairsOf(one), pairsOf(other)];
  const both = [...left].filter((pair) => right.has(pair)).length;
  return left.size + right.size === 0 ? 0 : (2 * both) / (left.size + right.size);
}

function pairsOf(text: string): Set<string> {
  const letters = text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  return new Set(
    Array.from({ length: Math.max(0, letters.length - 1) }, (_, at) => letters.slice(at, at + 2)),
  );
}

function choosePoints(points: readonly Entry[], best: readonly number[]): ReadonlySet<number> {
  const there = new Set(points.map(({ n }) => n));
  const byConfidence = points.toSorted((left, right) => right.item.confidence - left.item.confidence);
  const ranked = [...best.filter((n) => there.has(n)), ...byConfidence.map(({ n }) => n)];
  return new Set([...new Set(ranked)].slice(0, MAX_POINTS));
}
