import type { MeetingKey } from '@hoerok/shared/access';
import type { EntityManager } from 'typeorm';
import type { Spool } from '../providers/spool.ts';
import { notificationRepository } from '../repositories/notification-repository.ts';

/**
 * Deletes what told of a meeting and of what came out of it, in the database as in the spool, who was invited to it and who
 * edited its transcript. Idempotent.
 */
export function createDeleteRowsOfMeeting(
  spool: Spool,
): (tx: EntityManager, meeting: MeetingKey) => Promise<void> {
  return async (tx, { workspaceId, meetingId }) => {
    const notifications = notificationRepository(tx, workspaceId);
    // The files first: once the rows are gone, nobody knows their names.
    await spool.remove(await notifications.messagesOfMeeting(meetingId));
    await notifications.deleteOfMeeting(meetingId);
  };
}
