import { hash, randomUUIDv7 } from 'node:crypto';
import type {
  DraftActionItem,
  DraftAppointment,
  DraftItem,
  DraftMinutes,
  DraftPoint,
} from '../domain/analysis/draft-minutes.ts';
import type { ItemKind, Origin } from '../domain/review.ts';
import type { Evidence } from '../entities/evidence.entity.ts';
import type { Minutes } from '../entities/minutes.entity.ts';
import type { MinutesItem } from '../entities/minutes-item.entity.ts';
import type { SpokenMeeting, SpokenSegment } from './transcript-reader.ts';

/** The rows of all items of a draft and of their evidence, which must be of segments of `spoken`. */
export function rowsOf(
  minutes: Minutes,
  {
    draft,
    origin,
    spoken,
    userIds,
  }: {
    readonly draft: DraftMinutes;
    /** Who wrote them; appointments are found by the local analysis in any case. */
    readonly origin: Origin;
    readonly spoken: Pick<SpokenMeeting, 'meeting' | 'segments'>;
    /** Who may become an assignee. */
    readonly userIds: ReadonlySet<string>;
  },
): { items: MinutesItem[]; evidence: Evidence[] } {
  const segments = segmentsById(spoken);
  const items: MinutesItem[] = [];
  const evidence: Evidence[] = [];
  const add = <T extends DraftItem>(
    kind: ItemKind,
    drafts: readonly T[],
    own: (draft: T) => OwnFields,
  ): void => {
    for (const [position, item] of drafts.entries()) {
      const by = kind === 'SCHEDULE' ? 'EXTRACTIVE_LOCAL' : origin;
      const row = { ...newItem(minutes, kind, item), origin: by, ...own(item), position };
      items.push(row);
      evidence.push(...evidenceRows(row.id, item, segments));
    }
  };
  add('POINT', draft.points, pointFields);
  add('DECISION', draft.decisions, () => ({}));
  add('QUESTION', draft.openQuestions, () => ({}));
  add('ACTION', draft.actionItems, (item) => actionFields(item, userIds));
  add('SCHEDULE', draft.schedule ?? [], (item) => appointmentFields(minutes.meetingId, item, userIds));
  return { items, evidence };
}

/**
 * The rows of the appointments of a draft that are new to minutes which are there already.
 * @see rowsOf
 */
export function appointmentRows(
  minutes: Minutes,
  found: {
    readonly draft: Pick<DraftMinutes, 'schedule'>;
    readonly spoken: Pick<SpokenMeeting, 'meeting' | 'segments'>;
    readonly userIds: ReadonlySet<string>;
  },
  wanted: { readonly isNew: (icalUid: string | null) => boolean; readonly firstPosition: number },
): { items: MinutesItem[]; evidence: Evidence[] } {
  const segments = segmentsById(found.spoken);
  const rows = (found.draft.schedule ?? []).flatMap((draft) => {
    const own = appointmentFields(minutes.meetingId, draft, found.userIds);
    if (!wanted.isNew(own.icalUid ?? null)) return [];
    return [{ draft, item: { ...newItem(minutes, 'SCHEDULE', draft), ...own } }];
  });
  const items = rows.map(({ item }, place) => ({ ...item, position: wanted.firstPosition + place }));
  return { items, evidence: rows.flatMap(({ draft, item }) => evidenceRows(item.id, draft, segments)) };
}

type OwnFields = Partial<
  Pick<
    MinutesItem,
    | 'topic'
    | 'assigneeId'
    | 'assigneeName'
    | 'dueAt'
    | 'dueText'
    | 'title'
    | 'startsAt'
    | 'endsAt'
    | 'allDay'
    | 'attendeeIds'
    | 'icalUid'
  >
>;

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

/** Only users attend; the UID makes calendars take the same appointment of later minutes for the same. */
function appointmentFields(
  meetingId: string,
  item: DraftAppointment,
  userIds: ReadonlySet<string>,
): OwnFields {
  const { title, startsAt, endsAt, allDay, attendeeIds } = item;
  return {
    title,
    startsAt: new Date(startsAt),
    endsAt: endsAt === undefined ? null : new Date(endsAt),
    allDay,
    attendeeIds: attendeeIds.filter((id) => userIds.has(id)),
    icalUid: `${hash('sha256', `${meetingId}\n${startsAt}`).slice(0, 32)}@hoerok`,
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
    title: null,
    startsAt: null,
    endsAt: null,
    allDay: null,
    attendeeIds: null,
    icalUid: null,
  };
}

interface QuotedSegment extends SpokenSegment {
  readonly speakerLabel: string;
}

/** Who spoke is the user's name where the label of the captions was assigned to somebody of the meeting. */
function segmentsById({
  meeting: { organizer, participants },
  segments,
}: Pick<SpokenMeeting, 'meeting' | 'segments'>): ReadonlyMap<string, QuotedSegment> {
  const users = [organizer, ...participants.edges.flatMap(({ node }) => node.user ?? [])];
  const names = new Map(users.map(({ id, name }) => [id, name]));
  return new Map(
    segments.map((segment) => {
      const { id, speaker } = segment;
      const speakerLabel = names.get(speaker?.user?.id ?? '') ?? speaker?.label ?? '';
      return [id, { ...segment, speakerLabel }];
    }),
  );
}

function evidenceRows(
  itemId: string,
  item: DraftItem,
  segments: ReadonlyMap<string, QuotedSegment>,
): Evidence[] {
  return item.evidence.flatMap(({ segmentId, quote, startChar, endChar }, position) => {
    const segment = segments.get(segmentId);
    if (segment === undefined) return [];
    const { revision: segmentRevision, startMs, speakerLabel } = segment;
    return [
      { itemId, position, segmentId, segmentRevision, speakerLabel, startMs, quote, startChar, endChar },
    ];
  });
}
