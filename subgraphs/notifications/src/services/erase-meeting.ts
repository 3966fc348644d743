import type { MeetingKey } from '@hoerok/shared/access';
import type { EntityManager } from 'typeorm';
import { notificationRepository } from '../repositories/notification-repository.ts';

/** Deletes what told of a meeting and of what came out of it, and who was invited to it. Idempotent. */
export async function deleteRowsOfMeeting(
  tx: EntityManager,
  { workspaceId, meetingId }: MeetingKey,
): Promise<void> {
  await notificationRepository(tx, workspaceId).deleteOfMeeting(meetingId);
}
