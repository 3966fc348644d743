import { readDueDate } from '../analysis/due-date.ts';
import type {
  AnalysisSegment,
  DraftActionItem,
  DraftEvidence,
  DraftItem,
} from '../analysis/draft-minutes.ts';
import type { Owner, People } from '../analysis/people.ts';
import type { DueContext } from '../analysis/spoken-date.ts';
import { findFolded, verbatimEvidence } from './quotes.ts';
import type { ReplyActionItem, ReplyItem, SectionReply } from './reply.ts';

/** What a language model said that did not get through the gates. */
export interface DroppedClaims {
  /** Items without one quote that holds. */
  readonly items: number;
  /** Quotes that are not in the segment they name, or name none. */
  readonly quotes: number;
  /** Owners that are nobody of the meeting, or whom the quoted place has nothing to do with. */
  readonly assignees: number;
  /** Due dates whose words were not said there. */
  readonly dueDates: number;
}

export const NOTHING_DROPPED: DroppedClaims = { items: 0, quotes: 0, assignees: 0, dueDates: 0 };

/** The items of one section, or of all, that got through. */
export interface GatedItems {
  readonly points: readonly DraftItem[];
  readonly decisions: readonly DraftItem[];
  readonly openQuestions: readonly DraftItem[];
  readonly actionItems: readonly DraftActionItem[];
}

/** What the claims of a reply are held against. */
export interface GateContext {
  /** All segments of the meeting; the model knows the first as 1. */
  readonly segments: readonly AnalysisSegment[];
  /** Where a segment stands in them, by id. */
  readonly positions: ReadonlyMap<string, number>;
  /** Numbers of the segments that the section had. */
  readonly numbers: ReadonlySet<number>;
  readonly people: People;
  /** How the transcript labels its speakers. */
  readonly labels: ReadonlySet<string>;
  readonly due: DueContext;
  /** The name behind one that was sent. */
  readonly nameOf: (sent: string) => string;
}

const MAX_ITEMS = 40;
/** Quotes of an item that are looked for, and that are kept. */
const MAX_CLAIMED = 20;
const MAX_EVIDENCE = 5;
const MAX_TEXT = 500;

/**
 * Lets through of a section's reply what the transcript bears out: (a) quotes that are in the segment they name, and items
 * with such a quote; (b) owners who take part, and who speak or are named where the item was said, or speak right before or after;
 * (c) due dates that our own parser reads from words that were said there. Offsets are our own. Everything else is dropped
 * and counted.
 */
export function gateSection(
  reply: SectionReply,
  context: GateContext,
): { readonly items: GatedItems; readonly dropped: DroppedClaims } {
  const dropped = { ...NOTHING_DROPPED };
  const through = <R extends ReplyItem, T extends DraftItem>(
    claims: readonly R[],
    finish: (claim: R, item: DraftItem) => T,
  ): T[] => {
    dropped.items += Math.max(0, claims.length - MAX_ITEMS);
    return claims.slice(0, MAX_ITEMS).flatMap((claim) => {
      const item = gateItem(claim, context, (count) => (dropped.quotes += count));
      if (item === undefined) dropped.items += 1;
      return item === undefined ? [] : [finish(claim, item)];
    });
  };
  const plain = (_: ReplyItem, item: DraftItem): DraftItem => item;
  const items = {
    points: through(reply.points, plain),
    decisions: through(reply.decisions, plain),
    openQuestions: through(reply.openQuestions, plain),
    actionItems: through(reply.actionItems, (claim, item): DraftActionItem => {
      const owner = ownerOf(claim, item, context);
      const due = dueOf(claim, item, context);
      if (owner === undefined && isClaim(claim.assignee)) dropped.assignees += 1;
      if (due === undefined && isClaim(claim.dueText)) dropped.dueDates += 1;
      return { ...item, ...owner, ...due };
    }),
  };
  return { items, dropped };
}

const isClaim = (text: string | null): text is string => text !== null && text.trim() !== '';

function gateItem(
  claim: ReplyItem,
  { segments, numbers }: GateContext,
  drop: (quotes: number) => void,
): DraftItem | undefined {
  const evidence = new Map<string, DraftEvidence>();
  drop(Math.max(0, claim.evidence.length - MAX_CLAIMED));
  const inTime = claim.evidence.slice(0, MAX_CLAIMED).toSorted((left, right) => left.segment - right.segment);
  for (const { segment: n, quote } of inTime) {
    const segment = numbers.has(n) ? segments[n - 1] : undefined;
    const found = segment === undefined ? undefined : verbatimEvidence(segment, quote);
    if (found === undefined) drop(1);
    else evidence.set(`${found.segmentId} ${found.startChar}`, found);
  }
  const text = plainText(claim.text);
  if (evidence.size === 0 || text === '') return undefined;
  // The share of its quotes that hold: a model that invents some of them is trusted less.
  const confidence = Math.round((100 * evidence.size) / Math.max(evidence.size, claim.evidence.length)) / 100;
  return { text, evidence: [...evidence.values()].slice(0, MAX_EVIDENCE), confidence };
}

/** One line without control characters, of a bounded length. */
export function plainText(text: string, maxLength = MAX_TEXT): string {
  return text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, maxLength)
    .toWellFormed();
}

function ownerOf(
  { assignee }: ReplyActionItem,
  item: DraftItem,
  { segments, positions, people, labels, nameOf }: GateContext,
): Pick<DraftActionItem, 'assigneeId' | 'assigneeName'> | undefined {
  if (!isClaim(assignee)) return undefined;
  const name = nameOf(assignee.trim());
  const owner = people.speaker(name);
  // An id is no name, and none of ours was sent.
  if (owner === undefined || owner.id === name) return undefined;
  if (owner.id === undefined && !labels.has(owner.name)) return undefined;
  const isThere = item.evidence.some(({ segmentId }) => {
    const at = positions.get(segmentId) ?? -1;
    const cited = segments[at];
    if (cited === undefined) return false;
    // Who answers a request speaks right after it; who asks, right before.
    const voices = [segments[at - 1], cited, segments[at + 1]].filter((segment) => segment !== undefined);
    return voices.some((segment) => isSpeaker(owner, segment, people)) || isNamed(owner, cited, people);
  });
  if (!isThere) return undefined;
  return { assigneeName: owner.name, ...(owner.id === undefined ? {} : { assigneeId: owner.id }) };
}

function isSpeaker(owner: Owner, { speakerLabel }: AnalysisSegment, people: People): boolean {
  const speaker = people.speaker(speakerLabel);
  return owner.id === undefined ? speaker?.name === owner.name : speaker?.id === owner.id;
}

function isNamed(owner: Owner, { text }: AnalysisSegment, people: People): boolean {
  return owner.id !== undefined && people.named(text).some(({ id }) => id === owner.id);
}

function dueOf(
  { dueText }: ReplyActionItem,
  item: DraftItem,
  { segments, positions, due }: GateContext,
): Pick<DraftActionItem, 'dueAt' | 'dueText'> | undefined {
  if (!isClaim(dueText)) return undefined;
  for (const { segmentId } of item.evidence) {
    const text = segments[positions.get(segmentId) ?? -1]?.text ?? '';
    const found = findFolded(text, dueText);
    if (found === undefined) continue;
    const said = text.slice(found.startChar, found.endChar);
    const read = readDueDate(said, due);
    // Words that our parser makes no date of ("before the next meeting") still tell when.
    return read === undefined ? { dueText: said } : { dueText: said, dueAt: read.dueAt };
  }
  return undefined;
}
