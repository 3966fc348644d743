import type { MeetingKey } from '@hoerok/shared/access';
import type { EntityManager } from 'typeorm';
import { editedSegmentRepository } from '../repositories/edited-segment-repository.ts';
import { minutesRepository } from '../repositories/minutes-repository.ts';
import { transcriptRefRepository } from '../repositories/transcript-ref-repository.ts';

/** Deletes all minutes of a meeting with their items, evidence and keywords. Idempotent. */
export async function deleteRowsOfMeeting(
  tx: EntityManager,
  { workspaceId, meetingId }: MeetingKey,
): Promise<void> {
  await minutesRepository(tx, workspaceId).deleteOfMeeting(meetingId);
  await transcriptRefRepository(tx, workspaceId).deleteOfMeeting(meetingId);
  await editedSegmentRepository(tx, workspaceId).deleteOfMeeting(meetingId);
}
