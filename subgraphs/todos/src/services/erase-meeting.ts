import type { MeetingKey } from '@hoerok/shared/access';
import type { EntityManager } from 'typeorm';
import { todoRepository } from '../repositories/todo-repository.ts';

/**
 * Deletes the todos that came out of a meeting, as action items, with their history. What somebody wrote by hand is their
 * own: it goes on without a meeting. Idempotent.
 */
export async function deleteRowsOfMeeting(
  tx: EntityManager,
  { workspaceId, meetingId }: MeetingKey,
): Promise<void> {
  await todoRepository(tx, workspaceId).partFromMeeting(meetingId);
}
