import { maySeeMeeting } from '@hoerok/shared/access';
import type { UserViewer } from '@hoerok/shared/auth';
import type { EntityManager } from 'typeorm';
import type { Outcome } from '../domain/attempts.ts';
import type { NotificationKind } from '../domain/notification-kind.ts';
import type { Delivery } from '../entities/delivery.entity.ts';
import type { Notification } from '../entities/notification.entity.ts';
import { readToldMeetings } from '../repositories/notification-repository.ts';
import type { Message } from './tell-person.ts';

const SETTLED_MS = 120_000;
const AGAIN_MS = 5_000;

/** Of these the right to see them does not follow from the meeting, or is there no meeting. */
const NOT_BY_MEETING: readonly NotificationKind[] = [
  'TODO_ASSIGNED',
  'TODO_STATUS_CHANGED',
  'TODO_COMPLETED',
  'TODO_DUE',
  'TASK_FAILED',
  'WEBHOOK_DISABLED',
];

/**
 * Those among the notifications whose meeting the person may see now: what waited for the end of quiet hours or for a digest
 * must not tell somebody who was removed meanwhile, or whose share has ended.
 */
export async function stillReadable(
  manager: EntityManager,
  { delivery, person }: Pick<Message, 'delivery' | 'person'>,
  about: { readonly notifications: readonly Notification[]; readonly now: Date },
): Promise<Notification[]> {
  const { workspaceId } = delivery;
  const meetingOf = ({ kind, meetingId }: Notification): string | null =>
    NOT_BY_MEETING.includes(kind) ? null : meetingId;
  const ids = about.notifications.flatMap((one) => meetingOf(one) ?? []);
  const meetings = await readToldMeetings(manager, workspaceId, ids);
  const { id: userId, role } = person;
  const viewer: UserViewer = { kind: 'user', userId, workspaceId, role, sessionId: 'none' };
  return about.notifications.filter((one) => {
    const meetingId = meetingOf(one);
    if (meetingId === null) return true;
    const meeting = meetings.get(meetingId);
    return meeting !== undefined && maySeeMeeting(viewer, meeting, about.now);
  });
}

/**
 * What becomes of a message that its recipient may not see. The event that lets them in may come after the one that they are
 * told of, for the two have no common order: for two minutes it is looked at again.
 */
export function unreadable({ dueAt }: Delivery, now: Date): Outcome {
  if (now.getTime() - dueAt.getTime() > SETTLED_MS) return { state: 'SUPPRESSED', error: 'UNREADABLE' };
  return { state: 'LATER', at: new Date(now.getTime() + AGAIN_MS), onTime: false };
}
