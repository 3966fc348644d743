import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';
import type { SubjectReference } from '../domain/notification-kind.ts';
import type { Channel } from '../domain/preferences.ts';

/** PENDING waits. SPOOLED is in a file for want of a provider, SENT with one, DELIVERED with the receiver itself. */
export type DeliveryState = 'PENDING' | 'SPOOLED' | 'SENT' | 'DELIVERED' | 'FAILED' | 'SUPPRESSED';

/** A row of the table `delivery`: one message by one channel. Ids are UUIDv7. */
export interface Delivery {
  /** What receivers may tell a repeated message by: it stays the same for all attempts. */
  readonly id: string;
  readonly workspaceId: string;
  readonly channel: Channel;
  /** See eventTypeOf. */
  readonly event: string;
  readonly state: DeliveryState;
  /** What it tells of; null for a digest and for webhooks. */
  readonly notificationId: string | null;
  /** Null for webhooks. */
  readonly recipientId: string | null;
  /** The webhook's. */
  readonly endpointId: string | null;
  /** The digest that it waits for, or that has told of it. */
  readonly digestId: string | null;
  /** Of a digest: the day (`YYYY-MM-DD`) by the clock of the person. */
  readonly digestDay: string | null;
  readonly meetingId: string | null;
  /** MeetingShare for the invitation of somebody without an account. */
  readonly subjectType: SubjectReference['__typename'] | 'MeetingShare' | null;
  readonly subjectId: string | null;
  /** Id of the event that it tells of; null for a digest. */
  readonly causeId: string | null;
  readonly occurredAt: Date;
  /** What took it last; null before the first attempt. */
  readonly provider: string | null;
  /** Those that have begun. */
  readonly attempts: number;
  /** A code or a status. */
  readonly lastError: string | null;
  readonly responseStatus: number | null;
  readonly messageId: string | null;
  /** When it was first to be sent; quiet hours move it. */
  readonly dueAt: Date;
  /** Null once it does not wait by itself: it has ended, or a digest will tell of it. While it is sent, when that is given up. */
  readonly nextAttemptAt: Date | null;
  /** Of the worker that sends it. */
  readonly claim: string | null;
  readonly sentAt: Date | null;
}

const text = { type: 'text', nullable: true } as const;
const instant = { type: 'timestamptz', nullable: true } as const;

/** Maps {@link Delivery}. */
export const DeliverySchema = new EntitySchema<Delivery>({
  name: 'Delivery',
  tableName: 'delivery',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'delivery_pkey' },
    workspaceId: { type: 'text', name: 'workspace_id' },
    channel: { type: 'text' },
    event: { type: 'text' },
    state: { type: 'text' },
    notificationId: { ...text, name: 'notification_id' },
    recipientId: { ...text, name: 'recipient_id' },
    endpointId: { ...text, name: 'endpoint_id' },
    digestId: { ...text, name: 'digest_id' },
    digestDay: { ...text, name: 'digest_day' },
    meetingId: { ...text, name: 'meeting_id' },
    subjectType: { ...text, name: 'subject_type' },
    subjectId: { ...text, name: 'subject_id' },
    causeId: { ...text, name: 'cause_id' },
    occurredAt: { type: 'timestamptz', name: 'occurred_at' },
    provider: text,
    attempts: { type: 'integer' },
    lastError: { ...text, name: 'last_error' },
    responseStatus: { type: 'integer', name: 'response_status', nullable: true },
    messageId: { ...text, name: 'message_id' },
    dueAt: { type: 'timestamptz', name: 'due_at' },
    nextAttemptAt: { ...instant, name: 'next_attempt_at' },
    claim: text,
    sentAt: { ...instant, name: 'sent_at' },
  } satisfies Columns<Delivery>,
  indices: [
    { name: 'delivery_due', columns: ['channel', 'nextAttemptAt'], where: "(state = 'PENDING'::text)" },
    {
      name: 'delivery_waiting',
      columns: ['workspaceId', 'channel', 'endpointId'],
      where: "(state = 'PENDING'::text)",
    },
    { name: 'delivery_log', columns: ['workspaceId', 'id'] },
    { name: 'delivery_age', columns: ['dueAt'], where: "(state <> 'PENDING'::text)" },
    { name: 'delivery_by_notification', columns: ['notificationId'] },
    { name: 'delivery_by_endpoint', columns: ['endpointId', 'id'] },
    { name: 'delivery_by_digest', columns: ['digestId'] },
    { name: 'delivery_by_meeting', columns: ['meetingId'] },
    {
      name: 'delivery_digest_once',
      columns: ['recipientId', 'digestDay'],
      unique: true,
      where: '(digest_day IS NOT NULL)',
    },
    {
      name: 'delivery_invitation_once',
      columns: ['subjectId', 'causeId'],
      unique: true,
      where: "(subject_type = 'MeetingShare'::text)",
    },
    // One event fires an endpoint once, however often it is handled.
    {
      name: 'delivery_event_once',
      columns: ['endpointId', 'event', 'causeId'],
      unique: true,
      where: '(endpoint_id IS NOT NULL)',
    },
  ],
});
