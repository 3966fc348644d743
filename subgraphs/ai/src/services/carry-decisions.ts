import { type ComparedItem, quotesAreKept, sameItems } from '../domain/same-items.ts';
import type { Evidence } from '../entities/evidence.entity.ts';
import type { Minutes } from '../entities/minutes.entity.ts';
import type { MinutesItem } from '../entities/minutes-item.entity.ts';
import type { MinutesRepository } from '../repositories/minutes-repository.ts';

/** Items and what they rest on. */
export interface ItemRows {
  readonly items: readonly MinutesItem[];
  readonly evidence: readonly Evidence[];
}

/** What people have decided about the minutes before. */
export interface Decided extends ItemRows {
  readonly transcriptId: string;
}

/** New minutes with what people had decided before. */
export interface Carried {
  /** Suggestions that nobody has decided on; rows to insert. */
  readonly suggested: ItemRows;
  /** Decided items, which move here from the minutes before and keep their ids. */
  readonly moved: readonly MinutesItem[];
  /** Evidence that takes the place of what some of the moved items had. */
  readonly renewed: readonly Evidence[];
}

/**
 * Locks what people have decided about the newest minutes of a meeting, until the transaction ends. To be asked before new ones
 * are stored.
 */
export async function findDecided(repository: MinutesRepository, meetingId: string): Promise<Decided | null> {
  const [newest] = await repository.newestOfMeetings([meetingId]);
  const whole = newest === undefined ? null : await repository.findWholeForUpdate(newest.id);
  if (whole === null) return null;
  const items = whole.items.filter(({ review }) => review !== 'SUGGESTED');
  const evidence = await repository.evidenceOf(items.map(({ id }) => id));
  return { transcriptId: whole.minutes.transcriptId, items, evidence };
}

/**
 * Puts decided items in the place of the suggestions that say the same: nobody decides twice, and an action item that has become
 * a todo stays that one. A decision for which there is no suggestion any more stays too when the transcript is the same, unless
 * it was to reject. Quotes become those of now where the words are the same; else they stay and are `stale`.
 */
export function carryDecisions(decided: Decided, minutes: Minutes, found: ItemRows): Carried {
  const before = new Map(compared(decided).map((item) => [item.id, item]));
  const after = new Map(compared(found).map((item) => [item.id, item]));
  const pairs = sameItems([...before.values()], [...after.values()]);
  const isSameTranscript = decided.transcriptId === minutes.transcriptId;
  const replaced = new Set(pairs.values());
  const place = placesAfter(found.items);
  const moved: MinutesItem[] = [];
  const renewed: Evidence[] = [];
  for (const item of decided.items) {
    const suggestion = found.items.find(({ id }) => id === pairs.get(item.id));
    if (suggestion === undefined && (!isSameTranscript || item.review === 'REJECTED')) continue;
    moved.push({ ...item, minutesId: minutes.id, position: suggestion?.position ?? place(item) });
    const [own, other] = [before.get(item.id), after.get(suggestion?.id ?? '')];
    if (own !== undefined && other !== undefined && (!isSameTranscript || quotesAreKept(own, other)))
      renewed.push(...evidenceOf(found, other.id).map((row) => ({ ...row, itemId: item.id })));
  }
  const items = found.items.filter(({ id }) => !replaced.has(id));
  const evidence = found.evidence.filter(({ itemId }) => !replaced.has(itemId));
  return { suggested: { items, evidence }, moved, renewed };
}

/** Places behind the last one of each kind. */
function placesAfter(items: readonly MinutesItem[]): (item: MinutesItem) => number {
  const last = new Map<string, number>();
  for (const { kind, position } of items) last.set(kind, Math.max(last.get(kind) ?? -1, position));
  return ({ kind }) => {
    const position = (last.get(kind) ?? -1) + 1;
    last.set(kind, position);
    return position;
  };
}

function compared(rows: ItemRows): ComparedItem[] {
  return rows.items.map(({ id, kind, icalUid }) => {
    return { id, kind, icalUid, evidence: evidenceOf(rows, id) };
  });
}

function evidenceOf({ evidence }: ItemRows, id: string): Evidence[] {
  return evidence.filter(({ itemId }) => itemId === id);
}
