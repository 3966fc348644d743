import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';
import type {
  Language,
  NotificationKind,
  ParametersByKind,
  SubjectReference,
} from '../domain/notification-kind.ts';

/** A row of the table `notification`. Ids are UUIDv7: their order is the order of telling. */
export interface Notification {
  readonly id: string;
  readonly workspaceId: string;
  readonly recipientId: string;
  readonly kind: NotificationKind;
  readonly subjectType: SubjectReference['__typename'] | null;
  readonly subjectId: string | null;
  /** The meeting it tells of, also by way of a transcript, minutes, a todo or a task of it. */
  readonly meetingId: string | null;
  /** Id of the event that it tells of. */
  readonly causeId: string;
  /** The language it is read in unless another is asked for. */
  readonly language: Language;
  readonly parameters: ParametersByKind[NotificationKind];
  readonly createdAt: Date;
  readonly readAt: Date | null;
  /** False for what its recipient wants by other ways alone: it shows nowhere in the app. */
  readonly inApp: boolean;
}

const optionalText = { type: 'text', nullable: true } as const;

/** Maps {@link Notification}. */
export const NotificationSchema = new EntitySchema<Notification>({
  name: 'Notification',
  tableName: 'notification',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'notification_pkey' },
    workspaceId: { type: 'text', name: 'workspace_id' },
    recipientId: { type: 'text', name: 'recipient_id' },
    kind: { type: 'text' },
    subjectType: { ...optionalText, name: 'subject_type' },
    subjectId: { ...optionalText, name: 'subject_id' },
    meetingId: { ...optionalText, name: 'meeting_id' },
    causeId: { type: 'text', name: 'cause_id' },
    language: { type: 'text' },
    parameters: { type: 'jsonb' },
    createdAt: { type: 'timestamptz', name: 'created_at' },
    readAt: { type: 'timestamptz', name: 'read_at', nullable: true },
    inApp: { type: 'boolean', name: 'in_app', default: true },
  } satisfies Columns<Notification>,
  indices: [
    { name: 'notification_by_recipient', columns: ['workspaceId', 'recipientId', 'id'] },
    {
      name: 'notification_unread',
      columns: ['workspaceId', 'recipientId', 'id'],
      where: '(read_at IS NULL)',
    },
    { name: 'notification_by_meeting', columns: ['meetingId'] },
    { name: 'notification_age', columns: ['createdAt'] },
    // One event tells one person one thing of a kind: however often it is handled, there is one row.
    { name: 'notification_once', columns: ['recipientId', 'kind', 'causeId'], unique: true },
  ],
});
