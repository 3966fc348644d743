import type { Columns } from '@hoerok/shared/database';
import { searchColumn, searchIndex } from '@hoerok/shared/search';
import { EntitySchema } from 'typeorm';
import type { ItemKind, Origin, ReviewState } from '../domain/review.ts';

/** A row of the table `minutes_item`: one statement of some minutes. What a kind does not have is null. */
export interface MinutesItem {
  readonly id: string;
  readonly workspaceId: string;
  readonly meetingId: string;
  readonly minutesId: string;
  readonly kind: ItemKind;
  /** Place within its kind. */
  readonly position: number;
  readonly text: string;
  readonly origin: Origin;
  readonly confidence: number;
  readonly review: ReviewState;
  readonly revision: number;
  readonly reviewedById: string | null;
  /** Of a point. */
  readonly topic: string | null;
  /** Of an action item: a user. */
  readonly assigneeId: string | null;
  /** Of an action item: the name of that user, or of somebody who is no user. */
  readonly assigneeName: string | null;
  readonly dueAt: Date | null;
  readonly dueText: string | null;
  /** When an action item was accepted first, and so became a todo. */
  readonly acceptedAt: Date | null;
  /** Of an appointment: what a calendar shows. */
  readonly title: string | null;
  /** Of an appointment; of one that lasts all day the beginning of the local day. */
  readonly startsAt: Date | null;
  /** Of an appointment; null when nobody said how long. */
  readonly endsAt: Date | null;
  /** Of an appointment: only its day is known. */
  readonly allDay: boolean | null;
  /** Of an appointment: users. */
  readonly attendeeIds: string[] | null;
  /** Of an appointment: the same for the same meeting and start, in whatever minutes. */
  readonly icalUid: string | null;
}

const optionalText = { type: 'text', nullable: true } as const;

/** Maps {@link MinutesItem}. */
export const MinutesItemSchema = new EntitySchema<MinutesItem>({
  name: 'MinutesItem',
  tableName: 'minutes_item',
  columns: {
    ...searchColumn,
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'minutes_item_pkey' },
    workspaceId: { type: 'text', name: 'workspace_id' },
    meetingId: { type: 'text', name: 'meeting_id' },
    minutesId: {
      type: 'text',
      name: 'minutes_id',
      foreignKey: { target: 'Minutes', name: 'minutes_item_minutes', onDelete: 'CASCADE' },
    },
    kind: { type: 'text' },
    position: { type: 'integer' },
    text: { type: 'text' },
    origin: { type: 'text' },
    confidence: { type: 'double precision' },
    review: { type: 'text' },
    revision: { type: 'integer' },
    reviewedById: { ...optionalText, name: 'reviewed_by_id' },
    topic: optionalText,
    assigneeId: { ...optionalText, name: 'assignee_id' },
    assigneeName: { ...optionalText, name: 'assignee_name' },
    dueAt: { type: 'timestamptz', name: 'due_at', nullable: true },
    dueText: { ...optionalText, name: 'due_text' },
    acceptedAt: { type: 'timestamptz', name: 'accepted_at', nullable: true },
    title: optionalText,
    startsAt: { type: 'timestamptz', name: 'starts_at', nullable: true },
    endsAt: { type: 'timestamptz', name: 'ends_at', nullable: true },
    allDay: { type: 'boolean', name: 'all_day', nullable: true },
    attendeeIds: { type: 'text', name: 'attendee_ids', array: true, nullable: true },
    icalUid: { ...optionalText, name: 'ical_uid' },
  } satisfies Columns<MinutesItem>,
  indices: [
    searchIndex('minutes_item'),
    { name: 'minutes_item_place', columns: ['minutesId', 'kind', 'position'], unique: true },
  ],
});
