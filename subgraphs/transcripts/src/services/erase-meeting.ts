import type { MeetingKey } from '@hoerok/shared/access';
import type { EntityManager } from 'typeorm';
import { recordingRepository } from '../repositories/recording-repository.ts';
import { captionSourceRepository } from '../repositories/caption-source-repository.ts';
import { transcriptRepository } from '../repositories/transcript-repository.ts';

/** Deletes every transcript of a meeting with all that is in it, and every uploaded file; those of recordings after the commit. Idempotent. */
export async function deleteRowsOfMeeting(
  tx: EntityManager,
  { workspaceId, meetingId }: MeetingKey,
): Promise<void> {
  // Transcripts first: they name the file they were made of.
  await transcriptRepository(tx, workspaceId).deleteOfMeeting(meetingId);
  await captionSourceRepository(tx, workspaceId).deleteOfMeeting(meetingId);
  await recordingRepository(tx, workspaceId).doomOfMeeting(meetingId);
}
