import { AppError } from '@hoerok/shared/errors';

export const ITEM_KINDS = ['POINT', 'DECISION', 'QUESTION', 'ACTION'] as const;

/** What an item of the minutes is. */
export type ItemKind = (typeof ITEM_KINDS)[number];

/** Who put a statement into the minutes. */
export type Origin = 'EXTRACTIVE_LOCAL' | 'HUMAN';

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
}

/** A person's decision, decoded. What is undefined stays as it is; null clears it. */
export interface Review {
  readonly review: Exclude<ReviewState, 'SUGGESTED'>;
  readonly text: string | undefined;
  readonly assignee: { readonly id: string; readonly name: string } | null | undefined;
  readonly dueAt: Date | null | undefined;
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

function checkFit(item: Reviewable, { review, text, assignee, dueAt }: Review): void {
  if (review === 'EDITED' && text === undefined)
    throw refusal('BAD_INPUT', 'text: EDITED needs the text as it should be.', 'text');
  if (review !== 'EDITED' && text !== undefined)
    throw refusal('BAD_INPUT', 'text: takes a text only with EDITED.', 'text');
  if (item.kind === 'ACTION' && review !== 'REJECTED') return;
  const reason = item.kind === 'ACTION' ? 'a rejected one has none' : 'only an action item has one';
  if (assignee != null) throw refusal('BAD_INPUT', `assigneeId: ${reason}.`, 'assigneeId');
  if (dueAt != null) throw refusal('BAD_INPUT', `dueAt: ${reason}.`, 'dueAt');
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
    item.dueAt?.getTime() === changed.dueAt?.getTime()
  );
}

function refusal(
  code: 'BAD_INPUT' | 'CONFLICT' | 'WRONG_STATE',
  message: string,
  argument: string,
): AppError {
  return new AppError(code, message, { logLevel: 'debug', extensions: { path: [argument] } });
}
