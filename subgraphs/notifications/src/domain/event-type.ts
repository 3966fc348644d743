import type { NotificationKind } from './notification-kind.ts';

const EVENT_TYPES: Readonly<Record<NotificationKind, string>> = {
  MEETING_CREATED: 'meeting.created',
  MEETING_ENDED: 'meeting.ended',
  MEETING_CANCELED: 'meeting.canceled',
  MEETING_SHARED: 'transcript.shared',
  TRANSCRIPT_READY: 'transcript.created',
  VERIFICATION_REQUESTED: 'transcript.verification-requested',
  TRANSCRIPT_VERIFIED: 'transcript.verified',
  SECTION_DISPUTED: 'section.disputed',
  SECTION_COMMENTED: 'section.commented',
  MINUTES_READY: 'minutes.created',
  TODO_ASSIGNED: 'todo.assigned',
  TODO_STATUS_CHANGED: 'todo.status-changed',
  TODO_COMPLETED: 'todo.completed',
  TODO_DUE: 'todo.due',
  TASK_FAILED: 'task.failed',
  WEBHOOK_DISABLED: 'webhook.disabled',
};

/** A delivery that tells of several things at once. */
export const DIGEST_EVENT = 'digest';

/** A delivery that somebody asked for, to see whether their endpoint answers. */
export const TEST_EVENT = 'webhook.test';

/** How programs name what a notification tells of: the `type` of a webhook. Stable. */
export function eventTypeOf(kind: NotificationKind): string {
  return EVENT_TYPES[kind];
}

/** Every kind, in the order in which people read them. */
export const NOTIFICATION_KINDS = Object.keys(EVENT_TYPES) as readonly NotificationKind[];
