import { randomUUIDv7 } from 'node:crypto';
import type {
  DraftActionItem,
  DraftItem,
  DraftMinutes,
  DraftPoint,
} from '../domain/analysis/draft-minutes.ts';
import type { ItemKind } from '../domain/review.ts';
import type { Evidence } from '../entities/evidence.entity.ts';
import type { Minutes } from '../entities/minutes.entity.ts';
import type { MinutesItem } from '../entities/minutes-item.entity.ts';
import type { SpokenMeeting, SpokenSegment } from './transcript-reader.ts';

/** The rows of all items of a draft and of their evidence, which must be of segments of `spoken`. */
export function rowsOf(
  minutes: Minutes,
  {
    draft,
    spoken,
    userIds,
  }: {
    readonly draft: DraftMinutes;
    readonly spoken: Pick<SpokenMeeting, 'segments'>;
    /** Who may become an assignee. */
    readonly userIds: ReadonlySet<string>;
  },
): { items: MinutesItem[]; evidence: Evidence[] } {
  const segments = new Map(spoken.segments.map((segment) => [segment.id, segment]));
  const items: MinutesItem[] = [];
  const evidence: Evidence[] = [];
  const add = <T extends DraftItem>(
    kind: ItemKind,
    drafts: readonly T[],
    own: (draft: T) => OwnFields,
  ): void => {
    for (const [position, item] of drafts.entries()) {
      const row = { ...newItem(minutes, kind, item), ...own(item), position };
      items.push(row);
      evidence.push(...evidenceRows(row.id, item, segments));
    }
  };
  add('POINT', draft.points, pointFields);
  add('DECISION', draft.decisions, () => ({}));
  add('QUESTION', draft.openQuestions, () => ({}));
  add('ACTION', draft.actionItems, (item) => actionFields(item, userIds));
  return { items, evidence };
}

type OwnFields = Partial<Pick<MinutesItem, 'topic' | 'assigneeId' | 'assigneeName' | 'dueAt' | 'dueText'>>;

function pointFields({ topic }: DraftPoint): OwnFields {
  return { topic: topic ?? null };
}

/** Only a user becomes the assignee; a guest or an unknown speaker stays a name. */
function actionFields(item: DraftActionItem, userIds: ReadonlySet<string>): OwnFields {
  const { assigneeId, assigneeName, dueAt, dueText } = item;
  return {
    assigneeId: assigneeId !== undefined && userIds.has(assigneeId) ? assigneeId : null,
    assigneeName: assigneeName ?? null,
    dueAt: dueAt === undefined ? null : new Date(dueAt),
    dueText: dueText ?? null,
  };
}

function newItem(minutes: Minutes, kind: ItemKind, { text, confidence }: DraftItem): MinutesItem {
  return {
    id: randomUUIDv7(),
    workspaceId: minutes.workspaceId,
    meetingId: minutes.meetingId,
    minutesId: minutes.id,
    kind,
    position: 0,
    text,
    origin: 'EXTRACTIVE_LOCAL',
    confidence,
    review: 'SUGGESTED',
    revision: 1,
    reviewedById: null,
    topic: null,
    assigneeId: null,
    assigneeName: null,
    dueAt: null,
    dueText: null,
    acceptedAt: null,
  };
}

function evidenceRows(
  itemId: string,
  item: DraftItem,
  segments: ReadonlyMap<string, SpokenSegment>,
): Evidence[] {
  return item.evidence.flatMap(({ segmentId, quote, startChar, endChar }, position) => {
    const segment = segments.get(segmentId);
    if (segment === undefined) return [];
    const { revision: segmentRevision, startMs, speaker } = segment;
    const speakerLabel = speaker?.label ?? '';
    return [
      { itemId, position, segmentId, segmentRevision, speakerLabel, startMs, quote, startChar, endChar },
    ];
  });
}
