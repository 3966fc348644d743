import type { MeetingKey } from '@hoerok/shared/access';
import { PermanentError } from '@hoerok/shared/errors';
import type { EntityManager } from 'typeorm';
import { transcriptRepository } from '../repositories/transcript-repository.ts';
import { refusal } from './refusals.ts';

const LOCKED = 'The transcript of this meeting is locked; its organizer can unlock it.';

/**
 * For mutations that will replace the transcript of a meeting: says at once what the task would find.
 * @throws AppError `WRONG_STATE` naming `path` when somebody has locked it.
 */
export async function requireReplaceable(
  tx: EntityManager,
  meeting: MeetingKey,
  path: readonly string[],
): Promise<void> {
  const [current] = await transcriptRepository(tx, meeting.workspaceId).findCurrent([meeting.meetingId]);
  if (current?.state === 'LOCKED') throw refusal('WRONG_STATE', LOCKED, path);
}

/**
 * For what replaces the transcript of a meeting: one that is being locked is waited for.
 * @throws PermanentError `WRONG_STATE` when somebody has locked it.
 */
export async function refuseLocked(tx: EntityManager, meeting: MeetingKey): Promise<void> {
  const transcripts = transcriptRepository(tx, meeting.workspaceId);
  // First: another import may be replacing the one that is current now.
  await transcripts.holdPlace(meeting.meetingId);
  const [current] = await transcripts.findCurrent([meeting.meetingId]);
  const held = current === undefined ? null : await transcripts.findForUpdate(current.id);
  if (held?.state === 'LOCKED') throw new PermanentError('WRONG_STATE', LOCKED);
}
