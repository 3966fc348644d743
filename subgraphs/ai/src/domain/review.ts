import { AppError } from '@hoerok/shared/errors';

export const ITEM_KINDS = ['POINT', 'DECISION', 'QUESTION', 'ACTION', 'SCHEDULE'] as const;

/** What an item of the minutes is. */
export type ItemKind = (typeof ITEM_KINDS)[number];

/** Who put a statement into the minutes. */
export type Origin = 'EXTRACTIVE_LOCAL' | 'LLM' | 'HUMAN';

export const REVIEW_STATES = ['SUGGESTED', 'ACCEPTED', 'REJECTED', 'EDITED'] as const;

/** SUGGESTED until a person has decided. */
export type ReviewState = (typeof REVIEW_STATES)[number];

/** What a review may change of an item. */
export interface Reviewable {
  readonly kind: ItemKind;
  readonly text: string;
  readonly origin: Origin;
  readonly review: ReviewState;
  readonly revision: number;
  readonly assigneeId: string | null;
  readonly assigneeName: string | null;
  readonly dueAt: Date | null;
  readonly acceptedAt: Date | null;
  /** These four only an appointment has. */
  readonly title: string | null;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly allDay: boolean | null;
}

/** A person's decision, decoded. What is undefined stays as it is; null clears it. */
export interface Review {
  readonly review: Exclude<ReviewState, 'SUGGESTED'>;
  readonly text: string | undefined;
  readonly assignee: { readonly id: string; readonly name: string } | null | undefined;
  readonly dueAt: Date | null | undefined;
  readonly startsAt: Date | undefined;
  readonly endsAt: Date | null | undefined;
  readonly expectedRevision: number | undefined;
}

/**
 * The item after a review; null when the item is as the review wants it already, so that repeating one changes nothing.
 * `acceptedAt` becomes `at` with the first ACCEPTED or EDITED of an action item and stays.
 * @throws AppError `BAD_INPUT` when the review does not fit the kind, `WRONG_STATE` when the item has become a todo,
 *   `CONFLICT` when it has moved on from `expectedRevision`.
 */
export function reviewed<T extends Reviewable>(item: T, review: Review, at: Date): T | null {
  checkFit(item, review);
  const changed: T = {
    ...item,
    review: review.review,
    text: review.text ?? item.text,
    origin: review.text === undefined || review.text === item.text ? item.origin : 'HUMAN',
    assigneeId: review.assignee === undefined ? item.assigneeId : (review.assignee?.id ?? null),
    assigneeName: review.assignee === undefined ? item.assigneeName : (review.assignee?.name ?? null),
    dueAt: review.dueAt === undefined ? item.dueAt : review.dueAt,
    acceptedAt:
      item.kind === 'ACTION' && review.review !== 'REJECTED' ? (item.acceptedAt ?? at) : item.acceptedAt,
    // Calendars show a title and no more: it is what the person wrote.
    title: item.kind === 'SCHEDULE' && review.text !== undefined ? review.text : item.title,
    ...movedTo(item, review),
  };
  if (isSame(item, changed)) return null;
  if (item.acceptedAt !== null) checkSettled(item, changed);
  if (review.expectedRevision !== undefined && review.expectedRevision !== item.revision) {
    throw refusal(
      'CONFLICT',
      `The item has changed: it is at revision ${item.revision}, not ${review.expectedRevision}.`,
      'expectedRevision',
    );
  }
  return { ...changed, revision: item.revision + 1 };
}

/** An appointment that is moved stays as long as it was, and gets a time of day if it had none. */
function movedTo(
  item: Reviewable,
  { startsAt, endsAt }: Review,
): Pick<Reviewable, 'startsAt' | 'endsAt' | 'allDay'> {
  if (item.kind !== 'SCHEDULE' || (startsAt === undefined && endsAt === undefined))
    return { startsAt: item.startsAt, endsAt: item.endsAt, allDay: item.allDay };
  if (item.allDay === true && startsAt === undefined)
    throw refusal('BAD_INPUT', 'startsAt: only the day is known, so an end needs a start.', 'startsAt');
  const start = startsAt ?? item.startsAt;
  const shiftMs = (start?.getTime() ?? 0) - (item.startsAt?.getTime() ?? 0);
  const sameLength =
    item.endsAt === null || item.allDay === true ? null : new Date(item.endsAt.getTime() + shiftMs);
  const end = endsAt === undefined ? sameLength : endsAt;
  if (start !== null && end !== null && end <= start)
    throw refusal('BAD_INPUT', 'endsAt: must be after startsAt.', 'endsAt');
  return { startsAt: start, endsAt: end, allDay: false };
}

function checkFit(item: Reviewable, { review, text, assignee, dueAt, startsAt, endsAt }: Review): void {
  if (review === 'EDITED' && text === undefined)
    throw refusal('BAD_INPUT', 'text: EDITED needs the text as it should be.', 'text');
  if (review !== 'EDITED' && text !== undefined)
    throw refusal('BAD_INPUT', 'text: takes a text only with EDITED.', 'text');
  checkOwn(item, { kind: 'ACTION', noun: 'an action item', review, values: { assigneeId: assignee, dueAt } });
  checkOwn(item, { kind: 'SCHEDULE', noun: 'an appointment', review, values: { startsAt, endsAt } });
}

/** What only items of one kind have, and none of them once it is rejected. */
function checkOwn(
  item: Reviewable,
  own: {
    readonly kind: ItemKind;
    readonly noun: string;
    readonly review: Review['review'];
    readonly values: Readonly<Record<string, unknown>>;
  },
): void {
  if (item.kind === own.kind && own.review !== 'REJECTED') return;
  const reason = item.kind === own.kind ? 'a rejected one has none' : `only ${own.noun} has one`;
  for (const [argument, value] of Object.entries(own.values))
    if (value != null) throw refusal('BAD_INPUT', `${argument}: ${reason}.`, argument);
}

/** The todo that an accepted action item has become has an assignee and a due date of its own. */
function checkSettled(item: Reviewable, changed: Reviewable): void {
  const same =
    item.assigneeId === changed.assigneeId &&
    item.dueAt?.getTime() === changed.dueAt?.getTime() &&
    changed.review !== 'REJECTED';
  if (!same)
    throw refusal('WRONG_STATE', 'This action item has become a todo: change the todo instead.', 'review');
}

function isSame(item: Reviewable, changed: Reviewable): boolean {
  return (
    item.review === changed.review &&
    item.text === changed.text &&
    item.assigneeId === changed.assigneeId &&
    item.assigneeName === changed.assigneeName &&
    item.dueAt?.getTime() === changed.dueAt?.getTime() &&
    item.title === changed.title &&
    item.startsAt?.getTime() === changed.startsAt?.getTime() &&
    item.endsAt?.getTime() === changed.endsAt?.getTime()
  );
}

function refusal(
  code: 'BAD_INPUT' | 'CONFLICT' | 'WRONG_STATE',
  message: string,
  argument: string,
): AppError {
  return new AppError(code, message, { logLevel: 'debug', extensions: { path: [argument] } });
}
