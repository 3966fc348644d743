import type { MeetingKey } from '@hoerok/shared/access';
import type { EntityManager } from 'typeorm';
import { todoRepository } from '../repositories/todo-repository.ts';
import { announceUpdate } from './write-todo.ts';

/**
 * Deletes the todos that came out of a meeting, as action items, with their history. What somebody wrote by hand is their
 * own: it goes on without a meeting. Both are told to those who watch them. Idempotent.
 */
export async function deleteRowsOfMeeting(
  tx: EntityManager,
  { workspaceId, meetingId }: MeetingKey,
): Promise<void> {
  const { deleted, freed } = await todoRepository(tx, workspaceId).partFromMeeting(meetingId);
  const nobody = { actorId: null, formerAssigneeId: null };
  for (const todo of deleted) {
    // Its words go with the meeting, so no event keeps them once more.
    const nameless = { ...todo, title: '' };
    await announceUpdate(tx, { todo: nameless, kind: 'DELETED', changed: [], ...nobody });
  }
  for (const todo of freed)
    await announceUpdate(tx, { todo, kind: 'CHANGED', changed: ['meeting'], ...nobody });
}
